/** Verdicts of a question: stored for an unfiltered metric, walked on the spot for a filtered one. */
import type { Sql } from "../db/index.ts";
import { walkVerdicts } from "./analysis/index.ts";
import type { Filters, Verdict, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { firstDataWeek, firstObservedWeek } from "./first-data-week.ts";
import { observe, WALKED_WEEKS } from "./observe.ts";
import type { Relation } from "./query/run-windows.ts";
import { readSeries } from "./read-series.ts";
import type { Screen } from "./screen/screen.ts";
import { NOT_TESTED, readVerdicts, tellable } from "./verdict-store.ts";
import { addWeeks, weeksFrom } from "./week.ts";

export interface Judged {
  metric: Metric;
  filters: Filters;
  /** The first week whose verdict is wanted; absent: the first there is. */
  since?: WeekStart | undefined;
  /** Final: an open week is judged by nobody. */
  last: WeekStart;
  exact: boolean;
  screen?: Screen | undefined;
}

/**
 * The verdicts of the weeks up to `last`, by week. An unfiltered metric has one verdict whoever
 * asks, that of its family; a filtered question is a family of one, which opens no signal.
 * `sql` is that of `inSnapshot`.
 */
export async function judge(
  sql: Sql,
  settings: MetricSettings,
  { metric, filters, since, last, exact, screen }: Judged,
): Promise<Map<WeekStart, Verdict>> {
  const relation = exact ? "exact" : "facts";
  const first = await firstWalkedWeek(sql, settings, [metric], last, relation, screen);
  if (first === null) return new Map();
  if (Object.keys(filters).length === 0) {
    const stored = await readVerdicts(sql, metric, since ?? first, last);
    if (screen === undefined) return stored;
    const learnt = since === undefined ? first : addWeeks(since, -LEARNT_WEEKS);
    const counted = weeksFrom(learnt > first ? learnt : first, last);
    return restingOnTold(stored, await hiddenWeeks(screen, metric, counted));
  }
  const weeks = weeksFrom(first, last);
  const series = observe(
    metric,
    await readSeries(sql, settings, { metric, weeks, width: 1, filters, by: null, exact, screen }),
    await firstObservedWeek(sql, settings, metric, relation),
  );
  const verdicts = series === null ? [] : (walkVerdicts([series])[0] ?? []);
  return new Map(
    verdicts.map((verdict, i) => [addWeeks(first, i), tellable(metric.test, verdict, first)]),
  );
}

/** What is normal is learnt from half a year. */
const LEARNT_WEEKS = 26;

/** A stored verdict was learnt from all weeks: where one of those must not be told, it is none. */
function restingOnTold(
  stored: ReadonlyMap<WeekStart, Verdict>,
  hidden: readonly WeekStart[],
): Map<WeekStart, Verdict> {
  const restsOnHidden = (week: WeekStart): boolean =>
    hidden.some((each) => each <= week && each >= addWeeks(week, -LEARNT_WEEKS));
  return new Map(
    [...stored].map(([week, verdict]) => [week, restsOnHidden(week) ? NOT_TESTED : verdict]),
  );
}

async function hiddenWeeks(
  screen: Screen,
  metric: Metric,
  weeks: readonly WeekStart[],
): Promise<WeekStart[]> {
  return [...(await screen.hidden({ metric, width: 1, filters: {} }, weeks))];
}

/**
 * Accounts are counted for each week that is walked, which may read the facts: two years are as far as
 * the comparison with earlier seasons looks back.
 */
const SCREENED_WEEKS = 104;

/** Where the walk of `metrics` to `last` begins; null while nothing is loaded. */
export async function firstWalkedWeek(
  sql: Sql,
  settings: MetricSettings,
  metrics: readonly Metric[],
  last: WeekStart,
  relation: Relation = "facts",
  screen?: Screen,
): Promise<WeekStart | null> {
  const begins: WeekStart[] = [];
  for (const metric of metrics) {
    const begin = await firstDataWeek(sql, settings, metric, relation);
    if (begin !== null) begins.push(begin);
  }
  const [begin] = begins.sort();
  const earliest = addWeeks(last, 1 - (screen ? SCREENED_WEEKS : WALKED_WEEKS));
  if (begin === undefined || begin > last) return null;
  return begin > earliest ? begin : earliest;
}
