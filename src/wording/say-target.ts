/** The target and how it stands, in one sentence or two. */
import type { Answer, AnsweredTarget, Unit } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { formatFixed } from "./format-number.ts";
import { MISSING, sayChangeSize, sayFigure, sayValue } from "./say-number.ts";
import { sayDay, weeksText } from "./say-week.ts";
import { unitKind } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

type Aimed = Pick<
  Answer,
  | "unit"
  | "metric"
  | "direction"
  | "figures"
  | "windowWeeks"
  | "defaultWindowWeeks"
  | "target"
  | "trendRate"
>;
interface Said {
  unit: Unit;
  target: AnsweredTarget;
  /** Less is better: the target is a ceiling. */
  down: boolean;
}

/** `Target: at least 45.0%, until Thu 31 Dec 2026: missed by 3.8 points.`; none without a target. */
export function sayTarget(answer: Aimed, voice: Voice): string[] {
  const { target, trendRate } = answer;
  const trend =
    trendRate === null
      ? []
      : [`The trend over the same weeks is ${sayRate(trendRate, voice)} a week.`];
  if (target === null) return trend;
  // A growth metric speaks of money's target, whatever its own unit and direction.
  const isOwn = target.metric === answer.metric;
  const unit = isOwn ? answer.unit : "money";
  const said = { unit, target, down: isOwn && answer.direction === "down" };
  const stands = `${standing(said, voice)}${isOwn ? ownWindow(answer, target, voice) : ""}`;
  return [...trend, `Target: ${aim(said, voice)}${stands}.`, ...pace(said, voice)];
}

/** `, with 1 in the last week`, where another window's value is told above. */
function ownWindow(answer: Aimed, { type, actual }: AnsweredTarget, voice: Voice): string {
  const { unit, figures, windowWeeks, defaultWindowWeeks: weeks } = answer;
  const isTold = windowWeeks === weeks || actual === null || actual === figures.value;
  if (isTold || type === "cumulative_by_date") return "";
  return `, with ${sayValue(unit, actual, voice)} in the last ${weeks === 1 ? "week" : weeksText(weeks)}`;
}

/** `at least 45.0%, until Thu 31 Dec 2026`. */
function aim({ unit, target, down }: Said, voice: Voice): string {
  const end = sayDay(Temporal.PlainDate.from(target.periodEnd), voice);
  const isByDate = target.type === "cumulative_by_date" || target.type === "level_by_date";
  return `${sayAim(target, { unit, down }, voice)}${isByDate ? " by" : ", until"} ${end}`;
}

/** `at least 45.0%`, `$2,800 in all`: without its period. */
export function sayAim(
  { type, value, valueHi }: Pick<AnsweredTarget, "type" | "value" | "valueHi">,
  { unit, down }: Pick<Said, "unit" | "down">,
  voice: Voice,
): string {
  const level = sayFigure(unit, value, voice);
  const most = down ? "at most " : "";
  switch (type) {
    case "cumulative_by_date":
      return `${most}${sayValue(unit, value, voice)} in all`;
    case "level_by_date":
      return `${most}${level}`;
    case "at_least":
      return `at least ${level}`;
    case "at_most":
      return `at most ${level}`;
    case "band":
      return `${level} to ${sayFigure(unit, valueHi, voice)}`;
    default:
      return assertNever(type);
  }
}

function standing({ unit, target }: Said, voice: Voice): string {
  const { status, certain, actual, value, type } = target;
  const doubt = certain === false ? ", but not for certain: the sample leaves room for both" : "";
  const sofar =
    type === "cumulative_by_date" && actual !== null
      ? `${sayValue(unit, actual, voice)} so far`
      : "";
  switch (status) {
    case "no_verdict":
      return sofar && `: ${sofar}`;
    case "on_track":
      return `: on track${sofar && `, with ${sofar}`}`;
    case "at_risk":
      return `: at risk${sofar && `, with ${sofar}`}`;
    case "off_track":
      return `: off track${sofar && `, with ${sofar}`}`;
    case "missed":
      return `: missed${actual === null ? "" : ` by ${distance(unit, actual, value, voice)}`}${doubt}`;
    case "met":
    case "inside":
    case "above":
    case "below":
      return `: ${status}${doubt}`;
    default:
      return assertNever(status);
  }
}

function distance(unit: string, actual: number, value: number, voice: Voice): string {
  return isInPoints(unit)
    ? points(unit, actual - value, voice)
    : sayValue(unit, Math.abs(actual - value), voice);
}

function isInPoints(unit: string): boolean {
  const kind = unitKind(unit);
  return kind === "share" || kind === "points";
}

function points(unit: string, difference: number, voice: Voice): string {
  return Number.isFinite(difference) ? sayChangeSize(unit, difference, null, voice) : MISSING;
}

/** What there should be by now, where it ends at this pace, and what is needed. */
function pace({ unit, target, down }: Said, voice: Voice): string[] {
  const { status, type, expected, projection, requiredGrowth, growth, requiredPerWeek } = target;
  if (!["on_track", "at_risk", "off_track"].includes(status)) return [];
  const by =
    projection === null ? "" : `at this pace it ends at ${sayValue(unit, projection, voice)}`;
  const should =
    expected === null
      ? ""
      : `by now it ${down ? "may" : "should"} be ${sayValue(unit, expected, voice)}`;
  const first = [should, by].filter(Boolean).join("; ");
  const leaves =
    down && type === "cumulative_by_date" && requiredPerWeek !== null
      ? [`It leaves room for ${sayValue(unit, requiredPerWeek, voice)} a week from here.`]
      : needs(unit, requiredGrowth, growth, requiredPerWeek, voice);
  return [
    ...(first === "" ? [] : [`${first.charAt(0).toUpperCase()}${first.slice(1)}.`]),
    ...leaves,
  ];
}

function needs(
  unit: string,
  rate: number | null,
  growth: number | null,
  perWeek: number | null,
  voice: Voice,
): string[] {
  if (rate !== null) {
    const been = growth === null ? "" : `, has been growing ${sayRate(growth, voice)}`;
    return [`It needs ${sayRate(rate, voice)} a week from here${been}.`];
  }
  if (perWeek === null) return [];
  const kind = unitKind(unit);
  if (kind !== "share" && kind !== "points")
    return [`It needs ${sayValue(unit, perWeek, voice)} a week from here.`];
  const way = perWeek < 0 ? "down" : "up";
  return [`It needs to go ${way} ${points(unit, perWeek, voice)} a week from here.`];
}

/** `0.80%`: a rate of growth is small, and its second decimal matters. */
function sayRate(rate: number, voice: Voice): string {
  if (!Number.isFinite(rate)) return MISSING;
  return formatFixed(voice, rate, 2, { style: "percent" }, 100);
}
