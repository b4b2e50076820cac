/** The sums of windows for a question: from cells where they stand, from the facts where they do not. */
import type { Sql } from "../db/index.ts";
import { periodsFrom } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { emptyWindow, type Measured } from "./query/measured.ts";
import { runWindows } from "./query/run-windows.ts";
import { readDerived } from "./read-derived.ts";
import { readReported } from "./read-reported.ts";
import { type CellPlan, planCells } from "./roll-up/cell-key.ts";
import { type CellTable, computedWeeks, readCells } from "./roll-up/read-cells.ts";
import { readScreened } from "./screen/read-screened.ts";
import type { SeriesQuestion } from "./series-question.ts";

/**
 * One entry a week, in order; of a breakdown one a week and segment, without empty segments.
 * `sql` is that of `inSnapshot`, over the relation that `exact` says.
 */
export async function readSeries(
  sql: Sql,
  settings: MetricSettings,
  question: SeriesQuestion,
): Promise<Measured[]> {
  const read = (plain: SeriesQuestion) => readPlain(sql, settings, plain);
  return question.screen ? readScreened(question.screen, question, read) : read(question);
}

async function readPlain(
  sql: Sql,
  settings: MetricSettings,
  question: SeriesQuestion,
): Promise<Measured[]> {
  if (question.metric.aggregation === "derived")
    return readDerived(sql, settings, question, readSeries);
  if (question.metric.aggregation === "reported") return readReported(sql, settings, question);
  const measured = question.exact
    ? await runWindows(sql, settings, question)
    : await fromCellsAndFacts(sql, settings, question);
  if (question.by !== null) return measured;
  const byWeek = new Map(measured.map((entry) => [entry.week, entry]));
  return question.weeks.map((week) => byWeek.get(week) ?? emptyWindow(question.metric, week));
}

async function fromCellsAndFacts(
  sql: Sql,
  settings: MetricSettings,
  question: SeriesQuestion,
): Promise<Measured[]> {
  const { metric, weeks, width, filters, by, grain } = question;
  const table = question.firstTold ? "first_cell" : "cell";
  const plan = planCells(metric, settings, width, filters, by, grain);
  if (plan === null) return runWindows(sql, settings, question);
  const ready = await weeksWithCells(sql, metric, plan, weeks, table);
  const fromCells = weeks.filter((week) => ready.has(week));
  const missing = weeks.filter((week) => !ready.has(week));
  return [
    ...(await readCells(sql, metric, plan, fromCells, filters, by, table)),
    ...(await runWindows(sql, settings, { metric, weeks: missing, width, filters, by, grain })),
  ];
}

/**
 * Those of `weeks` all of whose pooled weeks have cells. Weeks before the first sign-up have none:
 * what happened then, such as revenue of an account that signed up later, is read from the facts.
 */
async function weeksWithCells(
  sql: Sql,
  metric: Metric,
  plan: CellPlan,
  weeks: readonly WeekStart[],
  table: CellTable,
): Promise<Set<WeekStart>> {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  const { cellGrain, cellWidth, since, until } = plan;
  const needed = periodsFrom(since(first), until(last), cellGrain);
  const computed = await computedWeeks(sql, metric, cellWidth, needed, table, cellGrain);
  const isComputed = (week: WeekStart): boolean =>
    periodsFrom(since(week), until(week), cellGrain).every((each) => computed.has(each));
  return new Set(weeks.filter(isComputed));
}
