/** The stored verdicts of unfiltered metrics: one a metric, definition version and week. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { WeekVerdict } from "./analysis/index.ts";
import type { Verdict, WeekStart } from "./answer.ts";
import type { Metric } from "./catalogue/index.ts";
import { addWeeks } from "./week.ts";

const word = z.enum([
  "signal",
  "continuing",
  "seasonal",
  "run",
  "routine",
  "too_few_weeks",
  "not_tested",
]);
const verdictRow = z.object({
  week: z.string(),
  word,
  test: z.string().nullable(),
  value: z.number().nullable(),
  expected: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
  p_adjusted: z.number().nullable(),
  z: z.number().nullable(),
  since: z.string().nullable(),
  direction: z.union([z.literal(1), z.literal(-1)]).nullable(),
  pooled_weeks: z.number().nullable(),
});

export const NOT_TESTED: Verdict = {
  word: "not_tested",
  test: null,
  value: null,
  expected: null,
  low: null,
  high: null,
  p: null,
  pAdjusted: null,
  z: null,
  since: null,
  direction: null,
  pooledWeeks: null,
};

/** A verdict of the walk as it is told; `first` is the week of the walk's index 0. */
export function tellable(test: string | null, verdict: WeekVerdict, first: WeekStart): Verdict {
  return {
    word: verdict.word,
    test,
    value: verdict.value,
    expected: verdict.expected,
    low: verdict.low,
    high: verdict.high,
    p: verdict.p,
    pAdjusted: verdict.pAdjusted,
    z: verdict.z,
    since: verdict.since === null ? null : addWeeks(first, verdict.since),
    direction: verdict.since === null ? null : (verdict.movement?.direction ?? null),
    pooledWeeks: verdict.pooledWeeks,
  };
}

/** Replaces all verdicts of a metric, those of older versions included. */
export async function storeVerdicts(
  sql: Sql,
  metric: Metric,
  verdicts: ReadonlyMap<WeekStart, Verdict>,
): Promise<void> {
  const entries = [...verdicts];
  const column = (of: (verdict: Verdict) => unknown): unknown[] =>
    entries.map(([, verdict]) => of(verdict));
  await sql.run("DELETE FROM verdict WHERE metric = $1", [metric.id]);
  await sql.run(
    `INSERT INTO verdict (metric, version, week, word, test, value, expected, low, high, p, p_adjusted, since, direction, pooled_weeks, z)
     SELECT $1, $2, * FROM unnest($3::date[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::date[], $13::smallint[], $14::smallint[], $15::float8[])`,
    [
      metric.id,
      metric.specVersion,
      entries.map(([week]) => week),
      column((v) => v.word),
      column((v) => v.test),
      column((v) => v.value),
      column((v) => v.expected),
      column((v) => v.low),
      column((v) => v.high),
      column((v) => v.p),
      column((v) => v.pAdjusted),
      column((v) => v.since),
      column((v) => v.direction),
      column((v) => v.pooledWeeks),
      column((v) => v.z ?? null),
    ],
  );
}

export async function readVerdicts(
  sql: Sql,
  metric: Metric,
  first: WeekStart,
  last: WeekStart,
): Promise<Map<WeekStart, Verdict>> {
  const rows = await sql.rows(
    verdictRow,
    `SELECT week::text AS week, word, test, value, expected, low, high, p, p_adjusted, z, since::text AS since, direction, pooled_weeks
     FROM verdict WHERE metric = $1 AND version = $2 AND week BETWEEN $3 AND $4`,
    [metric.id, metric.specVersion, first, last],
  );
  return new Map(
    rows.map(({ week, p_adjusted, pooled_weeks, ...rest }) => [
      week,
      { ...rest, pAdjusted: p_adjusted, pooledWeeks: pooled_weeks },
    ]),
  );
}
