import type { Catalogue, Driver, Metric } from "./catalogue/index.ts";

/** First what a team owns, then what it contributes to and what stands under its drivers. */
export function metricsOfTeam(catalogue: Catalogue, team: string): Metric[] {
  const owned = catalogue.metrics.filter(({ owners: [owner] }) => owner === team);
  const driven = new Set(driversOfTeam(catalogue, team).flatMap(({ metrics }) => metrics));
  const others = catalogue.metrics.filter(
    ({ id, owners: [owner, ...more] }) => owner !== team && (more.includes(team) || driven.has(id)),
  );
  return [...owned, ...others];
}

/** Those that it owns, alone or with others. */
export function driversOfTeam({ drivers }: Pick<Catalogue, "drivers">, team: string): Driver[] {
  return drivers.filter(({ owners }) => owners.includes(team));
}
