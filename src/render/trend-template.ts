import type { Config, TopLevelSpec } from "vega-lite";
import { fontFamily, type Palette } from "./theme.ts";
import { tickSize } from "./week-axis.ts";

export const plotHeight = 196;
/** From the plot's right edge to the labels of the line's end. */
export const endGap = 10;

const noScale = { scale: null } as const;

/**
 * The weekly trend without data: its axes come as params, its rows as the sets of `TrendData`.
 * `beneath`: layers under all of it.
 */
export function trendTemplate(palette: Palette, beneath: Layers = []): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 400,
    height: plotHeight,
    padding: 0,
    autosize: "none",
    config: plotConfig(palette),
    params: [
      ...["xFrom", "xTo", "yLow", "yHigh"].map((name) => ({ name, value: 0 })),
      ...["xTicks", "xLabels", "yTicks", "yLabels"].map((name) => ({ name, value: [] })),
    ],
    data: { name: "line", values: [] },
    encoding: {
      x: {
        field: "at",
        type: "temporal",
        scale: { type: "utc", nice: false, domain: [{ expr: "xFrom" }, { expr: "xTo" }] },
        axis: { ...axisOf("x"), grid: false, title: null },
      },
    },
    layer: [
      ...beneath,
      ...bandLayers(palette),
      ...lineLayers(palette),
      // Over the line, whose level it may have: its dashes leave the line to be seen.
      targetLayer(palette),
      marksLayer(),
      labelsLayer(),
    ],
  };
}

// Positions and words are chosen by us; an axis' own `format` would ignore an expression.
function axisOf(channel: "x" | "y") {
  return {
    values: { expr: `${channel}Ticks` },
    labelExpr: `${channel}Labels[indexof(${channel}Ticks, +datum.value)]`,
  };
}

function y(field: string) {
  const domain = [{ expr: "yLow" }, { expr: "yHigh" }];
  return {
    field,
    type: "quantitative",
    scale: { zero: false, nice: false, domain },
    axis: { ...axisOf("y"), title: null },
  } as const;
}

function bandLayers(palette: Palette): Layers {
  const detail = { field: "run", type: "nominal" } as const;
  return [
    {
      data: { name: "band" },
      mark: { type: "area", color: palette.actual, opacity: palette.bandOpacity },
      encoding: { y: y("low"), y2: { field: "high" }, detail },
    },
    {
      data: { name: "band" },
      mark: { type: "line", color: palette.prior, strokeWidth: 1.25 },
      encoding: { y: y("expected"), detail },
    },
  ];
}

function targetLayer(palette: Palette): Layers[number] {
  return {
    data: { name: "target" },
    mark: { type: "rule", color: palette.target, strokeWidth: 1.75, strokeDash: [6, 4] },
    encoding: { x: { value: 0 }, x2: { value: "width" }, y: y("value") },
  };
}

function lineLayers(palette: Palette): Layers {
  const stroke = {
    type: "line",
    color: palette.actual,
    strokeCap: "round",
    strokeJoin: "round",
  } as const;
  const encoding = { y: y("value"), detail: { field: "run", type: "nominal" } } as const;
  return [
    { data: { name: "line" }, mark: { ...stroke, strokeWidth: 2.5 }, encoding },
    {
      data: { name: "openLine" },
      mark: { ...stroke, strokeWidth: 2, strokeDash: [1, 5] },
      encoding,
    },
  ];
}

function marksLayer(): Layers[number] {
  return {
    data: { name: "marks" },
    mark: { type: "point", filled: true, opacity: 1, strokeWidth: 1.75 },
    encoding: {
      y: y("value"),
      shape: { field: "shape", type: "nominal", ...noScale },
      fill: { field: "fill", type: "nominal", ...noScale },
      stroke: { field: "stroke", type: "nominal", ...noScale },
      size: { field: "size", type: "quantitative", ...noScale },
    },
  };
}

function labelsLayer(): Layers[number] {
  return {
    data: { name: "labels" },
    mark: {
      type: "text",
      align: "left",
      baseline: "middle",
      dx: endGap,
      fontWeight: { expr: "datum.weight" },
    },
    encoding: {
      x: { value: "width" },
      y: { field: "y", type: "quantitative", ...noScale, axis: null },
      text: { field: "text" },
      color: { field: "colour", type: "nominal", ...noScale },
      size: { field: "size", type: "quantitative", ...noScale },
    },
  };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>["layer"];

function plotConfig(palette: Palette): Config {
  return {
    background: "transparent",
    font: fontFamily,
    aria: false,
    view: { stroke: null },
    axis: {
      labelFontSize: tickSize,
      labelColor: palette.muted,
      labelPadding: 8,
      labelOverlap: false,
      labelFlush: false,
      gridColor: palette.grid,
      domainColor: palette.axis,
      tickColor: palette.axis,
    },
    axisX: { tickSize: 4, labelPadding: 5 },
    axisY: { domain: false, ticks: false },
  };
}
