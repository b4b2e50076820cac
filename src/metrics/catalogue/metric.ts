/** A definition with the company's settings applied: what the rest of the program works with. */
import { createHash } from "node:crypto";
import { accountDimensions, type Definition, type PartDefinition } from "./definition.ts";
import { type MetricSettings, settingNames, settingValues } from "./settings.ts";

export interface Metric extends Omit<Definition, "lag" | "version" | "when" | "parts" | "sql"> {
  lag: number;
  /** Empty for a derived metric. */
  sql: string;
  /** What a derived metric is computed from; none for all else. */
  parts: readonly Part[];
  /** A part of a derived metric that is no metric by itself: it is kept at its own window only. */
  partOnly: boolean;
  /**
   * The definition's number and a hash of all that decides the value, such as `1-9f3c2ab1`.
   * Values of different versions are never compared.
   */
  specVersion: string;
}

export interface Part {
  name: string;
  metric: Metric;
  weeksAgo: number;
  window: number;
}

/** Whether every account has one value of it, so that it never counts an account twice. */
export function isFixed(dimension: string): boolean {
  return (accountDimensions as readonly string[]).includes(dimension);
}

/** `metricOf` gives a part's metric, which is resolved already. */
export function resolveMetric(
  definition: Definition,
  settings: MetricSettings,
  metricOf: (id: string) => Metric,
): Metric {
  const { version, lag, when: _, parts: written, sql = "", ...rest } = definition;
  const parts = Object.entries(written).map(([name, part]): Part => {
    const metric =
      part.metric === undefined ? ownPart(definition, name, part, settings) : metricOf(part.metric);
    return { name, metric, weeksAgo: part.weeks_ago, window: part.window ?? metric.window };
  });
  const reads =
    definition.aggregation === "derived" ? parts.flatMap((part) => part.metric.reads) : rest.reads;
  return {
    ...rest,
    sql,
    parts,
    partOnly: false,
    reads: [...new Set(reads)],
    lag: lag === "adoption_of" ? settings.adoption.of : lag,
    specVersion: `${version}-${meaningHash(definition, parts, settings)}`,
  };
}

/** Units of a derived metric's own, with its dimensions and its tier. */
function ownPart(
  definition: Definition,
  name: string,
  part: PartDefinition,
  settings: MetricSettings,
): Metric {
  const {
    metric: _,
    weeks_ago: __,
    window = definition.window,
    aggregation = "rebase",
    ...own
  } = part;
  const { derive: ___, ...shared } = definition;
  const whole = {
    ...shared,
    ...own,
    id: `${definition.id}.${name}`,
    window,
    aggregation,
    parts: {},
  };
  return { ...resolveMetric(whole, settings, noMetric), partOnly: true };
}

function noMetric(id: string): Metric {
  throw new Error(`${id}: a part of its own has no parts`);
}

function meaningHash(
  definition: Definition,
  parts: readonly Part[],
  settings: MetricSettings,
): string {
  const values = settingValues(settings);
  const { sql = "" } = definition;
  const meaning = JSON.stringify([
    sql,
    definition.dimensions,
    definition.overlapping,
    definition.aggregation,
    definition.denominator !== null,
    definition.tier,
    definition.n,
    definition.window,
    definition.quantile ?? null,
    definition.values ?? null,
    definition.derive ?? null,
    definition.growth ?? null,
    definition.towards,
    parts.map(({ name, metric, weeksAgo, window }) => [name, metric.specVersion, weeksAgo, window]),
    settings.timeZone,
    settings.weekStarts,
    definition.aggregation === "year_to_date" || definition.growth !== undefined
      ? settings.fiscalYearStarts
      : null,
    settingNames(sql).map((name) => [name, values[name]]),
  ]);
  return createHash("sha256").update(meaning).digest("hex").slice(0, 8);
}
