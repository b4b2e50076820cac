/** The drivers of success metrics, each with the metrics that are seen under it. */
import type { DriverEntry } from "./entry.ts";
import type { Metric } from "./metric.ts";

export interface Driver {
  /** Such as C.3.2. */
  code: string;
  name: string;
  what: string;
  /** Id of the success metric that it moves. */
  parent: string;
  /** The owning team first, then those that own it with it. */
  owners: readonly string[];
  /** Ids of the metrics under it. */
  metrics: readonly string[];
}

/** `metrics` in the catalogue's order: those that name a driver stand under it in that order. */
export function resolveDriver(
  { driver: code, metrics: listed, ...rest }: DriverEntry,
  metrics: readonly Pick<Metric, "id" | "parents">[],
): Driver {
  const naming = metrics.filter(({ parents }) => parents.includes(code)).map(({ id }) => id);
  return { ...rest, code, metrics: listed ?? naming };
}

/** A driver that lists its metrics says so for them, whatever they name themselves. */
export function parentsOf(
  { id, parents }: Pick<Metric, "id" | "parents">,
  drivers: readonly Driver[],
): string[] {
  const holding = drivers.filter(({ metrics }) => metrics.includes(id)).map(({ code }) => code);
  const isKept = (parent: string): boolean =>
    holding.includes(parent) || !drivers.some(({ code }) => code === parent);
  return [...new Set([...parents.filter(isKept), ...holding])];
}
