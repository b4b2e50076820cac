/** Whether unit rows are what the engine takes them for: what they hold beside that is left out silently, or counted wrongly. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import { isOfWhole, type Metric, type MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "../query/binder.ts";
import type { Measured } from "../query/measured.ts";
import { metricRows } from "../query/metric-rows.ts";
import { unitRowsSql } from "../query/unit-query.ts";
import { windowOf } from "../query/window.ts";

export interface WrongUnits {
  kind: "wrong_units";
  what: WrongUnit;
  /** Unit rows that are so, of how many. */
  rows: number;
  of: number;
}

/** What may be wrong with a unit row, as a condition on `u`. */
const wrong = {
  no_window: "NOT EXISTS (SELECT FROM w WHERE w.a = u.a)",
  outside:
    "EXISTS (SELECT FROM w WHERE w.a = u.a AND NOT (day_of(u.at) >= w.a AND day_of(u.at) < w.b))",
  no_time: "u.at IS NULL",
  no_account: "u.account_id IS NULL",
  unknown_account: "NOT EXISTS (SELECT FROM source.accounts a WHERE a.account_id = u.account_id)",
  no_num: "u.num IS NULL",
  no_number: "u.num::text IN ('NaN', 'Infinity', '-Infinity')",
  negative_den: "u.den < 0",
} as const;

export type WrongUnit = keyof typeof wrong;

/** Those kinds that its unit rows can show; `sql` is that of a run that has gone well, so that all columns are there. */
function possible(metric: Metric): WrongUnit[] {
  const { tier, values, aggregation, test, denominator, lag, lookahead } = metric;
  const hasNum = values === undefined && aggregation !== "hist" && test !== "nps";
  const hasDen = hasNum && denominator !== null;
  const kinds: [boolean, WrongUnit][] = [
    [true, "no_window"],
    [tier === "event" && lag === 0 && lookahead === 0, "outside"],
    [tier === "event", "no_time"],
    [tier !== "none", "no_account"],
    [tier !== "none", "unknown_account"],
    [hasNum, "no_num"],
    [hasNum, "no_number"],
    [hasDen, "negative_den"],
  ];
  return kinds.filter(([isPossible]) => isPossible).map(([, kind]) => kind);
}

/** A share of a whole that is more than all of it. */
export interface AboveWhole {
  kind: "above_whole";
  week: WeekStart;
  num: number;
  den: number;
}

/** Told of weeks: unit rows may hold a part of the whole and what has been reached apart. The first of them. */
export function aboveWhole(metric: Metric, totals: readonly Measured[]): AboveWhole[] {
  if (!isOfWhole(metric)) return [];
  return totals
    .map(({ week, num, den }) => ({
      kind: "above_whole" as const,
      week,
      num: Number(num ?? 0),
      den: Number(den ?? 0),
    }))
    .filter(({ num, den }) => num > den)
    .slice(0, 1);
}

/** Of what is derived or reported there are none. */
export async function wrongUnits(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  weeks: readonly WeekStart[],
): Promise<WrongUnits[]> {
  if (metric.sql === "" || weeks.length === 0) return [];
  const kinds = possible(metric);
  const binder = newBinder();
  const windows = weeks.map((week) => windowOf(metric, settings, week, metric.window));
  const counts = kinds.map((kind) => {
    const first = kind === "unknown_account" ? "u.account_id IS NOT NULL AND " : "";
    return `count(*) FILTER (WHERE ${first}${wrong[kind]})`;
  });
  const text = unitRowsSql(
    { metric, settings, windows },
    `SELECT ARRAY[count(*), ${counts.join(", ")}]::int[] AS counts FROM u`,
    binder,
  );
  const row = z.object({ counts: z.array(z.number()) });
  const [found] = await metricRows(sql, metric, row, text, binder.values);
  const [of = 0, ...rows] = found?.counts ?? [];
  return kinds.flatMap((what, i) =>
    (rows[i] ?? 0) > 0 ? [{ kind: "wrong_units", what, rows: rows[i] ?? 0, of } as const] : [],
  );
}
