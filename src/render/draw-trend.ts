import type { Drawing, Sheet } from "./drawing.ts";
import { type Lettering, newLettering } from "./legible-text.ts";
import type { MarkShape } from "./mark-shape.ts";
import { inDrawing, rasterise } from "./rasterise.ts";
import type { SegmentBars } from "./segment-card.ts";
import { signalShape } from "./signal-shape.ts";
import { palettes, type Theme } from "./theme.ts";
import type { TrendCard } from "./trend-card.ts";
import { trendLegend } from "./trend-legend.ts";
import { trendPlot } from "./trend-plot.ts";
import { settlePoints, settleValue } from "./trend-points.ts";
import { trendTemplate } from "./trend-template.ts";
import { type PlotTemplate, plotTemplate } from "./vega-plot.ts";
import { sheetRoom, weeklySheet } from "./weekly-sheet.ts";

const templates = new Map<Theme, PlotTemplate>();

/**
 * Draws the weekly trend of one metric, 600 logical pixels wide. Values that are not finite are
 * drawn as missing weeks. Throws a RenderError and nothing else.
 */
export function drawTrend(card: TrendCard): Promise<Drawing> {
  return inDrawing(async () => {
    const lettering = newLettering();
    const sheet = await trendSheet(legibleCard(card, lettering));
    return { ...(await rasterise(sheet)), uncovered: [...lettering.uncovered] };
  });
}

/** All of the card that is text or number, fit to be drawn. */
function legibleCard(card: TrendCard, { legible }: Lettering): TrendCard {
  return {
    ...card,
    title: legible(card.title),
    subtitle: legible(card.subtitle),
    value: legible(card.value),
    endLabel: legible(card.endLabel ?? card.value),
    targetState: legible(card.targetState ?? ""),
    pill: { ...card.pill, text: legible(card.pill.text) },
    verdict: { ...card.verdict, text: legible(card.verdict.text) },
    footer: legible(card.footer),
    points: settlePoints(card.points),
    target: settleValue(card.target),
    axis: (value, step) => legible(card.axis(value, step)),
    segments: card.segments ? legibleSegments(card.segments, { legible }) : null,
  };
}

function legibleSegments(
  { title, rows, more }: SegmentBars,
  { legible }: Pick<Lettering, "legible">,
): SegmentBars {
  return {
    title: legible(title),
    rows: rows.map((row) => ({
      ...row,
      label: legible(row.label),
      value: settleValue(row.value),
      text: legible(row.text),
      note: legible(row.note),
    })),
    more: legible(more),
  };
}

/** The card as an SVG; its words are fit to be drawn. */
export function trendSheet(card: TrendCard): Promise<Sheet> {
  const palette = palettes[card.theme];
  const plot = trendPlot(card, sheetRoom, palette);
  const parts = {
    plot,
    template: template(card.theme),
    legend: trendLegend(plot.data, palette),
    shape: verdictShape(card),
    segments: card.segments ?? null,
  };
  return weeklySheet(card, parts, palette);
}

/** The shape that marks the newest week in the plot, or one for a verdict without a mark. */
function verdictShape({ points, verdict }: TrendCard): MarkShape {
  const newest = points.at(-1);
  if (newest && newest.marked !== null) return signalShape(newest);
  return verdict.tone === "neutral" ? "hollow-circle" : "hollow-diamond";
}

function template(theme: Theme): PlotTemplate {
  const known = templates.get(theme);
  if (known) return known;
  const made = plotTemplate(trendTemplate(palettes[theme]));
  templates.set(theme, made);
  return made;
}
