/** A query as the line that asks it: what a button or a shared answer carries. */
import type { MetricQuery } from "../metrics/index.ts";
import { weekName } from "../wording/index.ts";
import { writeList, writeValue } from "./write-value.ts";

/** Weeks of series when a line says nothing of them. */
export const DEFAULT_WEEKS = 26;

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
    ...(query.lastWeeks === DEFAULT_WEEKS ? [] : [`last ${query.lastWeeks} weeks`]),
    ...(query.week === null ? [] : [`week ${weekName(query.week)}`]),
    ...(query.cohort === null ? [] : [`cohort ${weekName(query.cohort)}`]),
    ...(query.versus === "prev" ? [] : [`vs ${query.versus}`]),
  ].join(" ");
}
