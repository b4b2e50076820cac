import { svgElement } from "../../../page/client/dom.ts";
import { niceTicks, tickText } from "./axis-ticks.ts";
import { COLOURS, type Series } from "./chart-series.ts";

interface XyLook {
  kind: "line" | "bar" | "area";
  xLabel: string;
  yLabel: string;
  /** Pixels. */
  width: number;
}

const HEIGHT = 240;
/** The plot in the drawing; its right edge follows the width. */
const PLOT = { left: 56, margin: 12, top: 12, bottom: 196 } as const;

interface Scale {
  ticks: readonly number[];
  right: number;
  /** The middle of a category. */
  x(index: number): number;
  y(value: number): number;
  /** Between the middles of two categories. */
  step: number;
}

/** A line, bar or area chart over common categories. */
export function drawXy(series: readonly Series[], look: XyLook): SVGSVGElement {
  const labels = series[0]?.points.map((point) => point.label) ?? [];
  const scale = scaleFor(series, look, labels.length);
  const drawn = svgElement("svg", { viewBox: `0 0 ${look.width} ${HEIGHT}`, class: "xy" });
  drawGrid(drawn, scale);
  drawLabels(drawn, labels, scale, look);
  for (const [index, one] of series.entries()) {
    const colour = COLOURS[index % COLOURS.length] ?? COLOURS[0];
    if (look.kind === "bar") drawBars(drawn, one, colour, scale, { index, of: series.length });
    else drawLine(drawn, one, colour, scale, look.kind === "area");
  }
  return drawn;
}

function scaleFor(series: readonly Series[], look: XyLook, count: number): Scale {
  const values = series.flatMap((one) => one.points.map((point) => point.value));
  // Bars and areas are read by their size, so they start at zero.
  const ticks = niceTicks(values, look.kind !== "line");
  const [low = 0] = ticks;
  const high = ticks.at(-1) ?? 1;
  const right = look.width - PLOT.margin;
  const step = (right - PLOT.left) / Math.max(count, 1);
  return {
    ticks,
    right,
    step,
    x: (index) => PLOT.left + (index + 0.5) * step,
    y: (value) => PLOT.bottom - ((value - low) / (high - low)) * (PLOT.bottom - PLOT.top),
  };
}

function drawGrid(drawn: SVGSVGElement, scale: Scale): void {
  const [first = 0, second = 1] = scale.ticks;
  for (const tick of scale.ticks) {
    const y = scale.y(tick);
    drawn.append(
      svgElement("line", { class: "grid", x1: PLOT.left, x2: scale.right, y1: y, y2: y }),
      svgElement(
        "text",
        { class: "tick", x: PLOT.left - 6, y: y + 4, "text-anchor": "end" },
        tickText(tick, second - first),
      ),
    );
  }
}

/** Leaves out labels that would run into each other; the last is always there. */
function drawLabels(
  drawn: SVGSVGElement,
  labels: readonly string[],
  scale: Scale,
  look: XyLook,
): void {
  const longest = Math.max(1, ...labels.map((label) => label.length));
  const every = Math.max(1, Math.ceil((longest * 6.5 + 8) / scale.step));
  for (const [index, label] of labels.entries()) {
    if ((labels.length - 1 - index) % every !== 0) continue;
    const place = {
      class: "tick",
      x: scale.x(index),
      y: PLOT.bottom + 16,
      "text-anchor": "middle",
    };
    drawn.append(svgElement("text", place, label));
  }
  const middle = (PLOT.left + scale.right) / 2;
  const xPlace = { class: "axis", x: middle, y: HEIGHT - 8, "text-anchor": "middle" };
  if (look.xLabel !== "") drawn.append(svgElement("text", xPlace, look.xLabel));
  const turn = `translate(12 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)`;
  const yPlace = { class: "axis", transform: turn, "text-anchor": "middle" };
  if (look.yLabel !== "") drawn.append(svgElement("text", yPlace, look.yLabel));
}

function drawLine(
  drawn: SVGSVGElement,
  one: Series,
  colour: string,
  scale: Scale,
  filled: boolean,
): void {
  const points = one.points.map((point, index) => ({
    ...point,
    x: scale.x(index),
    y: scale.y(point.value),
  }));
  const path = points
    .map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
  const [first] = points;
  const last = points.at(-1);
  if (filled && first && last) {
    const area = `${path}L${last.x} ${PLOT.bottom}L${first.x} ${PLOT.bottom}Z`;
    drawn.append(svgElement("path", { d: area, fill: colour, "fill-opacity": 0.25 }));
  }
  drawn.append(svgElement("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2 }));
  for (const { x, y, label, value } of points) {
    const hint = svgElement("title", {}, `${one.name}, ${label}: ${value}`);
    drawn.append(svgElement("circle", { cx: x, cy: y, r: 3, fill: colour }, hint));
  }
}

function drawBars(
  drawn: SVGSVGElement,
  one: Series,
  colour: string,
  scale: Scale,
  among: { index: number; of: number },
): void {
  const width = (scale.step * 0.7) / among.of;
  const zero = scale.y(0);
  for (const [index, { label, value }] of one.points.entries()) {
    const x = scale.x(index) - scale.step * 0.35 + among.index * width;
    const y = Math.min(scale.y(value), zero);
    const height = Math.abs(scale.y(value) - zero);
    const hint = svgElement("title", {}, `${one.name}, ${label}: ${value}`);
    drawn.append(
      svgElement("rect", { x, y, width: Math.max(width - 1, 1), height, fill: colour }, hint),
    );
  }
}
