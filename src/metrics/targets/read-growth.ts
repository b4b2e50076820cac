/** The growth metrics: CWGR and what would catch up with a target, over another metric's weeks. */
import type { Sql } from "../../db/index.ts";
import type { AnswerFlag, Filters, Target, WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { canonicalFilters } from "../filters.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import type { Measured } from "../query/measured.ts";
import { runSpan } from "../query/run-span.ts";
import { withheld } from "../screen/read-screened.ts";
import type { Screen } from "../screen/screen.ts";
import type { ReadSeries, SeriesQuestion } from "../series-question.ts";
import { addWeeks, weeksBetween, weeksFrom } from "../week.ts";
import {
  compoundGrowth,
  type Needed,
  neededForLevel,
  neededForSum,
  trendGrowth,
  weeksLeft,
  weeksUntil,
} from "./growth.ts";
import { readTargets } from "./read-targets.ts";
import { type BySegment, type Sums, sumsSince, weeklySums } from "./sums.ts";
import { chooseTarget, type StoredTarget } from "./target.ts";

interface Growing {
  sums: Sums;
  weeks: readonly WeekStart[];
  targets: readonly StoredTarget[];
  screen: Screen | undefined;
  /** The target that counts for a week and segment, of the metrics in this order. */
  targetOf(metrics: readonly string[], week: WeekStart, segment: string | null): Target | null;
}

/** As `readSeries`, which reads the weeks that grow. */
export async function readGrowth(
  sql: Sql,
  settings: MetricSettings,
  question: SeriesQuestion,
  read: ReadSeries,
): Promise<Measured[]> {
  const { metric, weeks, filters, by, exact, firstTold, screen } = question;
  const [part] = metric.parts;
  if (part === undefined || weeks.length === 0) return [];
  const targets = await readTargets(sql, settings, [metric.id, ...metric.towards]);
  const asked = { metric: part.metric, filters, by, exact, firstTold };
  const sums = { sql, settings, read, question: asked };
  const growing: Growing = {
    sums,
    weeks,
    targets,
    screen,
    targetOf: (metrics, week, segment) =>
      chooseTarget(targets, metrics, dimsOf(filters, by, segment), week),
  };
  return metric.growth === "to_target" ? catchUp(growing, metric) : sinceBaseline(growing, metric);
}

function dimsOf(filters: Filters, by: string | null, segment: string | null): Filters {
  return by === null || segment === null ? filters : { ...filters, [by]: [segment] };
}

/**
 * The trend over the weeks that growth since a baseline spans; null for every other metric, and where
 * one of the weeks must not be told.
 */
export async function readTrend(
  sql: Sql,
  settings: MetricSettings,
  question: SeriesQuestion,
  read: ReadSeries,
): Promise<number | null> {
  const { metric, weeks, filters, by, exact, screen } = question;
  const [part] = metric.parts;
  const week = weeks.at(-1);
  if (metric.growth !== "since_baseline" || part === undefined || week === undefined) return null;
  const metrics = [metric.id, ...metric.towards];
  const targets = await readTargets(sql, settings, metrics);
  const counting = metrics.map((each) => chooseTarget(targets, [each], filters, week));
  const span = weeksFrom(baselineOf(counting, week, settings), week);
  const hidden = await screen?.hidden({ metric: part.metric, width: 1, filters }, span);
  if (hidden !== undefined && hidden.size > 0) return null;
  const sums = { sql, settings, read, question: { metric: part.metric, filters, by, exact } };
  const weekly = await weeklySums(sums, span);
  return trendGrowth(span.map((each) => weekly.get(each)?.get(null) ?? 0));
}

/**
 * The first baseline week among the targets that count, one a metric: a goal for the growth itself
 * needs none, and must not move what it is held against. Without any, the last full week before the
 * fiscal year.
 */
function baselineOf(
  targets: readonly (Target | null)[],
  week: WeekStart,
  settings: MetricSettings,
): WeekStart {
  const given = targets.find((target) => target !== null && target.baselineWeek !== null);
  return given?.baselineWeek ?? addWeeks(fiscalYearOf(week, settings).firstWeek, -1);
}

async function sinceBaseline(growing: Growing, metric: Metric): Promise<Measured[]> {
  const { sums, weeks, targetOf, screen } = growing;
  const now = await weeklySums(sums, weeks);
  const cells = (await placesOf(growing, now)).map((place) => {
    const targets = [metric.id, ...metric.towards].map((each) =>
      targetOf([each], place.week, place.segment),
    );
    return { ...place, baseline: baselineOf(targets, place.week, sums.settings) };
  });
  const baselines = cells.map(({ baseline }) => baseline);
  const before = await weeklySums(sums, baselines);
  const hidden = await screen?.hidden({ ...sums.question, width: 1 }, [...new Set(baselines)]);
  return cells.map(({ week, segment, baseline }) => {
    const [c, p] = [now.get(week)?.get(segment) ?? 0, before.get(baseline)?.get(segment) ?? 0];
    const passed = weeksBetween(baseline, week);
    const growth = measuredAs({ week, segment }, c, p, passed, compoundGrowth(p, c, passed), []);
    return hidden?.has(baseline) ? withheld(growth) : growth;
  });
}

async function catchUp(growing: Growing, metric: Metric): Promise<Measured[]> {
  const { sums, weeks, targetOf } = growing;
  const now = await weeklySums(sums, weeks);
  const sofar = new Map<string, ReadonlyMap<WeekStart, BySegment>>();
  const found: Measured[] = [];
  for (const place of await placesOf(growing, now)) {
    const { week, segment } = place;
    const target = targetOf(metric.towards, week, segment);
    const weekly = now.get(week)?.get(segment) ?? 0;
    if (target === null) {
      found.push(measuredAs(place, null, weekly, null, null, ["no_target"]));
      continue;
    }
    const start = target.periodStart;
    if (!sofar.has(start)) sofar.set(start, await sumsSince(sums, start, weeks));
    const ended = await afterEnd(sums, target, week);
    const sum = (sofar.get(start)?.get(week)?.get(segment) ?? 0) - (ended.get(segment) ?? 0);
    const needed = neededFor(target, week, sum, weekly);
    const rate = needed?.kind === "rate" ? needed.rate : null;
    const flags: AnswerFlag[] =
      needed === null ? ["no_target"] : needed.kind === "rate" ? [] : [needed.kind];
    found.push(measuredAs(place, sum, weekly, null, rate, flags));
  }
  return found;
}

/** What came in the week's days after the period's last, which count for nothing. */
async function afterEnd(
  { sql, settings, question }: Sums,
  target: Target,
  week: WeekStart,
): Promise<BySegment> {
  const next = addWeeks(week, 1);
  const after = Temporal.PlainDate.from(target.periodEnd).add({ days: 1 }).toString();
  return after < next ? runSpan(sql, settings, { ...question, from: after, to: next }) : new Map();
}

/** Null: a target of another kind says nothing of growth. */
function neededFor(target: Target, week: WeekStart, sofar: number, weekly: number): Needed | null {
  switch (target.type) {
    case "cumulative_by_date":
      return neededForSum(
        sofar,
        weekly,
        weeksLeft(week, target.periodStart, target.periodEnd),
        target.value,
      );
    case "level_by_date":
      return neededForLevel(weekly, target.value, weeksUntil(week, target.periodEnd));
    case "at_least":
    case "at_most":
    case "band":
      return null;
  }
}

/** Each week, or each segment that has anything in it, had in a baseline's week, or has a target. */
async function placesOf(
  { sums, weeks, targets }: Growing,
  now: ReadonlyMap<WeekStart, BySegment>,
): Promise<{ week: WeekStart; segment: string | null }[]> {
  const { by } = sums.question;
  if (by === null) return weeks.map((week) => ({ week, segment: null }));
  const baselines = [
    ...weeks.map((week) => baselineOf([], week, sums.settings)),
    ...targets.flatMap(({ baselineWeek }) => baselineWeek ?? []),
  ];
  const before = await weeklySums(sums, baselines);
  const filters = canonicalFilters(sums.question.filters);
  const aimed = targets.flatMap(({ dims }) => {
    const [segment, ...more] = dims[by] ?? [];
    const own = segment === undefined ? null : canonicalFilters(dimsOf(filters, by, segment));
    const isOwn = more.length === 0 && JSON.stringify(own) === JSON.stringify(dims);
    return isOwn && (filters[by]?.includes(segment ?? "") ?? true) ? [segment ?? null] : [];
  });
  const known = [...[...before.values()].flatMap((sum) => [...sum.keys()]), ...aimed];
  return weeks.flatMap((week) =>
    [...new Set([...(now.get(week)?.keys() ?? []), ...known])].map((segment) => ({
      week,
      segment,
    })),
  );
}

function measuredAs(
  place: { week: WeekStart; segment: string | null },
  num: number | null,
  den: number,
  n: number | null,
  value: number | null,
  flags: readonly AnswerFlag[],
): Measured {
  const derived = { value, n, flags };
  return {
    ...place,
    num: num?.toString() ?? null,
    den: den.toString(),
    n: n ?? 0,
    hist: null,
    derived,
  };
}
