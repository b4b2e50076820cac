/** One week on the scale: y with its weight w. */
export interface Point {
  week: number;
  y: number;
  w: number;
}

/** A weighted straight line through a baseline, under the names of METRICS.md 4.2 B (*Line*). */
export interface Line {
  /** Number of weeks. */
  N: number;
  /** Sum of weights. */
  S: number;
  /** Weighted mean week. */
  tm: number;
  /** Weighted mean of y. */
  ym: number;
  /** Weighted squares of the weeks around tm. */
  Sxx: number;
  /** Slope a week, shrunk by k. */
  b: number;
  /** How far the slope is believed, 0 to 1. */
  k: number;
  /** Weighted squares of the residuals. */
  q: number;
  /** Spread of a residual of weight 1. */
  s: number;
  /** What carries over from one week to the next, 0 to 0.95. */
  r: number;
  /** Residual e of the latest week. */
  latest: { week: number; e: number };
}

const MAX_CARRY = 0.95;

/**
 * Least squares with the slope shrunk by its own uncertainty. `points`: at least three, of distinct
 * weeks, oldest first.
 */
export function fitLine(points: readonly Point[]): Line {
  const { S, tm, ym } = centreOf(points);
  const N = points.length;
  let Sxx = 0;
  let Sxy = 0;
  for (const { week, y, w } of points) {
    Sxx += w * (week - tm) ** 2;
    Sxy += w * (week - tm) * (y - ym);
  }
  const steep = Sxy / Sxx;
  const s1 = squaresAround(points, { tm, ym, b: steep }) / (N - 2);
  const explained = steep ** 2 * Sxx;
  const k = explained === 0 ? 0 : Math.max(0, 1 - (4 * s1) / explained);
  const b = k * steep;
  const centred = { tm, ym, b };
  const q = squaresAround(points, centred);
  const s = Math.sqrt(q / (N - 1 - k));
  const r = carryOver(points, centred, q);
  return { N, S, tm, ym, Sxx, b, k, q, s, r, latest: latestResidual(points, centred) };
}

/** What heights need of a line. */
export type Centred = Pick<Line, "tm" | "ym" | "b">;

/** The line's height in week `t`, which need not be whole. */
export function heightAt(line: Centred, t: number): number {
  return line.ym + line.b * (t - line.tm);
}

// Plain sums, oldest week first: where a series is constant the residuals are nothing but rounding,
// and the numbers of the specification are those of these sums.
function centreOf(points: readonly Point[]): Pick<Line, "S" | "tm" | "ym"> {
  let S = 0;
  let weeks = 0;
  let ys = 0;
  for (const { week, y, w } of points) {
    S += w;
    weeks += w * week;
    ys += w * y;
  }
  return { S, tm: weeks / S, ym: ys / S };
}

function residualOf({ week, y }: Point, { tm, ym, b }: Centred): number {
  return y - ym - b * (week - tm);
}

function squaresAround(points: readonly Point[], line: Centred): number {
  let squares = 0;
  for (const point of points) squares += point.w * residualOf(point, line) ** 2;
  return squares;
}

function carryOver(points: readonly Point[], line: Centred, q: number): number {
  if (q === 0) return 0;
  let products = 0;
  let weekBefore = Number.NaN;
  let uBefore = 0;
  for (const point of points) {
    const u = residualOf(point, line) * Math.sqrt(point.w);
    if (weekBefore === point.week - 1) products += u * uBefore;
    weekBefore = point.week;
    uBefore = u;
  }
  return Math.min(MAX_CARRY, Math.max(0, products / q));
}

function latestResidual(points: readonly Point[], line: Centred): Line["latest"] {
  const latest = points.at(-1);
  return latest ? { week: latest.week, e: residualOf(latest, line) } : { week: Number.NaN, e: 0 };
}
