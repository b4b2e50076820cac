/** Rows that a metric cannot do without: a table may be there and hold none of them. */
import { z } from "zod";
import type { MetricSettings } from "./settings.ts";

export interface Need {
  table: string;
  column: string;
  /** Null: any value, of numbers any but 0, of yes and no yes. */
  value: string | null;
  /** What the same row must have besides: another column, likewise. */
  and?: { column: string; value: string | null };
  /** As it is written: `accounts.pql_at`, `cs_activities.kind=qbr`. */
  text: string;
}

const form =
  /^([a-z][a-z0-9_]*)\.(:?[a-z][a-z0-9_]*)(?:=(\S+?))?(?:&([a-z][a-z0-9_]*)(?:=(\S+))?)?$/;

export const needSchema = z.string().transform((text, context): Need => {
  const [, table, column, value = null, other, its = null] = form.exec(text) ?? [];
  if (table !== undefined && column !== undefined) {
    const need = { table, column, value, text };
    return other === undefined ? need : { ...need, and: { column: other, value: its } };
  }
  context.addIssue({
    code: "custom",
    message:
      "a column such as accounts.pql_at, or a value of one such as cs_activities.kind=qbr; of one row: usage_daily.tokens&model_id=small",
  });
  return z.NEVER;
});

/**
 * With the company's settings: `usage_daily.:usage_measure` is the column that use is measured by;
 * core events are no column, and what they need is said by the features.
 */
export function needsWith(
  needs: readonly Need[],
  { usageMeasure }: Pick<MetricSettings, "usageMeasure">,
): Need[] {
  return needs.flatMap((need) => {
    if (need.column !== ":usage_measure") return [need];
    if (usageMeasure === "core_events") return [];
    return [
      { ...need, column: usageMeasure, text: need.text.replace(":usage_measure", usageMeasure) },
    ];
  });
}

/** Others may be reported where this one never was. */
export function needOfReports(metric: string): Need {
  const [table, column] = ["metric_observations", "metric_id"];
  return { table, column, value: metric, text: `${table}.${column}=${metric}` };
}
