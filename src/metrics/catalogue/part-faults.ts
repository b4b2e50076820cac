/** What is wrong between definitions: parts that are no metrics, or cannot be cut as the whole is. */
import { nearest } from "../../nearest.ts";
import type { CatalogueFault, PlacedDefinition } from "./read-definitions.ts";

export function partFaults(found: ReadonlyMap<string, PlacedDefinition>): CatalogueFault[] {
  return [...found.values()].flatMap(({ definition, ...place }) => {
    const faults = Object.entries(definition.parts).map(([name, { metric }]) => {
      const problem = metric === undefined ? null : partProblem(found, definition.id, metric);
      return problem === null
        ? []
        : [{ ...place, problem: `${definition.id}.parts.${name}: ${problem}` }];
    });
    const strangers = definition.towards.filter((metric) => !found.has(metric));
    const unknown = strangers.map((metric) => ({
      ...place,
      problem: `${definition.id}.towards: ${unknownMetric(metric, found)}`,
    }));
    return [...faults.flat(), ...unknown];
  });
}

function partProblem(
  found: ReadonlyMap<string, PlacedDefinition>,
  whole: string,
  part: string,
): string | null {
  const metric = found.get(part)?.definition;
  if (metric === undefined) return unknownMetric(part, found);
  if (leadsTo(found, part, whole, new Set())) return `${part} is itself derived from ${whole}`;
  const missing = (found.get(whole)?.definition.dimensions ?? []).filter(
    (dimension) => !metric.dimensions.includes(dimension),
  );
  return missing.length === 0 ? null : `${part} cannot be cut by ${missing.join(", ")}`;
}

function unknownMetric(name: string, found: ReadonlyMap<string, PlacedDefinition>): string {
  const [near] = nearest(name, found.keys());
  return `there is no metric ${name}${near === undefined ? "" : `. Did you mean "${near}"?`}`;
}

function leadsTo(
  found: ReadonlyMap<string, PlacedDefinition>,
  from: string,
  to: string,
  seen: Set<string>,
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const parts = Object.values(found.get(from)?.definition.parts ?? {});
  return parts.some(({ metric }) => metric !== undefined && leadsTo(found, metric, to, seen));
}
