/** A definition with the company's settings applied: what the rest of the program works with. */
import { createHash } from "node:crypto";
import { accountDimensions, type Definition } from "./definition.ts";
import { type MetricSettings, settingNames, settingValues } from "./settings.ts";

export interface Metric extends Omit<Definition, "lag" | "version"> {
  lag: number;
  /**
   * The definition's number and a hash of all that decides the value, such as `1-9f3c2ab1`.
   * Values of different versions are never compared.
   */
  specVersion: string;
}

/** Whether every account has one value of it, so that it never counts an account twice. */
export function isFixed(dimension: string): boolean {
  return (accountDimensions as readonly string[]).includes(dimension);
}

export function resolveMetric(definition: Definition, settings: MetricSettings): Metric {
  const values = settingValues(settings);
  const { version, lag, ...rest } = definition;
  const dependsOn = settingNames(definition.sql).map((name) => [name, values[name]]);
  const meaning = JSON.stringify([
    definition.sql,
    definition.dimensions,
    definition.overlapping,
    definition.aggregation,
    definition.denominator !== null,
    definition.tier,
    definition.n,
    definition.window,
    definition.quantile ?? null,
    definition.values ?? null,
    settings.timeZone,
    settings.weekStarts,
    dependsOn,
  ]);
  const hash = createHash("sha256").update(meaning).digest("hex").slice(0, 8);
  return {
    ...rest,
    lag: lag === "adoption_of" ? settings.adoption.of : lag,
    specVersion: `${version}-${hash}`,
  };
}
