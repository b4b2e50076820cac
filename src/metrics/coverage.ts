/** Which metrics the tables and rows that are there answer, and what the others wait for. */
import type { Catalogue, Metric } from "./catalogue/index.ts";
import { missingRows, missingSources } from "./watermark.ts";

export interface Coverage {
  /** Metrics whose tables are all there, with the rows that they need. */
  answered: readonly Metric[];
  /** By what they wait for, tables or rows such as `surveys.kind=nps`; the least first. */
  waiting: readonly { lacks: readonly string[]; metrics: readonly Metric[] }[];
  /** Of each table that is there: the answered metrics that read it. */
  byTable: ReadonlyMap<string, readonly Metric[]>;
}

/** `held`: the texts of the needs that rows of the tables meet. */
export function coverage(
  { metrics }: Catalogue,
  tables: ReadonlySet<string>,
  held: ReadonlySet<string>,
): Coverage {
  const there = new Set([...tables, ...held]);
  const lacksOf = (metric: Metric): string[] => [
    ...missingSources(metric, there),
    ...missingRows(metric, there).map(({ text }) => text),
  ];
  const groups = Map.groupBy(metrics, (metric) => [...new Set(lacksOf(metric))].sort().join(", "));
  const answered = groups.get("") ?? [];
  const waiting = [...groups]
    .filter(([lacks]) => lacks !== "")
    .map(([lacks, waits]) => ({ lacks: lacks.split(", "), metrics: waits }))
    .sort((a, b) => a.lacks.length - b.lacks.length || b.metrics.length - a.metrics.length);
  const byTable = [...tables].map((table): [string, Metric[]] => [
    table,
    answered.filter(({ reads }) => reads.includes(table)),
  ]);
  return { answered, waiting, byTable: new Map(byTable) };
}
