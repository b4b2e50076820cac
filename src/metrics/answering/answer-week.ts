/** The answer about a week, month or quarter that is over, or the one that runs: what is read for it, and what it says. */

import { failed, ok, type Result } from "../../result.ts";
import type { Answer, AnswerFlag, AnswerStatus, Figures, Verdict, WeekStart } from "../answer.ts";
import { judge } from "../judge.ts";
import { mayTellOld, toldOf } from "../old-totals.ts";
import type { QueryFault } from "../query-fault.ts";
import { readReport } from "../read-reported.ts";
import { readSeries } from "../read-series.ts";
import { isRestated } from "../restated.ts";
import { targetFlags } from "../targets/answer-target.ts";
import { readTrend } from "../targets/read-growth.ts";
import { NOT_TESTED } from "../verdict-store.ts";
import { aboutAnswer, lastPeriods } from "./about-answer.ts";
import type { Asked } from "./asked.ts";
import { type ChosenWindow, chooseWindow } from "./choose-window.ts";
import { compare, type Previous, readPrevious } from "./compare.ts";
import { isPartial } from "./partial-periods.ts";
import { readBreakdown } from "./read-breakdown.ts";
import { readPoints } from "./read-points.ts";
import { type FoundTarget, readTarget } from "./read-target.ts";
import { tooFew } from "./too-few.ts";

/** Fault too_few_accounts where the week itself must not be told. */
export async function answerWeek(asked: Asked): Promise<Result<Answer, QueryFault>> {
  const { settings, metric, query, place, filters } = asked;
  const window = await chooseWindow(asked);
  const width = window.weeks;
  const verdicts = await readVerdicts(asked);
  const { series, told, isHidden, answers } = await readPoints(asked, width, verdicts);
  if (isHidden) return failed(await tooFew({ ...asked, grain: query.grain }, place.week, width));
  const figures = figuresOnly(series.at(-1));
  const found = await readTarget(asked, width, figures);
  const { target } = found;
  const before = await readPrevious(asked, width, target);
  const { previous } = before;
  const stored: AnswerFlag[] = (await wasRestated(asked, width, figures)) ? ["restated"] : [];
  stored.push(...partialFlags(asked, before, series[0]?.week));
  if (isUnjudged(asked, figures, verdicts)) stored.push("unjudged");
  const verdict = (place.status === "final" && verdicts.get(place.week)) || NOT_TESTED;
  const isUntold = asked.screen !== undefined && verdicts.get(place.week) === NOT_TESTED;
  if (found.isHidden || before.isHidden || isUntold) stored.push("withheld");
  return ok({
    ...aboutAnswer(settings, metric, place, { filters, grain: query.grain }),
    windowWeeks: width,
    status: statusOf(figures, told, place.status),
    flags: flagsOf(asked, window, [...stored, ...told], found),
    figures,
    maturing: null,
    previous,
    versus: query.versus,
    target,
    trendRate: await readTrendRate(asked),
    change: compare(
      asked,
      width,
      { ...figures, answers },
      previous && { ...previous, answers: before.answers },
    ),
    verdict,
    series,
    breakdown: await readBreakdown(asked, width),
    ...(metric.aggregation === "reported" ? { reported: await reportOf(asked, width) } : {}),
  });
}

function partialFlags(
  { metric, place, query }: Asked,
  { isPartial: isBefore }: Previous,
  first: WeekStart | undefined,
): AnswerFlag[] {
  if (isPartial(metric, place.week, place, query.grain)) return ["partial"];
  const isFirst = first !== undefined && isPartial(metric, first, place, query.grain);
  return [
    ...(isFirst ? ["partial_first" as const] : []),
    ...(isBefore ? ["partial_before" as const] : []),
  ];
}

function figuresOnly(last: Figures | undefined): Figures {
  const { value = null, num = null, den = null, n = null } = last ?? {};
  return { value, num, den, n };
}

/** Of the series' weeks, up to the one asked about, and of no open one; months and quarters have none. */
async function readVerdicts(asked: Asked): Promise<ReadonlyMap<WeekStart, Verdict>> {
  const { sql, settings, metric, query, filters, place, exact, screen } = asked;
  if (query.grain !== undefined) return new Map();
  const last = place.week < place.final ? place.week : place.final;
  const [since] = lastPeriods(place.week, query.lastWeeks, place.first);
  return judge(sql, settings, { metric, filters, since, last, exact, screen });
}

/**
 * Verdicts are stored by definition and settings: after a change of either, such as of the time
 * zone, there are none until the next refresh, which must not be told as a metric without a test.
 */
function isUnjudged(
  { metric, query, place, filters }: Asked,
  { value }: Figures,
  verdicts: ReadonlyMap<WeekStart, Verdict>,
): boolean {
  if (query.grain !== undefined || place.status !== "final") return false;
  if (metric.test === null || value === null) return false;
  return Object.keys(filters).length === 0 && !verdicts.has(place.week);
}

/** Only totals are kept as they were told, and only of weeks that are over. */
async function wasRestated(asked: Asked, width: number, { value }: Figures): Promise<boolean> {
  const { sql, settings, metric, query, filters, place, screen } = asked;
  if (place.status !== "final" || Object.keys(filters).length > 0) return false;
  if (!(await isRestated(sql, settings, metric, place.week, width, value, query.grain)))
    return false;
  if (screen === undefined) return true;
  // That the total of a few accounts was another than it is says how the few have changed.
  const told = await toldOf(sql, settings, metric, width, 0, query.grain);
  return told.every((one) => mayTellOld(one, place.week, screen.enough));
}

function reportOf({ sql, settings, metric, query, filters, place }: Asked, width: number) {
  const question = { metric, filters, width, grain: query.grain };
  return readReport(sql, settings, question, place.week);
}

function readTrendRate({ sql, settings, metric, filters, place, exact, screen }: Asked) {
  const question = { metric, weeks: [place.week], width: 1, filters, by: null, exact, screen };
  return readTrend(sql, settings, question, readSeries);
}

/** Each once, in the order in which they are told. */
function flagsOf(
  { metric, query }: Asked,
  window: ChosenWindow,
  told: readonly AnswerFlag[],
  { target, isHidden }: FoundTarget,
): AnswerFlag[] {
  const flags = new Set<AnswerFlag>(window.flag ? [window.flag] : []);
  for (const flag of told) flags.add(flag);
  if (query.versus === "target" && target === null && !isHidden) flags.add("no_target");
  // A target of another metric stands or falls with that one's value.
  if (target?.metric === metric.id) for (const flag of targetFlags(target)) flags.add(flag);
  return [...flags];
}

/** Where units were counted and no value came of it, there are data, and a flag says why. */
function statusOf(
  { value, n }: Figures,
  told: readonly AnswerFlag[],
  status: AnswerStatus,
): AnswerStatus {
  return value === null && (n ?? 0) === 0 && told.length === 0 ? "no_data" : status;
}
