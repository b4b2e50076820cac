/** The sums of windows for a question: from cells where they stand, from the facts where they do not. */
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import type { Filters, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { emptyWindow, type Measured } from "./query/measured.ts";
import { runWindows } from "./query/run-windows.ts";
import { type CellPlan, planCells } from "./roll-up/cell-key.ts";
import { computedWeeks, readCells } from "./roll-up/read-cells.ts";
import { addWeeks, weekOf, weeksFrom } from "./week.ts";

export interface SeriesQuestion {
  metric: Metric;
  /** Ascending, without gaps. */
  weeks: readonly WeekStart[];
  width: number;
  filters: Filters;
  by: string | null;
  /** Straight from the source tables. */
  exact: boolean;
}

/** One entry a week, in order; of a breakdown one a week and segment, without empty segments. */
export async function readSeries(
  db: Database,
  settings: MetricSettings,
  question: SeriesQuestion,
): Promise<Measured[]> {
  const measured = question.exact
    ? await runWindows(db, settings, "exact", question)
    : await fromCellsAndFacts(db, settings, question);
  if (question.by !== null) return measured;
  const byWeek = new Map(measured.map((entry) => [entry.week, entry]));
  return question.weeks.map((week) => byWeek.get(week) ?? emptyWindow(week));
}

async function fromCellsAndFacts(
  db: Database,
  settings: MetricSettings,
  question: SeriesQuestion,
): Promise<Measured[]> {
  const { metric, weeks, width, filters, by } = question;
  const plan = planCells(metric, width, filters, by);
  if (plan === null) return runWindows(db, settings, "facts", question);
  const ready = await weeksWithCells(db, settings, metric, plan, weeks);
  const fromCells = weeks.filter((week) => ready.has(week));
  const missing = weeks.filter((week) => !ready.has(week));
  const [cells, rerun] = await Promise.all([
    readCells(db, metric, plan, fromCells, filters, by),
    runWindows(db, settings, "facts", { metric, weeks: missing, width, filters, by }),
  ]);
  return [...cells, ...rerun];
}

/** Those of `weeks` all of whose pooled weeks have cells; before the first data there is nothing to have. */
async function weeksWithCells(
  db: Sql,
  settings: MetricSettings,
  metric: Metric,
  plan: CellPlan,
  weeks: readonly WeekStart[],
): Promise<Set<WeekStart>> {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  const begin = await firstDataWeek(db, settings);
  const needed = weeksFrom(addWeeks(first, 1 - plan.pooledWeeks), last);
  const computed = await computedWeeks(db, metric, plan.cellWidth, needed);
  const stands = (week: WeekStart): boolean => computed.has(week) || begin === null || week < begin;
  return new Set(
    weeks.filter((week) => weeksFrom(addWeeks(week, 1 - plan.pooledWeeks), week).every(stands)),
  );
}

/** The week of the first sign-up; null while nothing is loaded. */
export async function firstDataWeek(db: Sql, settings: MetricSettings): Promise<WeekStart | null> {
  const rows = await db.rows(
    z.object({ day: z.string().nullable() }),
    "SELECT min(d0)::text AS day FROM facts.account",
  );
  const day = rows[0]?.day;
  return day ? weekOf(Temporal.PlainDate.from(day), settings.weekStarts) : null;
}
