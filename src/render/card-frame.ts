import type { Sheet } from "./drawing.ts";
import { num } from "./svg.ts";
import type { Palette } from "./theme.ts";

/** An opaque card with round corners around its contents. */
export function cardFrame(
  width: number,
  height: number,
  palette: Palette,
  contents: string,
): Sheet {
  const tall = Math.ceil(height);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}">` +
    `<rect x="0.5" y="0.5" width="${num(width - 1)}" height="${num(tall - 1)}" rx="10" fill="${palette.background}" stroke="${palette.border}"/>` +
    `${contents}</svg>`;
  return { svg, width, height: tall };
}
