/** A query as the line that asks it: what a button or a shared answer carries. */

import type { MetricQuery } from "../metrics/index.ts";
import type { Grain } from "../periods.ts";
import { periodName, weekName } from "../wording/index.ts";
import { writeList, writeValue } from "./write-value.ts";

/** How many weeks, months or quarters a series has when a line says nothing of them. */
const DEFAULTS = { week: 26, month: 13, quarter: 8 } as const;

export function defaultCount(grain: Grain | null | undefined): number {
  return DEFAULTS[grain?.unit ?? "week"];
}

/** Canonical: read again, it is the same query, as long as the data know its values. */
export function lineOf(query: MetricQuery): string {
  const filters = Object.entries(query.filters).map(
    ([dimension, values]) => `${writeValue(dimension)}=${writeList(values)}`,
  );
  return [
    query.metric,
    ...filters,
    ...(query.by === null ? [] : [`by ${writeValue(query.by)}`]),
    ...(query.windowWeeks === null ? [] : [`window=${query.windowWeeks}`]),
    ...timeOf(query),
    ...(query.cohort === null ? [] : [`cohort ${weekName(query.cohort)}`]),
    ...(query.versus === "prev" ? [] : [`vs ${query.versus}`]),
  ].join(" ");
}

/** Of months without one that is named it is the number that says that they are months. */
function timeOf({ grain, lastWeeks, week }: MetricQuery): string[] {
  const unit = grain?.unit ?? "week";
  const isUsual = lastWeeks === defaultCount(grain);
  const isSaid = grain !== undefined && week === null;
  return [
    ...(isUsual && !isSaid ? [] : [`last ${lastWeeks} ${unit}s`]),
    ...(week === null ? [] : [`${unit} ${periodName(week, grain)}`]),
  ];
}
