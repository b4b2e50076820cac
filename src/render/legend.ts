import { type MarkShape, markShape } from "./mark-shape.ts";
import { type LineStyle, svgLine, svgRect, svgText } from "./svg.ts";
import { textWidth } from "./text-width.ts";
import type { Palette } from "./theme.ts";

type LegendSwatch =
  | { kind: "line"; style: LineStyle }
  | { kind: "band"; colour: string; opacity: number }
  | { kind: "shapes"; shapes: readonly LegendShape[] };

export interface LegendShape {
  shape: MarkShape;
  colour: string;
}

export interface LegendEntry {
  label: string;
  swatch: LegendSwatch;
}

const size = 12;
const swatchGap = 7;
const widestGap = 18;

/** One row of entries from `x`, its baseline at `y`; they move together to stay within `width`. */
export function legend(
  entries: readonly LegendEntry[],
  { x, y, width }: { x: number; y: number; width: number },
  palette: Palette,
): string {
  const widths = entries.map(
    ({ label, swatch }) => swatchWidth(swatch) + swatchGap + textWidth(label, size),
  );
  const free = width - widths.reduce((sum, each) => sum + each, 0);
  const gap = Math.min(widestGap, free / Math.max(1, entries.length - 1));
  let left = x;
  const drawn = entries.map(({ label, swatch }, i) => {
    const text = left + swatchWidth(swatch) + swatchGap;
    const entry =
      drawSwatch(swatch, left, y - 4.5) + svgText(text, y, label, { size, fill: palette.muted });
    left += (widths[i] ?? 0) + gap;
    return entry;
  });
  return drawn.join("");
}

function swatchWidth(swatch: LegendSwatch): number {
  return swatch.kind === "shapes" ? swatch.shapes.length * 14 - 2 : 20;
}

function drawSwatch(swatch: LegendSwatch, x: number, y: number): string {
  switch (swatch.kind) {
    case "line":
      return svgLine(x, y, x + 20, y, swatch.style);
    case "band": {
      const box = svgRect({ x, y: y - 6, width: 20, height: 12 }, 2, swatch.colour);
      return `<g opacity="${swatch.opacity}">${box}</g>`;
    }
    case "shapes":
      return swatch.shapes
        .map(({ shape, colour }, i) => markShape(shape, x + 6 + i * 14, y, colour))
        .join("");
  }
}
