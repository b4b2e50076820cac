import { signalShape } from "./signal-shape.ts";
import type { Palette } from "./theme.ts";
import type { TrendPoint } from "./trend-card.ts";
import type { TrendMark } from "./trend-data.ts";

/** A week and where it stands. */
export interface PlacedPoint extends TrendPoint {
  /** Milliseconds of UTC. */
  at: number;
}

export interface DrawnPoint extends PlacedPoint {
  value: number;
}

/** Vega's names of the signals' shapes. */
const vegaShapes = { up: "triangle-up", down: "triangle-down", diamond: "diamond" } as const;

interface Look {
  newest: number;
  palette: Palette;
}

/** Marks on the line: signals, open weeks, the newest week, and weeks that stand alone. */
export function trendMarks(
  placed: readonly PlacedPoint[],
  runs: readonly DrawnPoint[][],
  palette: Palette,
): TrendMark[] {
  const look = { newest: placed.at(-1)?.at ?? Infinity, palette };
  return runs.flatMap((run) =>
    run.flatMap((point) => {
      const mark = markOf(point, look);
      // A week between two gaps has no line to be seen by.
      if (!mark && run.length === 1) return [circle(point, 36, palette.actual, palette.background)];
      return mark ? [mark] : [];
    }),
  );
}

function markOf(point: DrawnPoint, look: Look): TrendMark | null {
  const { newest, palette } = look;
  const last = point.at === newest;
  if (point.marked !== null) {
    const colour = point.marked === "neutral" ? palette.near : palette[point.marked];
    const shape = vegaShapes[signalShape(point)];
    return { ...circle(point, last ? 220 : 150, colour, palette.background), shape };
  }
  if (point.open) return circle(point, last ? 80 : 40, palette.background, palette.actual);
  return last ? circle(point, 110, palette.actual, palette.background) : null;
}

function circle({ at, value }: DrawnPoint, size: number, fill: string, stroke: string): TrendMark {
  return { at, value, shape: "circle", fill, stroke, size };
}
