/** What the schema of a definition cannot see: keys that must fit each other and its SQL. */

import { accountDimensions, type Definition } from "./definition.ts";
import type { DimensionEntry } from "./entry.ts";
import { linkFaults } from "./link-faults.ts";
import { overlapUses } from "./overlapping.ts";
import { readsFaults, readsFrom, readsProblems } from "./reads-faults.ts";
import { defaultSettings, settingNames, settingValues } from "./settings.ts";
import { codeOf, mentions } from "./sql-code.ts";

type Fault = [key: string, problem: string];

export function meaningFaults(definition: Definition): Fault[] {
  const known = Object.keys(settingValues(defaultSettings));
  const strangers = Object.keys(definition.when).filter((name) => !known.includes(name));
  if (strangers.length > 0)
    return [["when", `${strangers.join(", ")}: no setting. Settings: ${known.join(", ")}`]];
  const links = linkFaults(definition).map((problem): Fault => ["links", problem]);
  return [...links, ...computationFaults(definition)];
}

/** A dimension of the company's own: its SQL, and a name that the engine does not use otherwise. */
export function dimensionEntryFaults({ dimension, sql }: DimensionEntry): Fault[] {
  const ours: readonly string[] = [...accountDimensions, "tier"];
  const isTaken = reserved.test(dimension) || ours.includes(dimension);
  const faults: Fault[] = isTaken
    ? [["dimension", "is there already, or reserved; choose another name"]]
    : [];
  return [...faults, ...sqlFaults("sql", sql)];
}

function computationFaults(definition: Definition): Fault[] {
  if (definition.aggregation === "derived") return derivedFaults(definition);
  if (definition.aggregation === "reported") return reportedFaults(definition);
  if (definition.sql === undefined)
    return [["sql", "needed: the metric's unit rows, one SELECT over w"]];
  return [
    ...sqlFaults("sql", definition.sql),
    ...sqlFaults("maturing", definition.maturing),
    ...sharedFaults(definition),
    ...dimensionFaults(definition),
    ...overlapFaults(definition),
    ...readsFaults(definition),
    ...measureFaults(definition),
  ];
}

/** What is derived has parts and expressions; what is not has units. */
function derivedFaults(definition: Definition): Fault[] {
  const { sql, parts, derive, lag, growth } = definition;
  if (sql !== undefined) return [["sql", "a derived metric has parts, not SQL of its own"]];
  if (definition.test === "nps") return [["test", "nps is of answers, which parts are not"]];
  if (lag !== 0) return [["lag", "a derived metric describes the week of its parts"]];
  if (growth !== undefined) return growthFaults(definition);
  if (derive === undefined || Object.keys(parts).length === 0)
    return [["aggregation", "derived needs parts, and derive with its expressions"]];
  if (parts.this !== undefined)
    return [["parts", "this: is the metric itself; call the part something else"]];
  const faults: Fault[] = Object.entries(parts)
    .filter(([, part]) => (part.metric === undefined) === (part.sql === undefined))
    .map(([name]) => ["parts", `${name}: needs either a metric or sql`]);
  for (const [name, { sql: own, reads }] of Object.entries(parts)) {
    if (own === undefined) continue;
    faults.push(...sqlFaults("parts", own));
    for (const problem of readsProblems(reads, [own, definition.shared]))
      faults.push(["parts", `${name}.reads: ${problem}`]);
  }
  const known = [...Object.keys(parts), "this"];
  const texts = [derive.num, derive.den, derive.value, derive.n, ...Object.values(derive.flags)];
  const named = texts.flatMap((text) => [...codeOf(text).matchAll(/\b([a-z_]\w*)\.\w+/g)]);
  const strangers = named.map((match) => match[1] ?? "").filter((name) => !known.includes(name));
  if (strangers.length > 0)
    faults.push(["derive", `${strangers.join(", ")}: no such part. Parts: ${known.join(", ")}`]);
  return faults;
}

/** What is reported is told as it is: nothing of it is computed, tested or widened. */
function reportedFaults({
  sql,
  tier,
  test,
  lag,
  n_min,
  overlapping,
  maturing,
}: Definition): Fault[] {
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

function growthFaults({ parts, derive, towards }: Definition): Fault[] {
  const faults: Fault[] = [];
  const [part, ...more] = Object.values(parts);
  if (part?.metric === undefined || more.length > 0)
    faults.push(["parts", "growth is that of one part, which is a metric"]);
  if (derive !== undefined) faults.push(["derive", "growth has no expressions"]);
  if (towards.length === 0)
    faults.push(["towards", "needed: the metrics whose targets and baselines count"]);
  return faults;
}

/** For whoever has mistaken what an entry is for; what holds is the grants of its login. */
const writing =
  /\b(insert\s+into|update\s+[\w.]+\s+set|delete\s+from|merge\s+into|for\s+(no\s+key\s+)?(update|share))\b/i;

function sqlFaults(key: "sql" | "maturing" | "shared" | "parts", sql?: string): Fault[] {
  if (sql === undefined) return [];
  const faults: Fault[] = [];
  const settings = Object.keys(settingValues(defaultSettings));
  for (const name of settingNames(sql)) {
    if (!settings.includes(name))
      faults.push([key, `:${name} is no setting. Settings: ${settings.join(", ")}`]);
  }
  const code = codeOf(sql);
  const [, first = "nothing"] = /^[\s(]*(\w+)/.exec(code) ?? [];
  const [write] = writing.exec(code) ?? [];
  if (!/^(select|with|values)$/i.test(first))
    faults.push([key, `one SELECT; this begins with ${first.toUpperCase()}`]);
  else if (write !== undefined)
    faults.push([key, `it may only read: ${write.replace(/\s+/g, " ").toUpperCase()}`]);
  if (code.includes(";")) faults.push([key, "one SELECT, without a semicolon"]);
  if (/\$\d/.test(code))
    faults.push([key, "$1 and its like are the engine's own; a setting is written :name"]);
  return faults;
}

/** It is read whatever is asked, and so cannot depend on the question. */
function sharedFaults({ shared, sql = "" }: Definition): Fault[] {
  if (shared === undefined) return [];
  const faults = sqlFaults("shared", shared);
  if (!readsFrom(sql, "shared")) faults.push(["shared", "the SQL does not read it"]);
  if (overlapUses(shared).size > 0)
    faults.push(["shared", ":by and :only belong into sql, which is asked about dimensions"]);
  return faults;
}

/** Names that the engine gives to columns beside the dimensions. */
const reserved =
  /^(a|b|at|account_id|num|den|n|value|promoters|detractors|hist|week|year|tenure|b\d+)$/;

function dimensionFaults({ dimensions, tier, sql = "" }: Definition): Fault[] {
  const faults: Fault[] = [];
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

function overlapFaults({ dimensions, overlapping, sql = "" }: Definition): Fault[] {
  const uses = overlapUses(sql);
  const faults = overlapping
    .filter(
      (name) => !(dimensions.includes(name) && uses.has(`by ${name}`) && uses.has(`only ${name}`)),
    )
    .map(
      (name): Fault => [
        "overlapping",
        `${name}: must be in dimensions, and in the SQL as :by(column AS ${name}) and :only(column AS ${name})`,
      ],
    );
  const strangers = [...uses].filter((use) => !overlapping.includes(use.split(" ")[1] ?? ""));
  if (strangers.length > 0)
    faults.push(["sql", `:${strangers.join(", :")}: the dimension is not in overlapping`]);
  return faults;
}

function measureFaults(definition: Definition): Fault[] {
  const { n, tier, unit, denominator, test, maturing, lag } = definition;
  const faults: Fault[] = [...quantileFaults(definition), ...weeklyFaults(definition)];
  if (n === "accounts" && tier === "none")
    faults.push(["n", "a platform metric (tier: none) has no accounts to count"]);
  if (maturing !== undefined && lag === 0)
    faults.push(["maturing", "only a metric with a lag has cohorts that mature"]);
  if (definition.of_whole && unit !== "percent")
    faults.push(["of_whole", "a share is of a whole, so the unit is percent"]);
  if (unit === "percent" && denominator === null)
    faults.push(["denominator", "a percent needs a denominator"]);
  if (test === "nps" && (denominator === null || n === "accounts" || isQuantile(definition)))
    faults.push(["test", "nps is of answers: it needs a denominator, and counts no accounts"]);
  return faults;
}

function weeklyFaults({ week_by_week, aggregation, n }: Definition): Fault[] {
  if (!week_by_week) return [];
  const faults: Fault[] = [];
  if (aggregation !== "sum" && aggregation !== "ratio")
    faults.push(["week_by_week", "only sums and ratios of weeks add up"]);
  if (n === "accounts") faults.push(["n", "accounts of several weeks do not add up: sum"]);
  return faults;
}

function isQuantile({ aggregation, values }: Definition): boolean {
  return aggregation === "hist" || values !== undefined;
}

function quantileFaults(definition: Definition): Fault[] {
  const { aggregation, quantile, values, n, denominator } = definition;
  const faults: Fault[] = [];
  if (isQuantile(definition) !== (quantile !== undefined))
    faults.push(["quantile", "hist and values need a quantile, and only they have one"]);
  if (values !== undefined && !["rerun", "rebase", "last"].includes(aggregation))
    faults.push(["aggregation", "quantiles of values do not add up: rerun, rebase or last"]);
  if (values !== undefined && denominator === null)
    faults.push(["denominator", "values need a denominator, which says what they are of"]);
  if (n === "accounts" && isQuantile(definition))
    faults.push(["n", "hist and values count what they hold"]);
  return faults;
}
