/** What a derived metric may not have, and what its parts and expressions must be. */
import type { Definition } from "./definition.ts";
import { readsProblems } from "./reads-faults.ts";
import { codeOf } from "./sql-code.ts";
import { type KeyFault, sqlFaults } from "./sql-faults.ts";

/** What is derived has parts and expressions; what is not has units. */
export function derivedFaults({
  aggregation,
  test,
  lag,
}: Pick<Definition, "aggregation" | "test" | "lag">): KeyFault[] {
  if (aggregation !== "derived") return [];
  const faults: KeyFault[] = [];
  if (test === "nps") faults.push(["test", "nps is of answers, which parts are not"]);
  if (lag !== 0) faults.push(["lag", "a derived metric describes the week of its parts"]);
  return faults;
}

type Derived = Pick<Definition, "aggregation" | "growth" | "parts" | "derive">;

export function expressionFaults({ aggregation, growth, parts, derive }: Derived): KeyFault[] {
  if (aggregation !== "derived" || growth !== undefined) return [];
  if (derive === undefined || Object.keys(parts).length === 0)
    return [["aggregation", "derived needs parts, and derive with its expressions"]];
  if (parts.this !== undefined)
    return [["parts", "this: is the metric itself; call the part something else"]];
  const known = [...Object.keys(parts), "this"];
  const texts = [derive.num, derive.den, derive.value, derive.n, ...Object.values(derive.flags)];
  const named = texts.flatMap((text) => [...codeOf(text).matchAll(/\b([a-z_]\w*)\.(\w+)/g)]);
  const strangers = named.map(([, name = ""]) => name).filter((name) => !known.includes(name));
  const unknown = named
    .map(([, , column = ""]) => column)
    .filter((column) => !["num", "den", "value", "n"].includes(column));
  if (unknown.length > 0)
    return [["derive", `${unknown.join(", ")}: a part has num, den, value and n`]];
  return strangers.length > 0
    ? [["derive", `${strangers.join(", ")}: no such part. Parts: ${known.join(", ")}`]]
    : [];
}

export function ownPartFaults({
  aggregation,
  growth,
  parts,
  shared,
}: Pick<Definition, "aggregation" | "growth" | "parts" | "shared">): KeyFault[] {
  if (aggregation !== "derived" || growth !== undefined) return [];
  return Object.entries(parts).flatMap(([name, { metric, sql, reads }]): KeyFault[] => {
    const faults: KeyFault[] =
      (metric === undefined) === (sql === undefined)
        ? [["parts", `${name}: needs either a metric or sql`]]
        : [];
    if (sql === undefined) return faults;
    const problems = readsProblems(reads, [sql, shared]);
    return [
      ...faults,
      ...sqlFaults("parts", sql),
      ...problems.map((problem): KeyFault => ["parts", `${name}.reads: ${problem}`]),
    ];
  });
}

export function growthFaults({
  aggregation,
  growth,
  parts,
  derive,
  towards,
}: Derived & Pick<Definition, "towards">): KeyFault[] {
  if (aggregation !== "derived" || growth === undefined) return [];
  const faults: KeyFault[] = [];
  const [part, ...more] = Object.values(parts);
  if (part?.metric === undefined || more.length > 0)
    faults.push(["parts", "growth is that of one part, which is a metric"]);
  if (derive !== undefined) faults.push(["derive", "growth has no expressions"]);
  if (towards.length === 0)
    faults.push(["towards", "needed: the metrics whose targets and baselines count"]);
  return faults;
}
