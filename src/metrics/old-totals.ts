/** What was told of weeks and months before rows came late, and whether it may be told again. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { addPeriods, type Grain } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { partWindow } from "./part-window.ts";
import { type CellPlan, planCells } from "./roll-up/cell-key.ts";

/** What was told of the cells that a metric is read from, or that a part of it is. */
export interface ToldTotals {
  metric: Metric;
  plan: CellPlan;
  /** How many weeks, months or quarters before the one asked about. */
  ago: number;
  grain: Grain | undefined;
  totals: ReadonlyMap<WeekStart, z.infer<typeof toldRow>>;
}

const toldRow = z.object({
  period: z.string(),
  accounts: z.number().nullable(),
  since: z.string().nullable(),
});

/** `sql` is that of `inSnapshot`. */
export async function toldOf(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  width: number,
  ago: number,
  grain?: Grain,
): Promise<ToldTotals[]> {
  if (metric.parts.length > 0) {
    const parts: ToldTotals[] = [];
    for (const part of metric.parts) {
      const own = partWindow(part, grain);
      parts.push(...(await toldOf(sql, settings, part.metric, own.width, ago + own.ago, grain)));
    }
    return parts;
  }
  const plan = planCells(metric, settings, width, {}, null, grain);
  if (plan === null) return [];
  const rows = await sql.rows(
    toldRow,
    `SELECT period::text AS period, accounts,
            to_char(moved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
     FROM told_total WHERE metric = $1 AND version = $2 AND grain = $4 AND window_weeks = $3`,
    [metric.cells.metric, metric.cells.version, plan.cellWidth, plan.cellGrain?.unit ?? "week"],
  );
  return [{ metric, plan, ago, grain, totals: new Map(rows.map((row) => [row.period, row])) }];
}

/**
 * Whether what was told of a week may be told again: accounts were counted with it then, and are
 * enough. Of several weeks that add up nobody knows how many accounts they had together.
 */
export function mayTellOld(
  { metric, plan, ago, grain, totals }: ToldTotals,
  week: WeekStart,
  enough: (accounts: number) => boolean,
): boolean {
  const own = addPeriods(week, -ago, grain);
  const isOfYear = metric.aggregation === "year_to_date";
  const [since, until] = [plan.since(own), plan.until(own)];
  const isUntouched = ![...totals.keys()].some((period) => period >= since && period <= until);
  if (metric.tier === "none" || isUntouched) return true;
  const accounts = since === until || isOfYear ? (totals.get(until)?.accounts ?? null) : null;
  return accounts !== null && enough(accounts);
}
