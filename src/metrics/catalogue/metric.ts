/** A definition with the company's settings applied: what the rest of the program works with. */
import { createHash } from "node:crypto";
import type { Place } from "../../yaml-places.ts";
import { accountDimensions, type Definition, type PartDefinition } from "./definition.ts";
import { needOfReports, needsWith } from "./need.ts";
import { type MetricSettings, type SettingValue, settingNames, settingValues } from "./settings.ts";

export interface Metric extends Omit<Definition, "lag" | "version" | "when" | "parts" | "sql"> {
  /**
   * Where a company wrote it; null: it ships with the program. It decides under which login its SQL
   * and its expressions run.
   */
  origin: Place | null;
  /** Those of its dimensions that are the company's own, looked up by the account. */
  lookedUp: readonly string[];
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
  /** The settings that decide its value, by their names in SQL, as they are. */
  settings: Readonly<Record<string, SettingValue>>;
  cells: CellsName;
  /**
   * The accounts behind its cells are counted as they are computed: figures that are kept from few
   * accounts rest on them. The catalogue tells, which knows what rests on what.
   */
  isCounted: boolean;
}

/**
 * Under what its cells stand in the store. The version is of all that decides what they hold and when
 * they no longer do: cells of a definition whose `lookback` was wrong are not kept by the one that is
 * right, though both mean the same. Metrics that differ only in what they read from them, such
 * as three quantiles of one histogram, share them; they stand under the first one's name and version.
 */
export interface CellsName {
  metric: string;
  version: string;
}

/** The first name that is given for what cells hold, whoever asks. */
export type NameCells = (holds: string, own: CellsName) => CellsName;

export interface Part {
  name: string;
  metric: Metric;
  weeksAgo: number;
  window: number;
}

/** Whether every account has one value of it, so that it never counts an account twice. */
export function isFixed({ lookedUp }: Metric, dimension: string): boolean {
  return [...accountDimensions, ...lookedUp].includes(dimension);
}

/** Whether its values are shares of a whole: never below 0, never above 1. */
export function isOfWhole({ of_whole, test }: Metric): boolean {
  return of_whole || test === "prop";
}

/** Whether these are written as percentages, so that a target of them is from 0% to 100%. */
export function isPercentOfWhole(metric: Metric): boolean {
  return metric.unit === "percent" && isOfWhole(metric);
}

/** What a definition is resolved by besides itself. */
interface Surroundings {
  origin: Place | null;
  /** The names of the company's own dimensions. */
  lookups: ReadonlySet<string>;
}

/** `metricOf` gives a part's metric, which is resolved already; `nameCells` knows all that are. */
export function resolveMetric(
  definition: Definition,
  around: Surroundings,
  settings: MetricSettings,
  metricOf: (id: string) => Metric,
  nameCells: NameCells,
): Metric {
  const { version, lag, when: _, parts: written, sql = "", ...rest } = definition;
  const parts = Object.entries(written).map(([name, part]): Part => {
    const metric =
      part.metric === undefined
        ? ownPart(definition, around, name, part, settings)
        : metricOf(part.metric);
    return { name, metric, weeksAgo: part.weeks_ago, window: part.window ?? metric.window };
  });
  const reads = readsOf(definition, parts);
  const specVersion = `${version}-${hashOf(meaningOf(definition, parts, settings))}`;
  const holds = cellsHold(definition, parts, settings);
  return {
    ...rest,
    origin: around.origin,
    lookedUp: definition.dimensions.filter((name) => around.lookups.has(name)),
    sql,
    parts,
    partOnly: false,
    isCounted: false,
    settings: settingsOf(definition, parts, settings),
    reads: [...new Set(reads)],
    needs: [
      ...needsWith(rest.needs, settings),
      ...parts.flatMap((part) => part.metric.needs),
      ...(definition.aggregation === "reported" ? [needOfReports(rest.id)] : []),
    ],
    lag: lag === "adoption_of" ? settings.adoption.of : lag,
    specVersion,
    cells: nameCells(holds, { metric: rest.id, version: `${version}-${hashOf(holds)}` }),
  };
}

/** Named in its SQL, by its entry's `when`, or by what it is derived from. */
function settingsOf(
  { sql = "", shared = "", maturing = "", lag, when }: Definition,
  parts: readonly Part[],
  settings: MetricSettings,
): Record<string, SettingValue> {
  const values = settingValues(settings);
  const names = [
    ...settingNames([shared, sql, maturing].join("\n")),
    ...Object.keys(when),
    ...(lag === "adoption_of" ? [lag] : []),
  ];
  const own = names.flatMap((name) =>
    name in values ? [[name, values[name] ?? ""] as const] : [],
  );
  return Object.assign({}, ...parts.map(({ metric }) => metric.settings), Object.fromEntries(own));
}

/** The tables that its weeks wait for. */
function readsOf({ aggregation, reads }: Definition, parts: readonly Part[]): string[] {
  if (aggregation === "derived") return parts.flatMap((part) => part.metric.reads);
  return aggregation === "reported" ? ["metric_observations"] : reads;
}

/** Units of a derived metric's own, with its dimensions and its tier. */
function ownPart(
  definition: Definition,
  around: Surroundings,
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
  return { ...resolveMetric(whole, around, settings, noMetric, ownName), partOnly: true };
}

function noMetric(id: string): Metric {
  throw new Error(`${id}: a part of its own has no parts`);
}

/** The cells of a part are of its own width alone, so that it shares none. */
function ownName(_: string, own: CellsName): CellsName {
  return own;
}

function hashOf(decides: unknown): string {
  return createHash("sha256").update(JSON.stringify(decides)).digest("hex").slice(0, 8);
}

/**
 * All that decides what cells hold and when they hold no longer. The quantile of a histogram is read
 * from its buckets; one of single values is taken when the cells are computed.
 */
function cellsHold(
  definition: Definition,
  parts: readonly Part[],
  settings: MetricSettings,
): string {
  const { quantile: _, ...buckets } = definition;
  const { version, lag, lookback, lookahead, reads } = definition;
  const held = definition.aggregation === "hist" ? buckets : definition;
  return JSON.stringify([
    version,
    lag,
    lookback,
    lookahead,
    reads,
    meaningOf(held, parts, settings),
  ]);
}

/** All that decides the value. */
function meaningOf(
  definition: Definition,
  parts: readonly Part[],
  settings: MetricSettings,
): unknown[] {
  const values = settingValues(settings);
  const { sql = "", shared = "" } = definition;
  const named = settingNames(`${shared}\n${sql}`);
  return [
    sql,
    ...(shared === "" ? [] : [shared]),
    definition.dimensions,
    definition.overlapping,
    definition.aggregation,
    ...(definition.week_by_week ? ["week_by_week"] : []),
    ...(definition.test === "nps" ? ["nps"] : []),
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
    named.map((name) => [name, values[name]]),
  ];
}
