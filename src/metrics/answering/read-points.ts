/** The series of an answer, whose last point is the answer's own value. */
import type { Answers } from "../analysis/index.ts";
import type { AnswerFlag, SeriesPoint, Verdict, WeekStart } from "../answer.ts";
import { answersOf, figuresOf, flagsOf } from "../query/measured.ts";
import { lastPeriods, pointOf } from "./about-answer.ts";
import { type Asked, measure } from "./asked.ts";

export interface Points {
  series: readonly SeriesPoint[];
  /** What has to be said of the last value, or of there being none. */
  told: readonly AnswerFlag[];
  /** The last one must not be told. */
  isHidden: boolean;
  /** Of NPS those behind the last value. */
  answers: Answers | null;
}

/** `verdicts` are those of the weeks alone: points of wider windows have no limits. */
export async function readPoints(
  asked: Asked,
  width: number,
  verdicts: ReadonlyMap<WeekStart, Verdict>,
): Promise<Points> {
  const { metric, query, place } = asked;
  const weeks = lastPeriods(place.week, query.lastWeeks, place.first, query.grain);
  const measured = await measure(asked, weeks, width);
  const series = measured.map((entry) => ({
    ...pointOf(
      entry.week,
      figuresOf(metric, entry),
      entry.week === place.week ? place.status : "final",
    ),
    ...(width === 1 ? markOf(verdicts.get(entry.week)) : {}),
  }));
  const last = measured.at(-1);
  const told = last ? flagsOf(metric, last) : [];
  if (measured.some((entry) => entry.isHidden)) told.push("withheld");
  const answers = last ? answersOf(metric, last) : null;
  return { series, told, isHidden: last?.isHidden === true, answers };
}

/** What a chart shows of a week's verdict. */
function markOf(verdict: Verdict | undefined): Pick<SeriesPoint, "band" | "signal"> {
  const { expected = null, low = null, high = null } = verdict ?? {};
  const tested = expected !== null && low !== null && high !== null;
  return { band: tested ? { expected, low, high } : null, signal: verdict?.word === "signal" };
}
