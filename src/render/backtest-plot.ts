import type { BacktestCard, BacktestPoint, MovementSpan } from "./backtest-card.ts";
import { spanOpacity } from "./backtest-template.ts";
import type { LegendEntry } from "./legend.ts";
import type { MarkShape } from "./mark-shape.ts";
import type { Palette, Tone } from "./theme.ts";
import type { TrendMark } from "./trend-data.ts";
import { trendLegend } from "./trend-legend.ts";
import { type TrendPlot, trendPlot } from "./trend-plot.ts";
import { weekInstant } from "./week-axis.ts";

const halfWeekMs = 3.5 * 86_400_000;

interface SpanRow {
  at: number;
  until: number;
  fill: string;
}

/** The trend's plot without a target, with a mark at every alarm and a ground under every movement. */
export function backtestPlot(card: BacktestCard, width: number, palette: Palette): TrendPlot {
  const points = card.points.map((point) => ({ ...point, marked: null }));
  // The line's end is labelled by no value: the card's value counts alarms.
  const plot = trendPlot({ ...card, points, target: null, value: "" }, width, palette);
  const alarms = card.points.flatMap((point) => alarmMark(point, palette));
  const marks = [...plot.data.marks, ...alarms];
  return { ...plot, data: { ...plot.data, marks, spans: spanRows(card, palette) } };
}

/** Names what is really drawn: alarms by their shapes, movements by their ground. */
export function backtestLegend(
  card: BacktestCard,
  plot: TrendPlot,
  palette: Palette,
): LegendEntry[] {
  const plain = { ...plot.data, marks: [] };
  const by = (kind: "signal" | "run") =>
    card.points.flatMap(({ alarm }) =>
      alarm?.by === kind
        ? [{ shape: shapeOf(alarm), colour: alarmColour(palette, alarm.tone) }]
        : [],
    );
  const shapes = (label: string, kind: "signal" | "run"): LegendEntry[] => {
    const found = [
      ...new Map(by(kind).map((each) => [`${each.shape} ${each.colour}`, each])).values(),
    ];
    return found.length === 0 ? [] : [{ label, swatch: { kind: "shapes", shapes: found } }];
  };
  const span = shownMovements(card)[0];
  return [
    ...trendLegend(plain, palette),
    ...shapes("Signal", "signal"),
    ...shapes("Run of 8", "run"),
    ...(span === undefined
      ? []
      : [
          {
            label: "Lasted",
            swatch: { kind: "band", colour: alarmColour(palette, span.tone), opacity: spanOpacity },
          } as const,
        ]),
  ];
}

/** Colour of an alarm and of its movement: neither good nor bad is no grey, or it would not be seen. */
function alarmColour(palette: Palette, tone: Tone): string {
  return tone === "neutral" ? palette.near : palette[tone];
}

export function shapeOf({
  by,
  direction,
}: NonNullable<BacktestPoint["alarm"]>): Extract<MarkShape, "up" | "down" | "diamond"> {
  if (by === "run") return "diamond";
  return direction === 1 ? "up" : "down";
}

const vegaShapes = { up: "triangle-up", down: "triangle-down", diamond: "diamond" } as const;

function alarmMark({ week, value, alarm }: BacktestPoint, palette: Palette): TrendMark[] {
  if (alarm === null || value === null) return [];
  const shape = vegaShapes[shapeOf(alarm)];
  const fill = alarmColour(palette, alarm.tone);
  return [{ at: weekInstant(week), value, shape, fill, stroke: palette.background, size: 170 }];
}

/** Half a week to both sides, so that a movement of one week is seen. */
function spanRows(card: BacktestCard, palette: Palette): SpanRow[] {
  return shownMovements(card).map(({ from, to, tone }) => ({
    at: weekInstant(from) - halfWeekMs,
    until: weekInstant(to) + halfWeekMs,
    fill: alarmColour(palette, tone),
  }));
}

/** Cut to the weeks that are shown. */
function shownMovements({ movements, points }: BacktestCard): MovementSpan[] {
  const [first, last] = [points[0]?.week, points.at(-1)?.week];
  if (first === undefined || last === undefined) return [];
  return movements
    .filter(({ from, to }) => to >= first && from <= last)
    .map(({ from, to, tone }) => ({
      from: from < first ? first : from,
      to: to > last ? last : to,
      tone,
    }));
}
