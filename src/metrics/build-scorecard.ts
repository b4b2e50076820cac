/** The scorecard as data: the answers of its metrics for one week, in the order of the list, what has no data last. */
import type { Answer, WeekStart } from "./answer.ts";
import { answerMetric, type Metrics } from "./answer-metric.ts";
import { needsOf } from "./held.ts";
import { totalQuestion } from "./total-question.ts";
import { asOf, finalWeek, readWatermarks } from "./watermark.ts";

const SERIES_WEEKS = 13;

export interface Scorecard {
  week: WeekStart;
  /** Whose it is; absent: the shared one. */
  team?: string;
  rows: readonly ScorecardEntry[];
}

/** A metric that cannot be told has a row all the same: it never sinks the scorecard. */
export type ScorecardEntry = {
  metric: string;
  name: string;
  owners: readonly string[];
  sensitive: boolean;
} & (
  | { kind: "answered"; answer: Answer }
  /** Its sources are not complete for the week yet. */
  | { kind: "late"; asOf: string | null }
  | { kind: "failed"; reason: string }
);

export async function buildScorecard(
  metrics: Metrics,
  ids: readonly string[],
  week: WeekStart,
  exact = false,
): Promise<Scorecard> {
  const rows = await Promise.all(ids.map((id) => entry(metrics, id, week, exact)));
  return { week, rows: dataFirst(rows) };
}

/** No source of its own was ever filled: neither late nor a failure. */
export function lacksData(row: ScorecardEntry): boolean {
  return row.kind === "failed" && row.reason === "no_data";
}

/** Who has no revenue data does not read four empty rows before the first number. */
export function dataFirst(rows: readonly ScorecardEntry[]): ScorecardEntry[] {
  return [...rows.filter((row) => !lacksData(row)), ...rows.filter(lacksData)];
}

async function entry(
  metrics: Metrics,
  id: string,
  week: WeekStart,
  exact: boolean,
): Promise<ScorecardEntry> {
  const metric = metrics.catalogue.get(id);
  if (metric === undefined)
    return {
      kind: "failed",
      metric: id,
      name: id,
      owners: [],
      sensitive: true,
      reason: "unknown_metric",
    };
  const about = {
    metric: id,
    name: metric.name,
    owners: metric.owners,
    sensitive: metric.sensitive,
  };
  const relation = exact ? "exact" : "facts";
  const watermarks = await readWatermarks(metrics.db, relation, metric.needs);
  const final = finalWeek(metric, watermarks, metrics.settings);
  if (final === null) return { ...about, kind: "failed", reason: "no_data" };
  if (final < week)
    return { ...about, kind: "late", asOf: asOf(metric, watermarks)?.toString() ?? null };
  try {
    const answer = await answerMetric(metrics, totalQuestion(id, week, SERIES_WEEKS), exact);
    return answer.ok
      ? { ...about, kind: "answered", answer: answer.value }
      : { ...about, kind: "failed", reason: answer.fault.kind };
  } catch (error) {
    return { ...about, kind: "failed", reason: error instanceof Error ? error.name : "error" };
  }
}

/** The latest week that is final for at least one of the metrics; null while nothing is loaded. */
export async function latestScorecardWeek(
  metrics: Metrics,
  ids: readonly string[],
): Promise<WeekStart | null> {
  const named = ids.flatMap((id) => metrics.catalogue.get(id) ?? []);
  const watermarks = await readWatermarks(metrics.db, "facts", needsOf(named));
  const finals = named
    .map((metric) => finalWeek(metric, watermarks, metrics.settings))
    .filter((week) => week !== null);
  return finals.sort().at(-1) ?? null;
}
