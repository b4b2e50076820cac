import { partLabels } from "./end-labels.ts";
import { fitText, shrinkText } from "./fit-text.ts";
import { stepFor } from "./nice-ticks.ts";
import { textWidth } from "./text-width.ts";
import type { Palette } from "./theme.ts";
import type { PointGrain, TrendCard } from "./trend-card.ts";
import type { EndLabel, TrendData } from "./trend-data.ts";
import { trendRows } from "./trend-rows.ts";
import { type TrendScale, trendScale } from "./trend-scale.ts";
import { endGap, plotHeight } from "./trend-template.ts";
import type { PlotData } from "./vega-plot.ts";
import { tickSize, type WeekAxis, weekAxis, weekInstant } from "./week-axis.ts";

export interface TrendPlot extends PlotData {
  data: TrendData & PlotData["data"];
  /** From the left edge of the room given to the plot's own: the labels of the vertical axis. */
  left: number;
}

/** Stands where the axes meet and says what the dates are. */
export function dateCaption(grain?: PointGrain): string {
  if (grain === undefined) return "Week of";
  return grain === "month" ? "Month" : "From";
}

const widestLabel = 130;
/** Room for half of the newest week's date. */
const leastRight = 14;

/** Lays a trend out in `width` pixels: both axes, the labels at the line's end, and all rows. */
export function trendPlot(card: TrendCard, width: number, palette: Palette): TrendPlot {
  const scale = trendScale(card.points, card.target, card.most ?? Infinity);
  const yLabels = scale.ticks.map((tick) =>
    fitText(card.axis(tick, scale.step), widestLabel, tickSize),
  );
  const caption = textWidth(dateCaption(card.grain), tickSize);
  const left = Math.max(caption, ...yLabels.map((text) => textWidth(text, tickSize))) + 8;
  const labels = endLabels(card, scale, palette);
  const right = Math.max(
    leastRight,
    ...labels.map(({ text, size, weight }) => endGap + textWidth(text, size, weight)),
  );
  const plotWidth = width - left - right;
  const weeks = weekAxis(
    card.points.map(({ week }) => weekInstant(week)),
    plotWidth,
    caption + 8 - left,
    card.grain,
  );
  return {
    left,
    width: plotWidth,
    params: axisParams(scale, yLabels, weeks),
    data: {
      ...trendRows(card, scale, palette),
      target: scale.target === "inside" && card.target !== null ? [{ value: card.target }] : [],
      labels,
    },
  };
}

function axisParams(scale: TrendScale, yLabels: readonly string[], weeks: WeekAxis) {
  return {
    xFrom: weeks.from,
    xTo: weeks.to,
    xTicks: weeks.ticks.map(({ at }) => at),
    xLabels: weeks.ticks.map(({ text }) => text),
    yLow: scale.low,
    yHigh: scale.high,
    yTicks: scale.ticks,
    yLabels,
  };
}

/** The newest value and the target, each at the height of its line unless they would overlap. */
function endLabels(card: TrendCard, scale: TrendScale, palette: Palette): EndLabel[] {
  const y = (v: number) => ((scale.high - v) / (scale.high - scale.low)) * plotHeight;
  const newest = card.points.at(-1)?.value ?? null;
  const labels: EndLabel[] = [];
  const ending = card.endLabel ?? card.value;
  if (newest !== null && ending !== "") {
    const value = shrinkText(ending, widestLabel, { size: 14, smallest: 9, weight: 600 });
    labels.push({ ...value, y: y(newest), weight: 600, colour: palette.actual });
  }
  if (card.target !== null) {
    const words = targetWords(card, card.target, scale);
    const target = shrinkText(words, widestLabel, { size: tickSize, smallest: 9 });
    const height = targetHeight(card.target, scale, y);
    labels.push({ ...target, y: height, weight: 400, colour: palette.target });
  }
  const wanted = labels.map((label) => ({ y: label.y, height: label.size + 3 }));
  const heights = partLabels(wanted, plotHeight);
  return labels.map((label, i) => ({ ...label, y: heights[i] ?? label.y }));
}

function targetHeight(target: number, scale: TrendScale, y: (value: number) => number): number {
  if (scale.target === "above") return 0;
  return scale.target === "below" ? plotHeight : y(target);
}

function targetWords(card: TrendCard, target: number, scale: TrendScale): string {
  const arrow = { above: " ↑", below: " ↓", inside: "", none: "" }[scale.target];
  const state = card.targetState ? `, ${card.targetState}` : "";
  return `Target ${card.axis(target, stepFor(target, scale.step))}${arrow}${state}`;
}
