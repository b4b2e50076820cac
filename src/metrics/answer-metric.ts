/** Answers a question about one metric: figures, change, verdict, series, breakdown, freshness. */
import type { Database, Sql } from "../db/index.ts";
import { failed, type Result } from "../result.ts";
import type { Answer, MetricQuery } from "./answer.ts";
import { answerMaturing } from "./answering/answer-maturing.ts";
import { answerWeek } from "./answering/answer-week.ts";
import { checkQuery } from "./answering/check-query.ts";
import type { Catalogue, MetricSettings } from "./catalogue/index.ts";
import { canonicalFilters } from "./filters.ts";
import { orOwnSqlFault } from "./own-sql-failed.ts";
import { placeInTime } from "./place-in-time.ts";
import { inSnapshot } from "./query/run-windows.ts";
import type { QueryFault } from "./query-fault.ts";
import type { Discretion } from "./screen/discretion.ts";
import { discretionFor, screenOf } from "./screen/screen.ts";
import { screenFault } from "./screen/screen-fault.ts";

export interface Metrics {
  db: Database;
  catalogue: Catalogue;
  settings: MetricSettings;
  /** Decides what may be told of sensitive metrics; absent: everything, as on the terminal. */
  discretion?: Discretion;
}

/**
 * `exact` computes straight from the source tables. Faults: unknown_metric, unknown_dimension,
 * bad_tenure, only_by_weeks, week_out_of_range, no_cohort, no_data (a source has never been loaded),
 * own_sql, too_few_accounts, not_cut_in_chat (a sensitive metric that is not told freely).
 */
export async function answerMetric(
  { db, catalogue, settings, discretion }: Metrics,
  query: MetricQuery,
  exact = false,
): Promise<Result<Answer, QueryFault>> {
  const metric = catalogue.get(query.metric);
  if (metric === undefined)
    return failed({ kind: "unknown_metric", word: query.metric, nearest: [] });
  const screened = discretionFor(metric, discretion);
  const fault = checkQuery(metric, query) ?? (screened ? screenFault(metric, query) : null);
  if (fault !== null) return failed(fault);
  const relation = exact ? "exact" : "facts";
  const read = async (sql: Sql): Promise<Result<Answer, QueryFault>> => {
    const place = await placeInTime(sql, settings, metric, query, exact);
    if (!place.ok) return place;
    const { asOf, status } = place.value;
    await sql.run("SELECT set_config('kpi.as_of', $1, true)", [asOf.toString()]);
    const filters = canonicalFilters(query.filters);
    const screen = screened && screenOf(sql, settings, screened, exact);
    const about = { sql, settings, catalogue, metric, query, filters, exact, screen };
    const asked = { ...about, place: place.value };
    return status === "maturing" ? answerMaturing(asked) : answerWeek(asked);
  };
  return orOwnSqlFault(() => inSnapshot(db, settings, relation, read));
}
