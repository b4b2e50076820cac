/** What is wrong between definitions: parts that are no metrics, or cannot be cut as the whole is. */
import { noSuch } from "./no-such.ts";
import type { CatalogueFault, Placed } from "./placed-entry.ts";

export function partFaults(found: ReadonlyMap<string, Placed<"id">>): CatalogueFault[] {
  return [...found.values()].flatMap(({ entry: definition, at }) => {
    const faults = Object.entries(definition.parts).map(([name, { metric }]) => {
      const problem = metric === undefined ? null : partProblem(found, definition.id, metric);
      return problem === null
        ? []
        : [{ ...at(["parts", name]), problem: `${definition.id}.parts.${name}: ${problem}` }];
    });
    const unknown = definition.towards.flatMap((metric, i) =>
      found.has(metric)
        ? []
        : [
            {
              ...at(["towards", i]),
              problem: `${definition.id}.towards: ${noSuch("metric", metric, found.keys())}`,
            },
          ],
    );
    return [...faults.flat(), ...unknown];
  });
}

function partProblem(
  found: ReadonlyMap<string, Placed<"id">>,
  whole: string,
  part: string,
): string | null {
  const placed = found.get(part);
  if (placed === undefined) return noSuch("metric", part, found.keys());
  if (leadsTo(found, part, whole, new Set())) return `${part} is itself derived from ${whole}`;
  if (placed.unsound.has("dimensions")) return null;
  const missing = (found.get(whole)?.entry.dimensions ?? []).filter(
    (dimension) => !placed.entry.dimensions.includes(dimension),
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
