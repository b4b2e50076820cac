import { baselineBefore, type Fit, fitBaseline } from "./baseline.ts";
import { isBigEnough } from "./big-enough.ts";
import type { History } from "./history.ts";
import { heightAt } from "./line.ts";
import type { Tested } from "./pool-weeks.ts";
import { back, tellSample, toScale, weightOf } from "./scale.ts";
import { believedSpread, spreadInUse, studentOf } from "./spread.ts";
import { type Law, limitPoint, twoSidedP } from "./tails.ts";

/** A week against its baseline, under the names of METRICS.md 4.2 B (*Test*). */
export interface WeekTest {
  tested: Tested;
  alone: boolean;
  fit: Fit;
  /** The observation on the scale. */
  y: number;
  /** y - X: how far from where it was expected. */
  departure: number;
  /** Which side of X; a week exactly there counts as above. */
  side: 1 | -1;
  /** The departure in standard errors. */
  T: number;
  p: number;
  /** These on the metric's own scale. */
  value: number;
  expected: number;
  low: number;
  high: number;
  bigEnough: boolean;
}

const LEAST_WEEKS = 12;

/** Null: too few weeks before it. */
export function testWeek(history: History, tested: Tested): WeekTest | null {
  const baseline = baselineBefore(history, tested.first, LEAST_WEEKS);
  if (baseline === null) return null;
  const fit = fitBaseline(history, baseline, [tested.sample]);
  const alone = tested.weeks.length === 1;
  const { latest } = fit.line;
  const e1 = alone && latest.week === tested.first - 1 ? latest.e : 0;
  const y = toScale(fit.scale, tested.sample);
  const X = heightAt(fit.line, tested.t) + fit.line.r * e1;
  const { se, law } = standardError(history, fit, tested, X, e1);
  const T = (y - X) / se;
  const value = tellSample(fit.scale, tested.sample);
  const expected = back(fit.scale, X, tested.sample.n);
  const reach = limitPoint(law) * se;
  return {
    tested,
    alone,
    fit,
    y,
    departure: y - X,
    side: y < X ? -1 : 1,
    T,
    p: twoSidedP(T, law),
    value,
    expected,
    low: back(fit.scale, X - reach, tested.sample.n),
    high: back(fit.scale, X + reach, tested.sample.n),
    bigEnough: isBigEnough(history.series, fit.scale, value, expected),
  };
}

/** se of y around X, and the law that (y - X)/se follows in an ordinary week. */
function standardError(
  history: History,
  fit: Fit,
  tested: Tested,
  X: number,
  e1: number,
): { se: number; law: Law } {
  const { N, S, tm, Sxx, k, q, s, r } = fit.line;
  const sd = s * Math.sqrt(1 - r ** 2);
  const s0 = believedSpread(history.series.kind, fit, X);
  const w = weightOf(fit.scale, tested.sample);
  const carried = r > 0 ? e1 ** 2 / q : 0;
  const se =
    spreadInUse(sd, s0, X) * Math.sqrt(1 / w + 1 / S + (k * (tested.t - tm) ** 2) / Sxx + carried);
  return { se, law: s0 > 0 && s0 >= sd ? "normal" : studentOf(N) };
}
