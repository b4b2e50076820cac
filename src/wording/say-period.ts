/** The names of weeks, months and quarters, and their days. */

import type { WeekStart } from "../metrics/index.ts";
import { endOf, type Grain } from "../periods.ts";
import { weekName } from "./say-week.ts";

/**
 * `2026-W46`, `2026-10`, `2026-Q4`. Of a fiscal year that is no calendar year `FY2027-Q1`, after the
 * year that it ends in.
 */
export function periodName(period: WeekStart, grain?: Grain): string {
  if (grain === undefined) return weekName(period);
  if (grain.unit === "month") return period.slice(0, 7);
  const { year, month } = Temporal.PlainDate.from(period);
  const { yearStarts } = grain;
  const quarter = ((month - yearStarts + 12) % 12) / 3 + 1;
  if (yearStarts === 1) return `${year}-Q${quarter}`;
  return `FY${month < yearStarts ? year : year + 1}-Q${quarter}`;
}

export function periodNoun(grain?: Grain): "week" | "month" | "quarter" {
  return grain?.unit ?? "week";
}

/** `1 month`, `13 weeks`. */
export function periodsText(count: number, grain?: Grain): string {
  return `${count} ${periodNoun(grain)}${count === 1 ? "" : "s"}`;
}

export function lastDayOf(period: WeekStart, grain?: Grain): Temporal.PlainDate {
  return Temporal.PlainDate.from(endOf(period, grain)).subtract({ days: 1 });
}
