import type { TopLevelSpec } from "vega-lite";
import type { Palette } from "./theme.ts";
import { trendTemplate } from "./trend-template.ts";

/** Of a movement's ground: the band and the line stay readable on it. */
export const spanOpacity = 0.16;

/** The trend's template over the grounds of movements, `spans` of `at`, `until` and `fill`. */
export function backtestTemplate(palette: Palette): TopLevelSpec {
  return trendTemplate(palette, [
    {
      data: { name: "spans" },
      mark: { type: "rect", opacity: spanOpacity },
      encoding: {
        x2: { field: "until" },
        y: { value: 0 },
        y2: { value: "height" },
        fill: { field: "fill", type: "nominal", scale: null },
      },
    },
  ]);
}
