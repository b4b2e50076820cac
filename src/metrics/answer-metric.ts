/** Answers a question about one metric: figures, change, verdict, series, breakdown, freshness. */
import type { Database } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { Answer, MetricQuery, QueryFault } from "./answer.ts";
import { answerMaturing } from "./answering/answer-maturing.ts";
import { answerWeek } from "./answering/answer-week.ts";
import { checkQuery } from "./answering/check-query.ts";
import type { Catalogue, MetricSettings } from "./catalogue/index.ts";
import { canonicalFilters } from "./filters.ts";
import { placeInTime } from "./place-in-time.ts";
import { inSnapshot } from "./query/run-windows.ts";

export interface Metrics {
  db: Database;
  catalogue: Catalogue;
  settings: MetricSettings;
}

/**
 * `exact` computes straight from the source tables. Faults: unknown_metric, unknown_dimension,
 * bad_tenure, week_out_of_range, no_cohort, no_data (a source has never been loaded).
 */
export async function answerMetric(
  { db, catalogue, settings }: Metrics,
  query: MetricQuery,
  exact = false,
): Promise<Result<Answer, QueryFault>> {
  const metric = catalogue.get(query.metric);
  if (metric === undefined)
    return failed({ kind: "unknown_metric", word: query.metric, nearest: [] });
  const fault = checkQuery(metric, query);
  if (fault !== null) return failed(fault);
  return inSnapshot(db, settings, exact ? "exact" : "facts", async (sql) => {
    const place = await placeInTime(sql, settings, metric, query, exact);
    if (!place.ok) return place;
    const { asOf, status } = place.value;
    await sql.run("SELECT set_config('kpi.as_of', $1, true)", [asOf.toString()]);
    const filters = canonicalFilters(query.filters);
    const asked = { sql, settings, catalogue, metric, query, filters, place: place.value, exact };
    return ok(await (status === "maturing" ? answerMaturing(asked) : answerWeek(asked)));
  });
}
