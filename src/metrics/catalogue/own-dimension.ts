/** Dimensions of accounts that a company defines itself, and the metrics that are cut by them. */
import type { Place } from "../../yaml-places.ts";
import { accountDimensions } from "./definition.ts";
import type { DimensionEntry } from "./entry.ts";
import type { FoundEntries } from "./found-entries.ts";
import { originOf } from "./origin.ts";
import type { CatalogueFault, Placed } from "./placed-entry.ts";

export interface OwnDimension extends DimensionEntry {
  /** Where it is written. */
  origin: Place;
}

/** The found entries, those metrics cut by a dimension that is defined for all of them. */
export function cutByOwn(found: FoundEntries): FoundEntries {
  const everywhere = [...found.dimension.values()].filter(({ entry }) => entry.everywhere);
  const names = everywhere.map(({ name }) => name);
  const metrics = [...found.id].map(([id, placed]): [string, Placed<"id">] => {
    const { entry } = placed;
    const added = names.filter((name) => !entry.dimensions.includes(name));
    if (added.length === 0 || !isCutByAccounts(found, id)) return [id, placed];
    return [id, { ...placed, entry: { ...entry, dimensions: [...entry.dimensions, ...added] } }];
  });
  return { ...found, id: new Map(metrics) };
}

/**
 * A metric that is cut by nothing of its accounts is so for a reason, which holds for another dimension,
 * and one that is derived is cut as its parts are. `above`: what is derived from it.
 */
function isCutByAccounts(found: FoundEntries, id: string, above: readonly string[] = []): boolean {
  const entry = found.id.get(id)?.entry;
  if (entry === undefined || entry.tier === "none" || above.includes(id)) return false;
  const ofAccounts: readonly string[] = [...accountDimensions, "tier"];
  return (
    entry.dimensions.some((name) => ofAccounts.includes(name)) &&
    Object.values(entry.parts).every(
      ({ metric }) => metric === undefined || isCutByAccounts(found, metric, [...above, id]),
    )
  );
}

/** A name that a metric that ships has for something else, and a platform metric that has no accounts. */
export function ownDimensionFaults({ dimension: all, id }: FoundEntries): CatalogueFault[] {
  // Where the name itself is wrong, that is told.
  const dimension = new Map([...all].filter(([, { unsound }]) => !unsound.has("dimension")));
  const shipped = [...id.values()].filter(({ place }) => originOf(place) === null);
  const taken = [...dimension.values()].flatMap(({ name, place }) => {
    const other = shipped.find(({ entry }) => entry.dimensions.includes(name));
    const problem = `${name}: is a dimension of ${other?.name} already; choose another name`;
    return other === undefined ? [] : [{ ...place, problem }];
  });
  const platform = [...id.values()].flatMap(({ name, entry, at }) =>
    entry.tier === "none"
      ? entry.dimensions
          .filter((each) => dimension.has(each))
          .map((each) => ({
            ...at(["dimensions", entry.dimensions.indexOf(each)]),
            problem: `${name}.dimensions: ${each} is a dimension of accounts, which a platform metric (tier: none) has none of`,
          }))
      : [],
  );
  return [...taken, ...platform];
}
