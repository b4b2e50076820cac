/** Whether the segments of each dimension add up to the total, as every breakdown is read. */
import type { WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import type { Measured } from "../query/measured.ts";

export interface NotAddedUp {
  kind: "does_not_add_up";
  dimension: string;
  week: WeekStart;
  measure: string;
  total: number;
  segments: number;
}

/** Those that part the units: one that overlaps counts a unit in several, and what is derived or reported has none. */
export function addingDimensions(metric: Metric): string[] {
  if (metric.aggregation === "derived" || metric.aggregation === "reported") return [];
  return metric.dimensions.filter((name) => !metric.overlapping.includes(name));
}

/** `totals` one a week; `read` gives the same weeks by a dimension. The first fault of each dimension. */
export async function notAddedUp(
  metric: Metric,
  totals: readonly Measured[],
  read: (dimension: string) => Promise<Measured[]>,
): Promise<NotAddedUp[]> {
  const faults: NotAddedUp[] = [];
  for (const dimension of addingDimensions(metric)) {
    const segments = Map.groupBy(await read(dimension), ({ week }) => week);
    const [fault] = totals.flatMap((total) =>
      differences(metric, dimension, total, segments.get(total.week) ?? []),
    );
    if (fault) faults.push(fault);
  }
  return faults;
}

function differences(
  metric: Metric,
  dimension: string,
  total: Measured,
  segments: readonly Measured[],
): NotAddedUp[] {
  return Object.entries(measures(metric)).flatMap(([measure, of]) => {
    const [whole, parts] = [of(total), segments.reduce((sum, each) => sum + of(each), 0)];
    // Sums of floats, in another order.
    if (Math.abs(whole - parts) <= 1e-9 * Math.max(Math.abs(whole), Math.abs(parts))) return [];
    return [
      {
        kind: "does_not_add_up",
        dimension,
        week: total.week,
        measure,
        total: whole,
        segments: parts,
      },
    ];
  });
}

/** What of a metric adds up over segments: a quantile does not, and an account may stand in two. */
function measures(metric: Metric): Record<string, (measured: Measured) => number> {
  const sum = (values: readonly number[] | null): number =>
    (values ?? []).reduce((all, value) => all + value, 0);
  if (metric.aggregation === "hist") return { buckets: ({ hist }) => sum(hist) };
  const n = metric.n === "sum" ? { n: (measured: Measured) => measured.n } : {};
  if (metric.values !== undefined) return { den: ({ den }) => Number(den ?? 0), ...n };
  return { num: ({ num }) => Number(num ?? 0), den: ({ den }) => Number(den ?? 0), ...n };
}
