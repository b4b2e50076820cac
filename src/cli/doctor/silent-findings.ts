/** Metrics without data: a line for each table that they wait for, and what to do said once. */
import type { SourceState } from "../../metrics/index.ts";
import { type Finding, unset } from "./finding.ts";

type Silent = SourceState["silent"][number];

export function silentFindings(silent: SourceState["silent"]): Finding[] {
  const unloaded = silent.filter(({ missing }) => missing.length > 0);
  const unfilled = silent.filter(({ missing }) => missing.length === 0);
  return [
    ...finding(
      unloaded,
      `${waiting(unloaded)} for tables into which nothing was loaded`,
      "Import what you have of them, after kpi init or a mapping (docs/importing.md); the other metrics do without.",
      ({ missing }) => missing,
    ),
    ...finding(
      unfilled,
      `${waiting(unfilled)} for rows that no loaded table holds`,
      "Fill the column, or load such rows, if you have them; the other metrics do without.",
      ({ needs }) => needs.map(({ table }) => table),
    ),
  ];
}

function waiting(metrics: readonly Silent[]): string {
  return `${metrics.length} ${metrics.length === 1 ? "metric waits" : "metrics wait"}`;
}

function finding(
  metrics: readonly Silent[],
  said: string,
  next: string,
  tablesOf: (metric: Silent) => readonly string[],
): Finding[] {
  if (metrics.length === 0) return [];
  const counts = new Map<string, number>();
  for (const table of metrics.flatMap(tablesOf)) counts.set(table, (counts.get(table) ?? 0) + 1);
  // Of several that a metric lacks, it stands with the one that most wait for: that is loaded first.
  const first = (metric: Silent): string =>
    tablesOf(metric).reduce((a, b) => ((counts.get(b) ?? 0) > (counts.get(a) ?? 0) ? b : a));
  const lines = [...Map.groupBy(metrics, first)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([table, waits]) => `${table}: ${waits.map((one) => named(one, table)).join(", ")}`);
  return [{ ...unset("silent metrics", said, next), lines }];
}

/** `ltv_cac_ratio (and marketing_daily)`, `nps (kind nps)`, `pql_count (pql_at)`. */
function named({ metric, missing, needs }: Silent, table: string): string {
  const others = missing.filter((other) => other !== table);
  if (missing.length > 0)
    return others.length === 0 ? metric : `${metric} (and ${others.join(", ")})`;
  const rows = needs.map((need) => {
    const what = [need, ...(need.and ? [need.and] : [])]
      .map(({ column, value }) => (value === null ? column : `${column} ${value}`))
      .join(" with ");
    return need.table === table ? what : `${need.table}.${what}`;
  });
  return `${metric} (${rows.join(", ")})`;
}
