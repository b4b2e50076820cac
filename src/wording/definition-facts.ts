/** What a definition says of itself, a line each. */
import type { Driver, Metric, MetricSettings } from "../metrics/catalogue/index.ts";
import { millisecondsOf } from "./duration-unit.ts";
import { weeksText } from "./say-week.ts";
import { unitKind } from "./unit-kind.ts";

export type Fact = readonly [label: string, value: string];

/** What a metric stands under, and what stands under it. */
export interface MetricPlace {
  /** Names of its groups, drivers and metrics, the first above all. */
  under: readonly string[];
  drivers: readonly Driver[];
}

/** What it counts, of whom, and for whom: the first that is asked of a definition. */
export function meaningFacts(metric: Metric, { under, drivers }: MetricPlace): Fact[] {
  const { numerator, denominator } = metric;
  // A median is of what it is taken from, and no ratio.
  const over = metric.values === undefined && metric.aggregation !== "hist" ? " ÷ " : ", of ";
  const formula = denominator === null ? numerator : `${numerator}${over}${denominator}`;
  return [
    ["Formula", formula],
    ["Owner", owners(metric)],
    ...fact("Under", under.join("; ")),
    ...fact("Drivers", drivers.map(({ code, name }) => `${code} ${name}`).join(", ")),
    ["Unit", unitOf(metric)],
    ["Good is", metric.direction === "neutral" ? "neither way" : metric.direction],
    ["Window", windowOf(metric)],
    ...fact("Cohort", cohortOf(metric)),
    ["Cut by", metric.dimensions.join(", ") || "nothing"],
    ["Tested as", testedAs(metric)],
  ];
}

function unitOf({ unit }: Metric): string {
  if (unitKind(unit) === "share") return `${unit}; changes in points`;
  return millisecondsOf(unit) === null
    ? unit
    : `${unit}; told in another unit where that is shorter`;
}

/** What it goes by and what it depends on. */
export function nameFacts(metric: Metric, settings: MetricSettings): Fact[] {
  const own = Object.entries(metric.settings).map(([name, value]) => `${name} ${value}`);
  return [
    ...fact("Look into it at", metric.links.join(", ")),
    ["Called", [metric.id, ...metric.codes, ...metric.aliases].join(", ")],
    ["Settings", [...own, ...calendarOf(metric, settings)].join(", ")],
    ["Definition", metric.specVersion],
  ];
}

/** How days, weeks and years are counted: `days in UTC`, `weeks from Monday`. */
function calendarOf(
  { aggregation, growth }: Metric,
  { timeZone, weekStarts, fiscalYearStarts }: MetricSettings,
): string[] {
  // Words of a sentence rather than a date, so in its language.
  // 1 January 2024 was a Monday.
  const weekday = Temporal.PlainDate.from({ year: 2024, month: 1, day: weekStarts });
  const month = Temporal.PlainDate.from({ year: 2024, month: fiscalYearStarts, day: 1 });
  const isOfYear = aggregation === "year_to_date" || growth !== undefined;
  return [
    `days in ${timeZone}`,
    `weeks from ${weekday.toLocaleString("en", { weekday: "long" })}`,
    ...(isOfYear ? [`fiscal years from ${month.toLocaleString("en", { month: "long" })}`] : []),
  ];
}

function fact(label: string, value: string): Fact[] {
  return value === "" ? [] : [[label, value]];
}

function windowOf({ aggregation, window }: Metric): string {
  if (aggregation === "year_to_date") return "the fiscal year so far";
  return aggregation === "last" ? "the end of the week" : weeksText(window);
}

function cohortOf({ lag, cohort }: Metric): string {
  return lag === 0 ? "" : `${cohort} ${weeksText(lag)} before`;
}

/** The kinds of observation of METRICS.md 4.2 B, in words. */
const kinds: Record<NonNullable<Metric["test"]>, string> = {
  prop: "a share of units",
  nps: "a net promoter score",
  flow: "a count of events",
  stock: "a standing count",
  value: "a value",
};

function testedAs({ test, n_min }: Metric): string {
  if (test === null) return "not tested: the definition asks for no test";
  const kind = test === "value" ? kinds[test] : `${kinds[test]} (${test})`;
  return `${kind}${n_min > 0 ? `, from a sample of ${n_min}` : ""}`;
}

function owners({ owners: [owner = "nobody", ...contributors] }: Metric): string {
  return contributors.length === 0 ? owner : `${owner}, with ${contributors.join(", ")}`;
}
