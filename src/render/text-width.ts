import { readFileSync } from "node:fs";
import { Blob, Buffer, Face, Font, shape } from "harfbuzzjs";
import { fontFamilies, type Weight } from "./font-files.ts";
import { preparedFonts } from "./prepare-fonts.ts";

interface Shaped {
  /** In em. */
  width: number;
  /** Every character has a glyph. */
  covered: boolean;
}

/** A drawing has some tens of texts, each looked at several times: this is hundreds of drawings. */
const cacheLimit = 20_000;
const shapedTexts = new Map<string, Shaped>();
const buffer = new Buffer();
const openFaces = new Map<string, { font: Font; unitsPerEm: number }>();
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Width of a cleaned line in logical pixels, as the rasteriser will draw it (to 0.03 px in Inter).
 * A character that Inter lacks is measured in the first font that has it.
 */
export function textWidth(text: string, size: number, weight: Weight = 400): number {
  const width = runsOf(text, weight).reduce(
    (sum, run) => sum + shaped(run.file, run.text).width,
    0,
  );
  return width * size;
}

export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** The first font of the line of fallbacks that can draw the whole text; null when none can. */
export function fontFor(text: string, weight: Weight): string | null {
  return fallbacks(weight).find((file) => shaped(file, text).covered) ?? null;
}

interface Run {
  file: string;
  text: string;
}

/** Splits a line where the rasteriser changes fonts. */
function runsOf(text: string, weight: Weight): Run[] {
  const first = fontFamilies[0]?.files[weight] ?? "";
  if (shaped(first, text).covered) return [{ file: first, text }];
  const runs: Run[] = [];
  for (const grapheme of graphemesOf(text)) {
    const file = fontFor(grapheme, weight) ?? first;
    const last = runs.at(-1);
    if (last?.file === file) last.text += grapheme;
    else runs.push({ file, text: grapheme });
  }
  return runs;
}

function fallbacks(weight: Weight): readonly string[] {
  return [...fontFamilies.map(({ files }) => files[weight]), ...preparedFonts().extraFiles];
}

function shaped(file: string, text: string): Shaped {
  const key = `${file} ${text}`;
  const known = shapedTexts.get(key);
  if (known) return known;
  if (shapedTexts.size >= cacheLimit) shapedTexts.clear();
  const result = shapeWith(file, text);
  shapedTexts.set(key, result);
  return result;
}

function shapeWith(file: string, text: string): Shaped {
  const { font, unitsPerEm } = openFace(file);
  buffer.clearContents();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  shape(font, buffer);
  const width = buffer.getGlyphPositions().reduce((sum, glyph) => sum + glyph.xAdvance, 0);
  return {
    width: width / unitsPerEm,
    covered: buffer.getGlyphInfos().every((glyph) => glyph.codepoint !== 0),
  };
}

/** The fallback fonts are large and seldom needed: each is opened at its first use. */
function openFace(file: string): { font: Font; unitsPerEm: number } {
  const open = openFaces.get(file);
  if (open) return open;
  const face = new Face(new Blob(readFileSync(file)));
  const opened = { font: new Font(face), unitsPerEm: face.upem };
  openFaces.set(file, opened);
  return opened;
}
