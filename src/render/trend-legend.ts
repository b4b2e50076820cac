import type { LegendEntry, LegendShape } from "./legend.ts";
import type { MarkShape } from "./mark-shape.ts";
import type { Palette } from "./theme.ts";
import type { TrendData, TrendMark } from "./trend-data.ts";

const signalShapes = {
  "triangle-up": "up",
  "triangle-down": "down",
  diamond: "diamond",
} as const satisfies Partial<Record<TrendMark["shape"], MarkShape>>;

/** Names what the chart really shows, and nothing else. */
export function trendLegend(data: TrendData, palette: Palette): LegendEntry[] {
  const signals = data.marks.flatMap(({ shape, fill }) =>
    shape === "circle" ? [] : [{ shape: signalShapes[shape], colour: fill }],
  );
  const entries: (LegendEntry | false)[] = [
    data.line.length > 0 && {
      label: "Actual",
      swatch: { kind: "line", style: { stroke: palette.actual, width: 2.5 } },
    },
    data.openLine.length > 0 && {
      label: "Not complete",
      swatch: {
        kind: "line",
        style: { stroke: palette.actual, width: 2, dash: "1 5", round: true },
      },
    },
    data.band.length > 0 && {
      label: "Expected",
      swatch: { kind: "line", style: { stroke: palette.prior, width: 1.25 } },
    },
    data.band.length > 0 && {
      label: "Normal range",
      swatch: { kind: "band", colour: palette.actual, opacity: palette.bandOpacity },
    },
    data.target.length > 0 && {
      label: "Target",
      swatch: { kind: "line", style: { stroke: palette.target, width: 1.75, dash: "6 4" } },
    },
    signals.length > 0 && {
      label: "Signal",
      swatch: { kind: "shapes", shapes: eachOnce(signals) },
    },
  ];
  return entries.filter((entry) => entry !== false);
}

function eachOnce(shapes: readonly LegendShape[]): LegendShape[] {
  return [...new Map(shapes.map((each) => [`${each.shape} ${each.colour}`, each])).values()];
}
