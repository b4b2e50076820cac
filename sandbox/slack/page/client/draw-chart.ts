import { isList, isObject, type Json, type JsonObject } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import { COLOURS, type Point, type Series } from "./chart-series.ts";
import { drawPie } from "./draw-pie.ts";
import { drawXy } from "./draw-xy.ts";

/** A `data_visualization`, drawn by the page itself as Slack's clients do. */
export function drawChart(block: JsonObject, width: number): Node {
  const chart = isObject(block.chart) ? block.chart : {};
  const title = String(block.title ?? "");
  const isPie = chart.type === "pie";
  const series = isPie ? [] : seriesOf(chart.series);
  const segments = isPie ? pointsOf(chart.segments) : [];
  const axes = isObject(chart.axis_config) ? chart.axis_config : {};
  const drawn = isPie
    ? drawPie(segments)
    : drawXy(series, {
        kind: chart.type === "bar" || chart.type === "area" ? chart.type : "line",
        xLabel: String(axes.x_label ?? ""),
        yLabel: String(axes.y_label ?? ""),
        width,
      });
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", `${String(chart.type)} chart: ${title}`);
  const legend = isPie
    ? pieLegend(segments)
    : series.length > 1
      ? series.map((one) => one.name)
      : [];
  return element(
    "figure",
    { class: "block-chart" },
    element("figcaption", {}, title),
    drawn,
    legend.length > 0 ? drawLegend(legend) : null,
  );
}

function drawLegend(names: readonly string[]): Node {
  const entries = names.map((name, index) =>
    element("li", { class: `legend-${index % COLOURS.length}` }, name),
  );
  return element("ul", { class: "legend" }, ...entries);
}

function pieLegend(segments: readonly Point[]): string[] {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  return segments.map(({ label, value }) => `${label} ${Math.round((value / total) * 100)}%`);
}

function seriesOf(list: Json | undefined): Series[] {
  if (!isList(list)) return [];
  return list
    .filter(isObject)
    .map((one) => ({ name: String(one.name), points: pointsOf(one.data) }));
}

function pointsOf(list: Json | undefined): Point[] {
  if (!isList(list)) return [];
  return list
    .filter(isObject)
    .map((one) => ({ label: String(one.label), value: Number(one.value) }));
}
