import { cardFrame } from "./card-frame.ts";
import type { Drawing, Sheet } from "./drawing.ts";
import { legend } from "./legend.ts";
import { type Lettering, newLettering } from "./legible-text.ts";
import type { MarkShape } from "./mark-shape.ts";
import { inDrawing, rasterise } from "./rasterise.ts";
import { signalShape } from "./signal-shape.ts";
import { num, svgText } from "./svg.ts";
import { textLines } from "./text-lines.ts";
import { type Palette, palettes, type Theme } from "./theme.ts";
import { titleLine } from "./title-line.ts";
import type { TrendCard } from "./trend-card.ts";
import { trendLegend } from "./trend-legend.ts";
import { trendPlot, weekCaption } from "./trend-plot.ts";
import { settlePoints, settleValue } from "./trend-points.ts";
import { plotHeight, trendTemplate } from "./trend-template.ts";
import { type PlotTemplate, plotMarks, plotTemplate } from "./vega-plot.ts";
import { verdictStrip } from "./verdict-strip.ts";
import { tickSize } from "./week-axis.ts";

const width = 600;
const padding = 20;
const inner = width - 2 * padding;
/** Of the dates under the plot, from its bottom: as Vega places them. */
const weekBaseline = 18.5;
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
    pill: { ...card.pill, text: legible(card.pill.text) },
    verdict: { ...card.verdict, text: legible(card.verdict.text) },
    footer: legible(card.footer),
    points: settlePoints(card.points),
    target: settleValue(card.target),
    axis: (value, step) => legible(card.axis(value, step)),
  };
}

/** The card as an SVG; its words are fit to be drawn. */
export async function trendSheet(card: TrendCard): Promise<Sheet> {
  const palette = palettes[card.theme];
  const muted = (size: number) => ({ size, fill: palette.muted });
  const plot = trendPlot(card, inner, palette);
  const title = titleLine(card, { x: padding, y: padding, width: inner }, palette);
  const at = { x: padding, top: title.bottom + 2, width: inner, most: 1 };
  const subtitle = textLines(card.subtitle, at, muted(13));
  const strip = { x: padding, y: subtitle.bottom + 10, width: inner };
  const verdict = verdictStrip({ ...card.verdict, shape: verdictShape(card) }, strip, palette);
  const row = { x: padding, y: verdict.bottom + 23, width: inner };
  const key = legend(trendLegend(plot.data, palette), row, palette);
  const top = verdict.bottom + 38;
  const below = top + plotHeight;
  const marks = await plotMarks(template(card.theme), plot);
  const caption = svgText(padding, below + weekBaseline, weekCaption, muted(tickSize));
  const footer = textLines(card.footer, { ...at, top: below + 33, most: 2 }, muted(12));
  const placed = `<g transform="translate(${num(padding + plot.left)},${num(top)})">${marks}</g>`;
  const note = card.points.some(({ value }) => value !== null) ? "" : emptyNote(top, palette);
  const contents = [title.svg, subtitle.svg, verdict.svg, key, placed, note, caption, footer.svg];
  return cardFrame(width, footer.bottom + padding - 4, palette, contents.join(""));
}

function emptyNote(top: number, palette: Palette): string {
  const middle = { size: 13, fill: palette.muted, anchor: "middle" } as const;
  return svgText(width / 2, top + plotHeight / 2 + 4.5, "No value in these weeks", middle);
}

/** The shape that marks the newest week in the plot, or one for a verdict without a mark. */
function verdictShape({ points, verdict }: TrendCard): MarkShape {
  const newest = points.at(-1);
  if (newest?.marked === "signal") return signalShape(newest);
  return verdict.tone === "neutral" ? "hollow-circle" : "hollow-diamond";
}

function template(theme: Theme): PlotTemplate {
  const known = templates.get(theme);
  if (known) return known;
  const made = plotTemplate(trendTemplate(palettes[theme]));
  templates.set(theme, made);
  return made;
}
