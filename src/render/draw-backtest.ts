import type { BacktestCard } from "./backtest-card.ts";
import { backtestLegend, backtestPlot, shapeOf } from "./backtest-plot.ts";
import { backtestTemplate } from "./backtest-template.ts";
import type { Drawing, Sheet } from "./drawing.ts";
import { type Lettering, newLettering } from "./legible-text.ts";
import { inDrawing, rasterise } from "./rasterise.ts";
import { palettes, type Theme } from "./theme.ts";
import { settlePoints } from "./trend-points.ts";
import { type PlotTemplate, plotTemplate } from "./vega-plot.ts";
import { sheetRoom, weeklySheet } from "./weekly-sheet.ts";

const templates = new Map<Theme, PlotTemplate>();

/**
 * Draws a year with every alarm that there would have been, 600 logical pixels wide: the line, its
 * band, a mark at each alarm and a ground under each movement. Throws a RenderError and nothing else.
 */
export function drawBacktest(card: BacktestCard): Promise<Drawing> {
  return inDrawing(async () => {
    const lettering = newLettering();
    const sheet = await backtestSheet(legibleCard(card, lettering));
    return { ...(await rasterise(sheet)), uncovered: [...lettering.uncovered] };
  });
}

function legibleCard(card: BacktestCard, { legible }: Lettering): BacktestCard {
  const settled = settlePoints(card.points.map((point) => ({ ...point, marked: null })));
  return {
    ...card,
    title: legible(card.title),
    subtitle: legible(card.subtitle),
    value: legible(card.value),
    pill: { ...card.pill, text: legible(card.pill.text) },
    verdict: { ...card.verdict, text: legible(card.verdict.text) },
    footer: legible(card.footer),
    points: settled.map((point, i) => ({ ...point, alarm: card.points[i]?.alarm ?? null })),
    axis: (value, step) => legible(card.axis(value, step)),
  };
}

function backtestSheet(card: BacktestCard): Promise<Sheet> {
  const palette = palettes[card.theme];
  const plot = backtestPlot(card, sheetRoom, palette);
  const alarm = card.points.findLast((point) => point.alarm !== null)?.alarm ?? null;
  const parts = {
    plot,
    template: template(card.theme),
    legend: backtestLegend(card, plot, palette),
    shape: alarm === null ? ("hollow-circle" as const) : shapeOf(alarm),
  };
  const points = card.points.map((point) => ({ ...point, marked: null }));
  return weeklySheet({ ...card, points }, parts, palette);
}

function template(theme: Theme): PlotTemplate {
  const known = templates.get(theme);
  if (known) return known;
  const made = plotTemplate(backtestTemplate(palettes[theme]));
  templates.set(theme, made);
  return made;
}
