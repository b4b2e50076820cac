import { runsWhere } from "./runs-where.ts";
import type { Palette } from "./theme.ts";
import type { TrendCard } from "./trend-card.ts";
import type { BandRow, LineRow, TrendData } from "./trend-data.ts";
import { type DrawnPoint, type PlacedPoint, trendMarks } from "./trend-marks.ts";
import type { TrendScale } from "./trend-scale.ts";
import { weekInstant } from "./week-axis.ts";

/** A band of one week alone has no width of its own: it reaches this far to both sides. */
const loneBandMs = 2 * 86_400_000;

/** What the trend's template draws, without its labels. */
export function trendRows(
  card: TrendCard,
  scale: TrendScale,
  palette: Palette,
): Omit<TrendData, "target" | "labels"> {
  const placed = card.points.map((point) => ({ ...point, at: weekInstant(point.week) }));
  const runs = runsWhere(placed, (point): point is DrawnPoint => point.value !== null);
  return {
    band: bandRows(placed, scale),
    line: runs.flatMap((run, i) => lineRows(completePart(run), i)),
    openLine: runs.flatMap((run, i) => lineRows(openPart(run), i)),
    marks: trendMarks(placed, runs, palette),
  };
}

function lineRows(points: readonly DrawnPoint[], run: number): LineRow[] {
  return points.map(({ at, value }) => ({ at, value, run }));
}

function completePart(run: readonly DrawnPoint[]): readonly DrawnPoint[] {
  const firstOpen = run.findIndex((point) => point.open);
  return firstOpen === -1 ? run : run.slice(0, firstOpen);
}

/** The open weeks at the end of a run and the complete one before them, where their line begins. */
function openPart(run: readonly DrawnPoint[]): readonly DrawnPoint[] {
  const firstOpen = run.findIndex((point) => point.open);
  return firstOpen === -1 ? [] : run.slice(Math.max(0, firstOpen - 1));
}

interface BandedPoint extends PlacedPoint {
  band: NonNullable<PlacedPoint["band"]>;
}

/** The limits, cut to the axis where it was not stretched to hold them. */
function bandRows(points: readonly PlacedPoint[], { low, high }: TrendScale): BandRow[] {
  const within = (value: number) => Math.min(high, Math.max(low, value));
  const runs = runsWhere(points, (point): point is BandedPoint => point.band !== null);
  return runs.flatMap((banded, run) => {
    const rows = banded.map(({ at, band }) => ({
      at,
      run,
      expected: within(band.expected),
      low: within(band.low),
      high: within(band.high),
    }));
    const [only] = rows;
    if (rows.length > 1 || only === undefined) return rows;
    return [-loneBandMs, loneBandMs].map((shift) => ({ ...only, at: only.at + shift }));
  });
}
