/** The weeks whose value was told otherwise before rows came late (METRICS.md 1.6). */
import type { Sql } from "../db/index.ts";
import type { WeekStart } from "./answer.ts";
import type { Metrics } from "./answer-metric.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { mayTellOld, type ToldTotals, toldOf } from "./old-totals.ts";
import { placeInTime } from "./place-in-time.ts";
import { figuresOf, type Measured } from "./query/measured.ts";
import { inSnapshot } from "./query/run-windows.ts";
import { readSeries } from "./read-series.ts";
import { hasMoved } from "./restated.ts";
import { discretionFor, type Screen, screenOf } from "./screen/screen.ts";
import { addWeeks, weeksFrom } from "./week.ts";

export interface Restatement {
  week: WeekStart;
  was: number | null;
  now: number | null;
  /** When another value was computed first, as an instant. */
  since: string;
}

export interface Restatements {
  /** Of the metric's own window, the newest first. */
  weeks: readonly Restatement[];
  /** Weeks of which it is not told, because too few accounts are behind one of the two values. */
  withheld: number;
}

/** Nobody looks for one that is older. */
const LOOKED_BACK = 104;

/** At most `most` weeks; none while a source was never loaded. */
export async function restatementsOf(
  { db, settings, discretion }: Metrics,
  metric: Metric,
  most: number,
): Promise<Restatements> {
  return inSnapshot(db, settings, "facts", async (sql) => {
    const open = { week: null, cohort: null };
    const place = await placeInTime(sql, settings, metric, open, false);
    if (!place.ok) return { weeks: [], withheld: 0 };
    const { asOf, final, first } = place.value;
    await sql.run("SELECT set_config('kpi.as_of', $1, true)", [asOf.toString()]);
    const earliest = addWeeks(final, 1 - LOOKED_BACK);
    const told = await toldOf(sql, settings, metric, metric.window, 0);
    const weeks = weeksFrom(first > earliest ? first : earliest, final);
    const touched = touchedWeeks(told, weeks);
    if (touched.size === 0) return { weeks: [], withheld: 0 };
    const screened = discretionFor(metric, discretion);
    const screen = screened && screenOf(sql, settings, screened, false);
    const moved = await movedWeeks(sql, settings, metric, touched, screen);
    const enough = screen?.enough;
    const isTold = ({ week }: Restatement): boolean =>
      enough === undefined || told.every((one) => mayTellOld(one, week, enough));
    const newest = moved.reverse().slice(0, most);
    const tellable = newest.filter((one) => one.isHidden !== true && isTold(one));
    return {
      weeks: tellable.map(({ isHidden: _, ...one }) => one),
      withheld: newest.length - tellable.length,
    };
  });
}

/** Weeks that a total which differs from the told one is part of, with when that was last found. */
function touchedWeeks(
  told: readonly ToldTotals[],
  weeks: readonly WeekStart[],
): Map<WeekStart, string> {
  const touched = new Map<WeekStart, string>();
  for (const { plan, ago, totals } of told)
    for (const { period, since } of totals.values()) {
      if (since === null) continue;
      for (const week of weeks) {
        const own = addWeeks(week, -ago);
        if (own < period || plan.since(own) > period) continue;
        if (since > (touched.get(week) ?? "")) touched.set(week, since);
      }
    }
  return touched;
}

/** Ascending; those whose value is within what counts as the same are none. */
async function movedWeeks(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  touched: ReadonlyMap<WeekStart, string>,
  screen: Screen | undefined,
): Promise<(Restatement & Pick<Measured, "isHidden">)[]> {
  const found = [...touched.keys()].sort();
  const weeks = weeksFrom(found[0] ?? "", found.at(-1) ?? "");
  const question = { metric, weeks, width: metric.window, filters: {}, by: null, exact: false };
  const hidden = screen ? await screen.hidden(question, found) : new Set<WeekStart>();
  const told = await readSeries(sql, settings, { ...question, firstTold: true });
  const stands = await readSeries(sql, settings, question);
  return weeks.flatMap((week, i) => {
    const since = touched.get(week);
    const [was, now] = [told[i], stands[i]].map((each) => each && figuresOf(metric, each).value);
    if (since === undefined || !hasMoved(was ?? null, now ?? null)) return [];
    const isHidden = hidden.has(week) ? ({ isHidden: true } as const) : {};
    return [{ week, was: was ?? null, now: now ?? null, since, ...isHidden }];
  });
}
