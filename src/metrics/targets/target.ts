/** Which target counts for a question. Source: METRICS.md 1.8, "Settled readings". */
import type { Filters, Target, WeekStart } from "../answer.ts";
import { canonicalFilters } from "../filters.ts";

/**
 * The target of the first of `metrics` that has one for exactly these filters in the week. Of several
 * the one that ends first counts. A period that ends within the week counts only where no other
 * holds the week's last day: that day decides which year a week belongs to.
 */
export function chooseTarget(
  targets: readonly Target[],
  metrics: readonly string[],
  filters: Filters,
  week: WeekStart,
): Target | null {
  const last = Temporal.PlainDate.from(week).add({ days: 6 }).toString();
  const dims = keyOf(filters);
  for (const metric of metrics) {
    const [first] = targets
      .filter((target) => target.metric === metric && keyOf(target.dims) === dims)
      .filter(({ periodStart, periodEnd }) => periodStart <= last && periodEnd >= week)
      .sort(
        (a, b) =>
          Number(a.periodEnd < last) - Number(b.periodEnd < last) ||
          compare(a.periodEnd, b.periodEnd) ||
          compare(a.id, b.id),
      );
    if (first) return first;
  }
  return null;
}

function keyOf(filters: Filters): string {
  return JSON.stringify(canonicalFilters(filters));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
