import type { Weight } from "./font-files.ts";
import { createCanvas, familyList } from "./skia.ts";

/** Widths are linear in the size: glyphs are placed between pixels, and nothing is hinted. */
const measuredAt = 100;
/** A drawing has some tens of texts, each looked at several times: this is hundreds of drawings. */
const cacheLimit = 20_000;
const widths = new Map<string, number>();
const context = createCanvas(1, 1).getContext("2d");

/**
 * Width of a cleaned line in logical pixels, as the rasteriser will draw it: the same Skia with the
 * same fonts measures it, kerning and the fonts of other scripts included.
 */
export function textWidth(text: string, size: number, weight: Weight = 400): number {
  const key = `${weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size >= cacheLimit) widths.clear();
    width = measured(text, weight);
    widths.set(key, width);
  }
  return width * size;
}

/** In em. */
function measured(text: string, weight: Weight): number {
  context.font = `${weight} ${measuredAt}px ${familyList()}`;
  return context.measureText(text).width / measuredAt;
}
