/** Which target counts for a question. Source: METRICS.md 1.8, "Settled readings". */
import type { Filters, Target, TargetType, WeekStart } from "../answer.ts";
import { canonicalFilters } from "../filters.ts";

export const targetTypes = [
  "cumulative_by_date",
  "level_by_date",
  "at_least",
  "at_most",
  "band",
] as const satisfies readonly TargetType[];

/** What a target asks for. */
export type Aim = Pick<Target, "type" | "value" | "valueHi">;

/** As it stands in the sources, or as an operator set it. */
export interface StoredTarget extends Omit<Target, "type" | "value" | "valueHi" | "periodEnd"> {
  /** Null: an operator ended what there was. */
  aim: Aim | null;
  /** Null: for good, of an end alone. */
  periodEnd: string | null;
  /** The later an operator set it, the higher; 0 for what was imported. */
  place: number;
  /** By whom, as `slack:U0OPS`, and when, as Postgres writes it; null for what was imported. */
  set: { by: string; at: string } | null;
}

/**
 * The target of the first of `metrics` that has one for exactly these filters in the week. What an
 * operator set latest counts, and before all that was imported; of these the one that ends first. A
 * period that ends within the week counts only where no other holds the week's last day: that day
 * decides which year a week belongs to.
 */
export function chooseTarget(
  targets: readonly StoredTarget[],
  metrics: readonly string[],
  filters: Filters,
  week: WeekStart,
): Target | null {
  for (const metric of metrics) {
    const stored = chosen(targets, metric, filters, week);
    const target = stored && targetOf(stored);
    if (target) return target;
  }
  return null;
}

function chosen(
  targets: readonly StoredTarget[],
  metric: string,
  filters: Filters,
  week: WeekStart,
): StoredTarget | undefined {
  const last = Temporal.PlainDate.from(week).add({ days: 6 }).toString();
  const dims = keyOf(filters);
  const endOf = ({ periodEnd }: StoredTarget): string => periodEnd ?? FOR_GOOD;
  return targets
    .filter((target) => target.metric === metric && keyOf(target.dims) === dims)
    .filter((target) => target.periodStart <= last && endOf(target) >= week)
    .sort(
      (a, b) =>
        Number(endOf(a) < last) - Number(endOf(b) < last) ||
        b.place - a.place ||
        compare(endOf(a), endOf(b)) ||
        compare(a.id, b.id),
    )[0];
}

const FOR_GOOD = "9999-12-31";

/** Null of an end. */
function targetOf(stored: StoredTarget): Target | null {
  const { place: _, set: __, aim, periodEnd, ...target } = stored;
  return aim === null || periodEnd === null ? null : { ...target, ...aim, periodEnd };
}

function keyOf(filters: Filters): string {
  return JSON.stringify(canonicalFilters(filters));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
