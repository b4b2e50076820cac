/** The order of the tree: the groups, then the drivers, as their entries stand; what is in neither comes last. */
import type { Driver } from "./driver.ts";
import type { Group } from "./entry.ts";
import type { Metric } from "./metric.ts";

type Placed = Pick<Metric, "id" | "parents">;

/** Within a place the order of the files. */
export function inTreeOrder<M extends Placed>(
  metrics: readonly M[],
  groups: readonly Group[],
  drivers: readonly Driver[],
): M[] {
  const places = [...groups.map(({ group }) => group), ...drivers.map(({ code }) => code)];
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  const rank = ({ parents }: M): number => {
    const at = places.indexOf(placeOf(parents[0] ?? "", byId));
    return at === -1 ? places.length : at;
  };
  return metrics.toSorted((a, b) => rank(a) - rank(b));
}

/** The group or driver that a parent is, or that a metric as a parent stands under, at whatever depth. */
export function placeOf(parent: string, byId: Pick<ReadonlyMap<string, Placed>, "get">): string {
  const seen = new Set<string>();
  let place = parent;
  while (!seen.has(place)) {
    seen.add(place);
    place = byId.get(place)?.parents[0] ?? place;
  }
  return place;
}
