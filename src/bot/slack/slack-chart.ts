import type { Block, ChartSeries } from "../../message.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { slackLimits } from "./limits.ts";
import { type SlackBlock, type SlackChart, sayLeftOut, smallPrint } from "./slack-block.ts";

type Chart = Extract<Block, { kind: "chart" }>;

/**
 * Slack's own line chart, and under it what of the data is not drawn; nothing where Slack would
 * refuse it or draw something untrue. Slack joins the points of a line and takes no gap, so points
 * without a value are cut off at the ends, and a gap between two values means no chart.
 */
export function nativeChart(chart: Chart): SlackBlock[] {
  const series = chart.series.slice(0, slackLimits.chartSeries);
  const span = drawnSpan(chart.labels.length, series);
  if (span === null) return [];
  const labels = chart.labels.slice(span.from, span.to).map(label);
  const names = series.map(({ name }) => label(name));
  if (!areDistinct(labels) || !areDistinct(names)) return [];
  const y_label = words(chart.unit, slackLimits.chartAxisLabel);
  const block: SlackChart = {
    type: "data_visualization",
    title: words(chart.title, slackLimits.chartTitle) || "Chart",
    chart: {
      type: "line",
      series: series.map(({ values }, i) => ({
        name: names[i] ?? "",
        data: labels.map((at, j) => ({ label: at, value: values[span.from + j] ?? 0 })),
      })),
      axis_config: { categories: labels, ...(y_label === "" ? {} : { y_label }) },
    },
  };
  const unseen = sayLeftOut([chart.series.length - series.length, "line"]);
  return [block, ...smallPrint([sayDrawn(labels, chart, span), unseen].filter(Boolean).join(" "))];
}

/** "The chart shows the last 20 of 26: 2026-W27 to 2026-W46."; empty when it shows all. */
function sayDrawn(drawn: readonly string[], { labels }: Chart, { to }: { to: number }): string {
  if (drawn.length === labels.length) return "";
  const which = `${to === labels.length ? "the last " : ""}${drawn.length} of ${labels.length}`;
  return `The chart shows ${which}: ${drawn[0]} to ${drawn.at(-1)}.`;
}

/**
 * The last points, at most as many as Slack draws, from the first to the last that has all its
 * values; null when that leaves fewer than two, or one in between lacks a value.
 */
function drawnSpan(
  count: number,
  series: readonly ChartSeries[],
): { from: number; to: number } | null {
  if (series.length === 0) return null;
  const isWhole = (at: number): boolean =>
    series.every(({ values }) => Number.isFinite(values[at] ?? Number.NaN));
  let to = count;
  while (to > 0 && !isWhole(to - 1)) to -= 1;
  let from = Math.max(0, to - slackLimits.chartPoints);
  while (from < to && !isWhole(from)) from += 1;
  for (let at = from; at < to; at += 1) if (!isWhole(at)) return null;
  return to - from < 2 ? null : { from, to };
}

/** Slack finds a point by its label and a line by its name. */
function areDistinct(names: readonly string[]): boolean {
  return names.every((name) => name !== "") && new Set(names).size === names.length;
}

function label(text: string): string {
  return words(text, slackLimits.chartLabel);
}

function words(text: string, limit: number): string {
  return cutText(literalText(text).replace(/\s+/g, " ").trim(), limit);
}
