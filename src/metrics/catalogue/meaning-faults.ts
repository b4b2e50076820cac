/** What the schema of a definition cannot see: keys that must fit each other and its SQL. */

import { accountDimensions, type Definition, isComputed } from "./definition.ts";
import { derivedFaults, expressionFaults, growthFaults, ownPartFaults } from "./derived-faults.ts";
import type { DimensionEntry } from "./entry.ts";
import { linkFaults } from "./link-faults.ts";
import { MEASURE, measureFaults } from "./measure-faults.ts";
import { overlapUses } from "./overlapping.ts";
import { lookbackFaults, readsFaults, readsFrom, unknownTables } from "./reads-faults.ts";
import { defaultSettings, settingValues, usageMeasures } from "./settings.ts";
import { mentions } from "./sql-code.ts";
import { type KeyFault, sqlFaults } from "./sql-faults.ts";

/** What it is that a check rests on: where one of these keys is faulty itself, it can say nothing. */
interface Check {
  of: readonly (keyof Definition)[];
  find(definition: Definition): KeyFault[];
}

function check<Key extends keyof Definition>(
  of: readonly Key[],
  find: (definition: Pick<Definition, Key>) => KeyFault[],
): Check {
  return { of, find };
}

/** `unsound`: keys whose own faults are told already; the definition holds something else in their place. */
export function meaningFaults(
  definition: Definition,
  unsound: ReadonlySet<string> = new Set(),
): KeyFault[] {
  return checks
    .filter(({ of }) => !of.some((key) => unsound.has(key)))
    .flatMap(({ find }) => find(definition));
}

/** The values of settings that are words. */
const choices: Readonly<Record<string, readonly string[]>> = {
  usage_measure: usageMeasures,
  arr_basis: ["contracted", "run_rate"],
};

function whenFaults({ when }: Pick<Definition, "when">): KeyFault[] {
  const known = Object.keys(settingValues(defaultSettings));
  const strangers = Object.keys(when).filter((name) => !known.includes(name));
  const values = Object.entries(when).flatMap(([name, value]): KeyFault[] =>
    (choices[name] ?? [String(value)]).includes(String(value))
      ? []
      : [["when", `${name}: one of ${choices[name]?.join(", ")}`]],
  );
  if (values.length > 0) return values;
  return strangers.length > 0
    ? [["when", `${strangers.join(", ")}: no setting. Settings: ${known.join(", ")}`]]
    : [];
}

/** A dimension of the company's own: its SQL, and a name that the engine does not use otherwise. */
export function dimensionEntryFaults({ dimension, sql }: DimensionEntry): KeyFault[] {
  const ours: readonly string[] = [...accountDimensions, "tier"];
  const isTaken = reserved.test(dimension) || ours.includes(dimension);
  const faults: KeyFault[] = isTaken
    ? [["dimension", "is there already, or reserved; choose another name"]]
    : [];
  return [...faults, ...sqlFaults("sql", sql)];
}

function unitFaults({ aggregation, sql }: Pick<Definition, "aggregation" | "sql">): KeyFault[] {
  if (aggregation === "derived" && sql !== undefined)
    return [["sql", "a derived metric has parts, not SQL of its own"]];
  if (!isComputed(aggregation)) return [];
  if (sql === undefined) return [["sql", "needed: the metric's unit rows, one SELECT over w"]];
  return sqlFaults("sql", sql);
}

function windowFaults({
  aggregation,
  sql,
  shared = "",
}: Pick<Definition, "aggregation" | "sql" | "shared">): KeyFault[] {
  if (!isComputed(aggregation) || sql === undefined || sqlFaults("sql", sql).length > 0) return [];
  const isAsked = ["w", "piece"].some((name) => readsFrom(`${sql}\n${shared}`, name));
  return isAsked ? [] : [["sql", "it does not read w, the windows asked about: FROM w JOIN ..."]];
}

/** Keys that nothing of such a metric would read. */
function idleFaults({
  aggregation,
  parts,
  derive,
  growth,
}: Pick<Definition, "aggregation" | "parts" | "derive" | "growth">): KeyFault[] {
  if (aggregation === "derived") return [];
  const idle: [boolean, string][] = [
    [Object.keys(parts).length > 0, "parts"],
    [derive !== undefined, "derive"],
    [growth !== undefined, "growth"],
  ];
  return idle
    .filter(([isThere]) => isThere)
    .map(([, key]) => [key, "only a derived metric has it (aggregation: derived)"]);
}

const REPORTED = [
  "aggregation",
  "sql",
  "tier",
  "test",
  "lag",
  "n_min",
  "overlapping",
  "maturing",
] as const;

/** What is reported is told as it is: nothing of it is computed, tested or widened. */
function reportedFaults({
  aggregation,
  sql,
  tier,
  test,
  lag,
  n_min,
  overlapping,
  maturing,
}: Pick<Definition, (typeof REPORTED)[number]>): KeyFault[] {
  if (aggregation !== "reported") return [];
  const faults: [boolean, string, string][] = [
    [sql !== undefined, "sql", "a reported metric has none: its values are imported"],
    [tier !== "none", "tier", "none, since a value is reported for a tier or it is not"],
    [test !== null, "test", "null, since reported values are not tested"],
    [lag !== 0, "lag", "a reported metric has none: a value says its week"],
    [n_min !== 0, "n_min", "a reported value is told whatever its sample"],
    [overlapping.length > 0, "overlapping", "values are never added up, so leave it out"],
    [maturing !== undefined, "maturing", "only what is computed matures"],
  ];
  return faults.filter(([isWrong]) => isWrong).map(([, key, problem]) => [key, problem]);
}

/** It is read whatever is asked, and so cannot depend on the question. */
function sharedFaults({
  aggregation,
  shared,
  sql = "",
}: Pick<Definition, "aggregation" | "shared" | "sql">): KeyFault[] {
  if (shared === undefined || !isComputed(aggregation)) return [];
  const faults = sqlFaults("shared", shared);
  if (!readsFrom(sql, "shared")) faults.push(["shared", "the SQL does not read it"]);
  if (overlapUses(shared).size > 0)
    faults.push(["shared", ":by and :only belong into sql, which is asked about dimensions"]);
  return faults;
}

/** Names that the engine gives to columns beside the dimensions. */
const reserved =
  /^(a|b|at|account_id|num|den|n|value|promoters|detractors|hist|week|year|tenure|b\d+)$/;

function dimensionFaults({
  aggregation,
  dimensions,
  tier,
  sql = "",
}: Pick<Definition, "aggregation" | "dimensions" | "tier" | "sql">): KeyFault[] {
  if (!isComputed(aggregation)) return [];
  const faults: KeyFault[] = [];
  const taken = dimensions.filter((name) => reserved.test(name));
  if (taken.length > 0)
    faults.push(["dimensions", `${taken.join(", ")}: reserved; call the column something else`]);
  if (new Set(dimensions).size < dimensions.length)
    faults.push(["dimensions", "a dimension is here twice"]);
  const ofAccounts = (name: string): boolean =>
    (accountDimensions as readonly string[]).includes(name) && !mentions(sql, name);
  if (tier === "none" && dimensions.some((name) => name === "tier" || ofAccounts(name)))
    faults.push([
      "dimensions",
      "a platform metric (tier: none) has only the dimensions that its SQL gives",
    ]);
  return faults;
}

function overlapFaults({
  aggregation,
  dimensions,
  overlapping,
  sql = "",
}: Pick<Definition, "aggregation" | "dimensions" | "overlapping" | "sql">): KeyFault[] {
  if (!isComputed(aggregation)) return [];
  const uses = overlapUses(sql);
  const faults = overlapping
    .filter(
      (name) => !(dimensions.includes(name) && uses.has(`by ${name}`) && uses.has(`only ${name}`)),
    )
    .map(
      (name): KeyFault => [
        "overlapping",
        `${name}: must be in dimensions, and in the SQL as :by(column AS ${name}) and :only(column AS ${name})`,
      ],
    );
  const strangers = [...uses].filter((use) => !overlapping.includes(use.split(" ")[1] ?? ""));
  if (strangers.length > 0)
    faults.push(["sql", `:${strangers.join(", :")}: the dimension is not in overlapping`]);
  return faults;
}

const checks: readonly Check[] = [
  check(["when"], whenFaults),
  check(["links", "dimensions"], (definition) =>
    linkFaults(definition).map((problem) => ["links", problem]),
  ),
  check(["aggregation", "sql"], unitFaults),
  check(["aggregation", "sql", "shared"], windowFaults),
  check(["aggregation", "parts", "derive", "growth"], idleFaults),
  check(["aggregation", "test", "lag"], derivedFaults),
  check(["aggregation", "growth", "parts", "derive"], expressionFaults),
  check(["aggregation", "growth", "parts", "shared"], ownPartFaults),
  check(["aggregation", "growth", "parts", "derive", "towards"], growthFaults),
  check(REPORTED, reportedFaults),
  check(["aggregation", "maturing"], ({ aggregation, maturing }) =>
    isComputed(aggregation) ? sqlFaults("maturing", maturing) : [],
  ),
  check(["aggregation", "shared", "sql"], sharedFaults),
  check(["aggregation", "dimensions", "tier", "sql"], dimensionFaults),
  check(["aggregation", "dimensions", "overlapping", "sql"], overlapFaults),
  check(["aggregation", "reads", "sql", "shared", "maturing"], (definition) =>
    isComputed(definition.aggregation) && definition.sql !== undefined
      ? readsFaults(definition)
      : [],
  ),
  check(["lookback", "sql", "shared", "parts"], lookbackFaults),
  check(["needs"], ({ needs }) =>
    unknownTables(needs.map(({ table }) => table)).map((problem) => ["needs", problem]),
  ),
  check(MEASURE, measureFaults),
];
