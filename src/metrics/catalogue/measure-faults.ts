/** Keys that say how a metric is measured, and must fit each other. */
import { type Definition, isComputed } from "./definition.ts";
import type { KeyFault } from "./sql-faults.ts";

export const MEASURE = [
  "aggregation",
  "denominator",
  "lag",
  "maturing",
  "n",
  "of_whole",
  "quantile",
  "test",
  "tier",
  "unit",
  "values",
  "week_by_week",
] as const;
type Measure = Pick<Definition, (typeof MEASURE)[number]>;

export function measureFaults(definition: Measure): KeyFault[] {
  const { aggregation, n, tier, unit, denominator, test, maturing, lag } = definition;
  const faults: KeyFault[] = [];
  if (definition.of_whole && unit !== "percent")
    faults.push(["of_whole", "a share is of a whole, so the unit is percent"]);
  if (!isComputed(aggregation)) return faults;
  faults.push(...quantileFaults(definition), ...weeklyFaults(definition));
  if (n === "accounts" && tier === "none")
    faults.push(["n", "a platform metric (tier: none) has no accounts to count"]);
  if (maturing !== undefined && lag === 0)
    faults.push(["maturing", "only a metric with a lag has cohorts that mature"]);
  if (aggregation === "ratio" && denominator === null)
    faults.push(["denominator", "a ratio needs a denominator, and its SQL a den"]);
  else if (test === "prop" && denominator === null)
    faults.push(["denominator", "prop tests shares: it needs a denominator, and its SQL a den"]);
  else if (unit === "percent" && denominator === null)
    faults.push(["denominator", "a percent needs a denominator"]);
  if (test === "nps" && (denominator === null || n === "accounts" || isQuantile(definition)))
    faults.push(["test", "nps is of answers: it needs a denominator, and counts no accounts"]);
  return faults;
}

function weeklyFaults({ week_by_week, aggregation, n }: Measure): KeyFault[] {
  if (!week_by_week) return [];
  const faults: KeyFault[] = [];
  if (aggregation !== "sum" && aggregation !== "ratio")
    faults.push(["week_by_week", "only sums and ratios of weeks add up"]);
  if (n === "accounts") faults.push(["n", "accounts of several weeks do not add up: sum"]);
  return faults;
}

function isQuantile({ aggregation, values }: Measure): boolean {
  return aggregation === "hist" || values !== undefined;
}

function quantileFaults(definition: Measure): KeyFault[] {
  const { aggregation, quantile, values, n, denominator } = definition;
  const faults: KeyFault[] = [];
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
