import { svgElement } from "../../../page/client/dom.ts";
import { COLOURS, type Point } from "./chart-series.ts";

const RADIUS = 80;
const SIZE = 180;

/** Segments clockwise from the top. */
export function drawPie(segments: readonly Point[]): SVGSVGElement {
  const drawn = svgElement("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "pie" });
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  let turned = 0;
  for (const [index, segment] of segments.entries()) {
    const share = segment.value / total;
    const colour = COLOURS[index % COLOURS.length];
    drawn.append(
      // An arc cannot be a whole turn, so a single segment is a circle.
      share === 1
        ? svgElement("circle", { cx: SIZE / 2, cy: SIZE / 2, r: RADIUS, fill: colour })
        : svgElement("path", { d: slice(turned, turned + share), fill: colour, stroke: "#fff" }),
    );
    turned += share;
  }
  return drawn;
}

/** The path of a slice between two fractions of a turn. */
function slice(from: number, to: number): string {
  const [startX, startY] = onCircle(from);
  const [endX, endY] = onCircle(to);
  const large = to - from > 0.5 ? 1 : 0;
  return `M${SIZE / 2} ${SIZE / 2}L${startX} ${startY}A${RADIUS} ${RADIUS} 0 ${large} 1 ${endX} ${endY}Z`;
}

function onCircle(turn: number): [string, string] {
  const angle = turn * 2 * Math.PI;
  const x = SIZE / 2 + RADIUS * Math.sin(angle);
  const y = SIZE / 2 - RADIUS * Math.cos(angle);
  return [x.toFixed(2), y.toFixed(2)];
}
