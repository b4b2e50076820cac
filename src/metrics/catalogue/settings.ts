import { codeOf, mapCode } from "./sql-code.ts";

/** The columns of usage that usage retention may add up, and core events. */
export const usageMeasures = ["tokens", "api_calls", "core_events"] as const;
export type UsageMeasure = (typeof usageMeasures)[number];

/** The part of kpi.yaml that changes what a number means (METRICS.md 1.11). */
export interface MetricSettings {
  /** IANA zone in which days and weeks begin. */
  timeZone: string;
  /** ISO weekday on which a week begins, 1 Monday to 7 Sunday. */
  weekStarts: number;
  /** Days after its first payment for which an account's revenue is acquisition revenue. */
  acquisitionDays: number;
  adoption: { weeks: number; of: number };
  /** Month in which the fiscal year begins, on its first day. */
  fiscalYearStarts: number;
  /** What usage retention adds up. */
  usageMeasure: UsageMeasure;
  /** Contracted MRR, or what was recognised in the last four weeks. */
  arrBasis: "contracted" | "run_rate";
}

export const defaultSettings: MetricSettings = {
  timeZone: "UTC",
  weekStarts: 1,
  acquisitionDays: 91,
  adoption: { weeks: 7, of: 13 },
  fiscalYearStarts: 1,
  usageMeasure: "tokens",
  arrBasis: "contracted",
};

export type SettingValue = number | string;

/** What `:name` in a definition's SQL stands for; bound as integers and texts, never spliced. */
export function settingValues(settings: MetricSettings): Readonly<Record<string, SettingValue>> {
  return {
    acquisition_days: settings.acquisitionDays,
    adoption_weeks: settings.adoption.weeks,
    adoption_of: settings.adoption.of,
    usage_measure: settings.usageMeasure,
    arr_basis: settings.arrBasis,
  };
}

// Not `::`, which is a cast, nor `:by(` and `:only(`, which are overlapping.ts's.
const placeholder = /(?<!:):([a-z_][a-z0-9_]*)(?![\w(])/g;

/** The names of the settings that a definition's SQL depends on. */
export function settingNames(sql: string): string[] {
  const names = [...codeOf(sql).matchAll(placeholder)].map((match) => match[1] ?? "");
  return [...new Set(names)];
}

/** Replaces `:name` by what `bind` gives for its value, such as `$3::int`. */
export function bindSettings(
  sql: string,
  values: Readonly<Record<string, SettingValue>>,
  bind: (value: SettingValue) => string,
): string {
  return mapCode(sql, (code) =>
    code.replace(placeholder, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`definition names an unknown setting: ${name}`);
      return bind(value);
    }),
  );
}
