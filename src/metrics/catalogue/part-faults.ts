/** What is wrong between definitions: parts that are no metrics, or cannot be cut as the whole is. */
import { noSuch } from "./no-such.ts";
import type { CatalogueFault, Placed } from "./read-definitions.ts";

export function partFaults(found: ReadonlyMap<string, Placed<"id">>): CatalogueFault[] {
  return [...found.values()].flatMap(({ entry: definition, place }) => {
    const faults = Object.entries(definition.parts).map(([name, { metric }]) => {
      const problem = metric === undefined ? null : partProblem(found, definition.id, metric);
      return problem === null
        ? []
        : [{ ...place, problem: `${definition.id}.parts.${name}: ${problem}` }];
    });
    const strangers = definition.towards.filter((metric) => !found.has(metric));
    const unknown = strangers.map((metric) => ({
      ...place,
      problem: `${definition.id}.towards: ${noSuch("metric", metric, found.keys())}`,
    }));
    return [...faults.flat(), ...unknown];
  });
}

function partProblem(
  found: ReadonlyMap<string, Placed<"id">>,
  whole: string,
  part: string,
): string | null {
  const metric = found.get(part)?.entry;
  if (metric === undefined) return noSuch("metric", part, found.keys());
  if (leadsTo(found, part, whole, new Set())) return `${part} is itself derived from ${whole}`;
  const missing = (found.get(whole)?.entry.dimensions ?? []).filter(
    (dimension) => !metric.dimensions.includes(dimension),
  );
  return missing.length === 0 ? null : `${part} cannot be cut by ${missing.join(", ")}`;
}

function leadsTo(
  found: ReadonlyMap<string, Placed<"id">>,
  from: string,
  to: string,
  seen: Set<string>,
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const parts = Object.values(found.get(from)?.entry.parts ?? {});
  return parts.some(({ metric }) => metric !== undefined && leadsTo(found, metric, to, seen));
}
