/** What is wrong in the tree: owners that are no team, parents and metrics that are not there. */
import type { DriverEntry } from "./entry.ts";
import type { FoundEntries } from "./found-entries.ts";
import { noSuch } from "./no-such.ts";
import type { CatalogueFault } from "./read-definitions.ts";

export function treeFaults(found: FoundEntries): CatalogueFault[] {
  const metrics = [...found.id.values()].flatMap(({ name, place, entry: { owners, parents } }) =>
    [
      ...ownerFaults(found, owners),
      ...parents
        .filter((parent) => !isInTree(found, parent))
        .map((parent) => `parents: ${noSuch("group, driver or metric", parent, treeNames(found))}`),
    ].map((problem) => ({ ...place, problem: `${name}.${problem}` })),
  );
  const drivers = [...found.driver.values()].flatMap(({ name, place, entry }) =>
    driverFaults(found, entry).map((problem) => ({ ...place, problem: `${name}.${problem}` })),
  );
  return [...metrics, ...drivers];
}

function driverFaults(found: FoundEntries, driver: DriverEntry): string[] {
  const noMetric = (key: string, id: string): string[] =>
    found.id.has(id) ? [] : [`${key}: ${noSuch("metric", id, found.id.keys())}`];
  const taken = [...found.id.values()].find(({ entry: { id, codes } }) =>
    [id, ...codes].includes(driver.driver),
  );
  return [
    ...ownerFaults(found, driver.owners),
    ...noMetric("parent", driver.parent),
    ...(driver.metrics ?? []).flatMap((id) => noMetric("metrics", id)),
    ...(taken === undefined ? [] : [`driver: ${taken.name} is already called so`]),
  ];
}

function ownerFaults({ team }: FoundEntries, owners: readonly string[]): string[] {
  return owners
    .filter((owner) => !team.has(owner))
    .map(
      (owner) =>
        `owners: ${noSuch("team", owner, team.keys())} Teams: ${[...team.keys()].join(", ")}; another one is an entry "- team: ${owner}"`,
    );
}

function isInTree({ group, driver, id }: FoundEntries, name: string): boolean {
  return group.has(name) || driver.has(name) || id.has(name);
}

function treeNames({ group, driver, id }: FoundEntries): string[] {
  return [...group.keys(), ...driver.keys(), ...id.keys()];
}
