/** What of a sensitive metric may be told, asked window by window of who decides it. */
import type { Sql } from "../../db/index.ts";
import { addPeriods, type Grain } from "../../periods.ts";
import type { Filters, WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { accountTables } from "./account-tables.ts";
import type { AccountTable, Discretion, SegmentGroup } from "./discretion.ts";
import { type Population, populationsOf } from "./populations.ts";

/** Windows of a question; the filters have no tenure and no overlapping dimension (screen-fault.ts). */
export interface Screened {
  metric: Metric;
  width: number;
  filters: Filters;
  grain?: Grain | undefined;
}

export interface Screen {
  /** Those of the weeks whose windows must not be told. */
  hidden(question: Screened, weeks: readonly WeekStart[]): Promise<Set<WeekStart>>;
  /** The rows by which one window may be told; the window itself may be. */
  segments(question: Screened, week: WeekStart, by: string): Promise<SegmentGroup[]>;
  /** Whether a total that so many accounts were behind may be told, or that it was another. */
  enough(accounts: number): boolean;
  /** The nearest wider filters under which a window may be told; null: none. */
  nearest(question: Screened, week: WeekStart): Promise<Filters | null>;
}

/** A sensitive metric that no account is behind gives away nothing of any. */
export function discretionFor(
  metric: Metric,
  discretion: Discretion | undefined,
): Discretion | undefined {
  const isOfAccounts = populationsOf(metric, metric.window).length > 0;
  return metric.sensitive && isOfAccounts ? discretion : undefined;
}

/** One answer's: what has been counted is kept for as long as it. `sql` is that of `inSnapshot`. */
export function screenOf(
  sql: Sql,
  settings: MetricSettings,
  discretion: Discretion,
  exact: boolean,
): Screen {
  const counted = new Map<string, Map<WeekStart, AccountTable>>();
  const count = async (
    { metric, width, ago }: Population,
    weeks: readonly WeekStart[],
    dimensions: readonly string[],
    grain: Grain | undefined,
  ): Promise<Map<WeekStart, AccountTable>> => {
    const key = JSON.stringify([
      metric.id,
      metric.sql,
      metric.aggregation,
      width,
      dimensions,
      grain,
    ]);
    const known = counted.get(key) ?? new Map<WeekStart, AccountTable>();
    counted.set(key, known);
    const asked = weeks.map((week) => addPeriods(week, -ago, grain));
    const missing = asked.filter((week) => !known.has(week)).sort();
    const asks = { metric, weeks: missing, width, dimensions, grain };
    const found = await accountTables(sql, settings, asks, exact);
    for (const [week, table] of found) known.set(week, table);
    return new Map(asked.map((week) => [addPeriods(week, ago, grain), known.get(week) ?? []]));
  };
  /** Of each week a table a population. */
  const tablesOf = async (
    { metric, width, filters, grain }: Screened,
    weeks: readonly WeekStart[],
    by: string | null,
  ): Promise<Map<WeekStart, AccountTable[]>> => {
    const dimensions = [...new Set([...Object.keys(filters), ...(by === null ? [] : [by])])].sort();
    const tables = new Map<WeekStart, AccountTable[]>(weeks.map((week) => [week, []]));
    for (const population of populationsOf(metric, width, grain))
      for (const [week, table] of await count(population, weeks, dimensions, grain))
        tables.get(week)?.push(table);
    return tables;
  };
  const tablesAt = async (question: Screened, week: WeekStart, by: string | null = null) =>
    (await tablesOf(question, [week], by)).get(week) ?? [];
  return {
    hidden: async (question, weeks) => {
      const tables = await tablesOf(question, weeks, null);
      const isHidden = (week: WeekStart): boolean =>
        !discretion.mayTell(tables.get(week) ?? [], question.filters);
      return new Set(weeks.filter(isHidden));
    },
    segments: async (question, week, by) =>
      discretion.segments(await tablesAt(question, week, by), question.filters, by),
    enough: (accounts) => discretion.mayTell([[{ accounts, labels: [{}] }]], {}),
    nearest: async (question, week) =>
      discretion.nearest(await tablesAt(question, week), question.filters),
  };
}
