/** Which metrics tables with data answer, and what the others wait for. */
import type { Catalogue, Metric } from "./catalogue/index.ts";
import { missingSources } from "./watermark.ts";

export interface Coverage {
  /** Metrics whose tables are all there. */
  answered: readonly Metric[];
  /** By the tables that they wait for, those first that answer the most. */
  waiting: readonly { tables: readonly string[]; metrics: readonly Metric[] }[];
  /** Of each table that is there: the answered metrics that read it. */
  byTable: ReadonlyMap<string, readonly Metric[]>;
}

export function coverage({ metrics }: Catalogue, filled: ReadonlySet<string>): Coverage {
  const missing = new Map(metrics.map((metric) => [metric, missingSources(metric, filled)]));
  const answered = metrics.filter((metric) => missing.get(metric)?.length === 0);
  const rest = metrics.filter((metric) => !answered.includes(metric));
  const groups = Map.groupBy(rest, (metric) => (missing.get(metric) ?? []).sort().join(", "));
  const waiting = [...groups].map(([tables, waits]) => ({
    tables: tables.split(", "),
    metrics: waits,
  }));
  const byTable = [...filled].map((table): [string, Metric[]] => [
    table,
    answered.filter(({ reads }) => reads.includes(table)),
  ]);
  return {
    answered,
    waiting: waiting.sort(
      (a, b) => a.tables.length - b.tables.length || b.metrics.length - a.metrics.length,
    ),
    byTable: new Map(byTable),
  };
}
