import { type Box, num } from "./svg.ts";
import { settleValue } from "./trend-points.ts";

const sparklineWeeks = 13;

interface SparklineColours {
  line: string;
  /** The newest week's dot. */
  dot: string;
  background: string;
}

interface Spot {
  x: number;
  y: number;
}

/**
 * The latest 13 values as a line in `box`, newest at its right edge, broken where a week is
 * missing; each series has its own scale, a level one runs in the middle.
 */
export function sparkline(
  series: readonly (number | null)[],
  box: Box,
  colours: SparklineColours,
): string {
  const values = series.slice(-sparklineWeeks).map(settleValue);
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const level = high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
  const y = (value: number) => box.y + box.height * (level ? 0.5 : (high - value) / (high - low));
  const left = sparklineWeeks - values.length;
  const x = (i: number) => box.x + (box.width * (left + i)) / (sparklineWeeks - 1);
  const spots = values.map((value, i) => (value === null ? null : { x: x(i), y: y(value) }));
  const newest = spots.at(-1);
  const dot = newest
    ? `<circle cx="${num(newest.x)}" cy="${num(newest.y)}" r="3.25" fill="${colours.dot}" stroke="${colours.background}" stroke-width="1.5"/>`
    : "";
  return polylines(spots, colours.line) + dot;
}

function polylines(spots: readonly (Spot | null)[], stroke: string): string {
  const runs: Spot[][] = [[]];
  for (const spot of spots) {
    if (spot) runs.at(-1)?.push(spot);
    else runs.push([]);
  }
  const drawn = runs.filter((run) => run.length > 0).map((run) => polyline(run, stroke));
  return drawn.join("");
}

function polyline(run: readonly Spot[], stroke: string): string {
  const [only] = run;
  if (run.length === 1 && only) {
    return `<circle cx="${num(only.x)}" cy="${num(only.y)}" r="1.25" fill="${stroke}"/>`;
  }
  const points = run.map(({ x, y }) => `${num(x)},${num(y)}`).join(" ");
  return `<polyline points="${points}" fill="none" stroke="${stroke}" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round"/>`;
}
