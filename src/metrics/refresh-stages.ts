/** In which order metrics are computed and judged: what a report waits for comes first. */
import type { Catalogue, Metric } from "./catalogue/index.ts";

/** Metrics that are computed before any of them is judged. */
export interface Stage {
  /** Those that have cells, in the order in which they are computed. */
  computed: readonly Metric[];
  /** Those that it brings up to date, with and without cells: whole layers, which are judged together. */
  metrics: readonly Metric[];
}

/**
 * The first stage has the layers that the metrics of `first` are in, for their verdicts need all of
 * a family; the second has the others. Without `first` there is one. A stage without metrics is left out.
 */
export function stagesOf(catalogue: Catalogue, first: readonly string[]): Stage[] {
  const layers = new Set(first.map((id) => catalogue.get(id)?.layer));
  const [early, late] = [true, false].map((isFirst) =>
    catalogue.metrics.filter(({ layer }) => layers.has(layer) === isFirst),
  );
  const names = (metrics: readonly Metric[]): string[] => [
    ...new Set(metrics.flatMap(cellsReadBy)),
  ];
  const wanted = first.flatMap((id) => catalogue.get(id) ?? []);
  const urgent = names([...wanted, ...(early ?? [])]);
  const rank = ({ cells }: Metric): number => urgent.indexOf(cells.metric);
  const isUrgent = (metric: Metric): boolean => rank(metric) >= 0;
  const computed = catalogue.computed;
  return [
    { computed: computed.filter(isUrgent).sort((a, b) => rank(a) - rank(b)), metrics: early ?? [] },
    { computed: computed.filter((metric) => !isUrgent(metric)), metrics: late ?? [] },
  ].filter(({ metrics, computed: some }) => metrics.length + some.length > 0);
}

/** The names of the cells that a metric is read from, or its parts are. */
function cellsReadBy(metric: Metric): string[] {
  if (metric.parts.length === 0) return [metric.cells.metric];
  return metric.parts.flatMap((part) => cellsReadBy(part.metric));
}
