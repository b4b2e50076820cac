/** Proves a definition on the company's own data: it runs, both ways give the same, and segments add up. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { ok, type Result } from "../../result.ts";
import type { Place } from "../../yaml-places.ts";
import type { Figures, WeekStart } from "../answer.ts";
import type { Metrics } from "../answer-metric.ts";
import { lastPeriods } from "../answering/about-answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { type OwnSqlFault, orOwnSqlFault } from "../own-sql-failed.ts";
import { type PlaceInTime, placeInTime } from "../place-in-time.ts";
import { figuresOf, type Measured } from "../query/measured.ts";
import { inSnapshot, type Relation, runWindows } from "../query/run-windows.ts";
import { readSeries } from "../read-series.ts";
import { asOf, readWatermarks } from "../watermark.ts";
import { addingDimensions, type NotAddedUp, notAddedUp } from "./adds-up.ts";
import { checkNeeds, type NeedCheck, type NoSuchColumn } from "./check-needs.ts";
import { type AboveWhole, aboveWhole, type WrongUnits, wrongUnits } from "./check-units.ts";
import { shownSql } from "./shown-sql.ts";

/** The latest final ones: enough to see a window that is cut wrongly, and quick. */
const CHECKED_WEEKS = 4;

export interface MetricCheck {
  metric: string;
  name: string;
  /** Null for one that ships. */
  place: Place | null;
  /** Its statement for the latest week, as it runs; null of a derived metric, whose parts run. */
  sql: string | null;
  weeks: readonly WeekStart[];
  /** Of the latest week; null where it could not be computed. */
  figures: Figures | null;
  /** Source tables into which nothing has been loaded: there is nothing to prove it on. */
  missing: readonly string[];
  /** The rows that it cannot do without. */
  needs: readonly NeedCheck[];
  /** What all weeks together took; null where they were not run. */
  factsMs: number | null;
  exactMs: number | null;
  /** Rows have come in since the last refresh: facts and sources are not of the same data. */
  isBehind: boolean;
  /** Dimensions over which segments were added up. */
  added: readonly string[];
  faults: readonly CheckFault[];
}

export type CheckFault =
  | OwnSqlFault
  | Differs
  | NotAddedUp
  | NoSuchColumn
  | WrongUnits
  | AboveWhole;

/** The facts and the sources give a week different sums. */
interface Differs {
  kind: "differs";
  week: WeekStart;
  facts: Figures;
  exact: Figures;
}

export async function checkMetric(metrics: Metrics, metric: Metric): Promise<MetricCheck> {
  const { db, settings } = metrics;
  const isBehind = await isBehindSources(db, metric);
  const needs = await checkNeeds(db, metric.needs);
  const facts = await runOver("facts", metrics, metric);
  const exact = await runOver("exact", metrics, metric);
  const both = facts.run !== null && exact.run !== null && !isBehind;
  return {
    metric: metric.id,
    name: metric.name,
    place: metric.origin,
    sql: metric.sql === "" ? null : shownSql(metric, settings, facts.weeks.at(-1)),
    weeks: facts.weeks,
    figures: facts.run?.figures.at(-1) ?? null,
    missing: facts.missing,
    needs: needs.checks,
    factsMs: facts.run?.ms ?? null,
    exactMs: exact.run?.ms ?? null,
    isBehind,
    added: facts.run === null ? [] : addingDimensions(metric),
    faults: [
      ...needs.faults,
      ...facts.faults,
      // What fails both ways is one fault.
      ...(facts.faults.length > 0 ? [] : exact.faults),
      ...(both ? differences(facts, exact) : []),
    ],
  };
}

interface Run {
  ms: number;
  /** One a week. */
  figures: readonly Figures[];
}

interface Outcome {
  weeks: readonly WeekStart[];
  missing: readonly string[];
  run: Run | null;
  faults: readonly CheckFault[];
}

const NOTHING: Outcome = { weeks: [], missing: [], run: null, faults: [] };

async function runOver(
  relation: Relation,
  { db, settings }: Metrics,
  metric: Metric,
): Promise<Outcome> {
  let weeks: readonly WeekStart[] = [];
  const read = async (sql: Sql): Promise<Result<Outcome, never>> => {
    const open = { week: null, cohort: null };
    const place = await placeInTime(sql, settings, metric, open, relation === "exact");
    if (!place.ok) {
      const { fault } = place;
      return ok({ ...NOTHING, missing: fault.kind === "no_data" ? fault.sources : [] });
    }
    weeks = lastPeriods(place.value.final, CHECKED_WEEKS, place.value.first);
    return ok(await runWeeks(sql, settings, metric, weeks, place.value));
  };
  const outcome = await orOwnSqlFault(() => inSnapshot(db, settings, relation, read));
  return outcome.ok ? outcome.value : { ...NOTHING, weeks, faults: [outcome.fault] };
}

/** Straight from `sql`'s relation and never from cells, which are made of the same. */
async function runWeeks(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  weeks: readonly WeekStart[],
  { asOf: mark }: PlaceInTime,
): Promise<Outcome> {
  await sql.run("SELECT set_config('kpi.as_of', $1, true)", [mark.toString()]);
  const question = { metric, weeks, width: metric.window, filters: {}, exact: true };
  const began = performance.now();
  const totals = await readSeries(sql, settings, { ...question, by: null });
  const ms = performance.now() - began;
  const read = (by: string): Promise<Measured[]> => readSeries(sql, settings, { ...question, by });
  const units = await wrongUnits(sql, settings, metric, weeks);
  // What is no number adds up to nothing.
  const isNumber = !units.some(({ what }) => what === "no_number");
  const faults = [
    ...units,
    ...aboveWhole(metric, totals),
    ...(isNumber ? await notAddedUp(metric, totals, read) : []),
  ];
  if (metric.maturing !== undefined)
    await runWindows(sql, settings, {
      ...question,
      metric: { ...metric, sql: metric.maturing },
      by: null,
    });
  const figures = totals.map((measured) => figuresOf(metric, measured));
  return { weeks, missing: [], run: { ms, figures }, faults };
}

/** Both are of the same weeks, since they are of the same watermarks. */
function differences(facts: Outcome, exact: Outcome): Differs[] {
  return facts.weeks.flatMap((week, i) => {
    const pair = { facts: facts.run?.figures[i], exact: exact.run?.figures[i] };
    if (pair.facts === undefined || pair.exact === undefined) return [];
    if (JSON.stringify(pair.facts) === JSON.stringify(pair.exact)) return [];
    return [{ kind: "differs", week, facts: pair.facts, exact: pair.exact }];
  });
}

async function isBehindSources(sql: Sql, metric: Metric): Promise<boolean> {
  const [facts, exact] = [await readWatermarks(sql, "facts"), await readWatermarks(sql, "exact")];
  const [dirty] = await sql.rows(
    z.object({ there: z.boolean() }),
    "SELECT EXISTS (SELECT FROM bot.dirty WHERE source_table = ANY ($1::text[])) AS there",
    [metric.reads],
  );
  const isMoved = asOf(metric, facts)?.toString() !== asOf(metric, exact)?.toString();
  return isMoved || dirty?.there === true;
}
