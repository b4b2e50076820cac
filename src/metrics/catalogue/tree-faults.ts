/** What is wrong in the tree: owners that are no team, parents and metrics that are not there. */
import type { KeyPath } from "../../yaml-places.ts";
import type { FoundEntries } from "./found-entries.ts";
import { noSuch } from "./no-such.ts";
import type { CatalogueFault, Placed, PlacedEntry } from "./placed-entry.ts";

export function treeFaults(found: FoundEntries): CatalogueFault[] {
  const metrics = [...found.id.values()].flatMap((placed) => [
    ...ownerFaults(found, placed, placed.entry.owners),
    ...placed.entry.parents.flatMap((parent, i) =>
      leadsBack(found, parent, placed.name)
        ? faultOf(placed, ["parents", i], `${parent} stands under ${placed.name} itself`)
        : [],
    ),
    ...placed.entry.parents.flatMap((parent, i) =>
      isInTree(found, parent)
        ? []
        : faultOf(
            placed,
            ["parents", i],
            noSuch("group, driver or metric", parent, treeNames(found)),
          ),
    ),
  ]);
  return [
    ...metrics,
    ...[...found.driver.values()].flatMap((placed) => driverFaults(found, placed)),
  ];
}

function driverFaults(found: FoundEntries, placed: Placed<"driver">): CatalogueFault[] {
  const { driver, owners, parent, metrics = [] } = placed.entry;
  const noMetric = (id: string, path: KeyPath): CatalogueFault[] =>
    found.id.has(id) ? [] : faultOf(placed, path, noSuch("metric", id, found.id.keys()));
  const taken = [...found.id.values()].find(({ entry: { id, codes } }) =>
    [id, ...codes].includes(driver),
  );
  return [
    ...ownerFaults(found, placed, owners),
    ...noMetric(parent, ["parent"]),
    ...metrics.flatMap((id, i) => noMetric(id, ["metrics", i])),
    ...(taken === undefined
      ? []
      : faultOf(placed, ["driver"], `${taken.name} is already called so`)),
  ];
}

function ownerFaults(
  { team }: FoundEntries,
  placed: PlacedEntry,
  owners: readonly string[],
): CatalogueFault[] {
  return owners.flatMap((owner, i) =>
    team.has(owner)
      ? []
      : faultOf(
          placed,
          ["owners", i],
          `${sentence(noSuch("team", owner, team.keys()))} Teams: ${[...team.keys()].join(", ")}; another one is an entry "- team: ${owner}"`,
        ),
  );
}

/** Nothing is said of what only stands in for a faulty key. */
function faultOf(
  { name, at, unsound }: Pick<PlacedEntry, "name" | "at" | "unsound">,
  path: KeyPath,
  problem: string,
): CatalogueFault[] {
  const [key] = path;
  return unsound.has(String(key)) ? [] : [{ ...at(path), problem: `${name}.${key}: ${problem}` }];
}

function isInTree({ group, driver, id }: FoundEntries, name: string): boolean {
  return group.has(name) || driver.has(name) || id.has(name);
}

function treeNames({ group, driver, id }: FoundEntries): string[] {
  return [...group.keys(), ...driver.keys(), ...id.keys()];
}

/** Up from metric to metric, by the parent above all, as the tree is read. */
function leadsBack({ id }: FoundEntries, from: string, to: string): boolean {
  const seen = new Set<string>();
  let at: string | undefined = from;
  while (at !== undefined && at !== to && !seen.has(at)) {
    seen.add(at);
    at = id.get(at)?.entry.parents[0];
  }
  return at === to;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
