import { readFileSync } from "node:fs";
import { Blob, Buffer, Face, Font, shape } from "harfbuzzjs";
import { extraFonts } from "./extra-fonts.ts";
import { fontFamilies } from "./font-files.ts";

const cacheLimit = 20_000;
const known = new Map<string, boolean>();
const buffer = new Buffer();
const openFonts = new Map<string, Font>();
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** The first font of the line of fallbacks that can draw the whole text; null when none can. */
export function fontFor(text: string): string | null {
  const files = [...fontFamilies.map(({ files }) => files[400]), ...extraFonts()];
  return files.find((file) => covers(file, text)) ?? null;
}

function covers(file: string, text: string): boolean {
  const key = `${file} ${text}`;
  let covered = known.get(key);
  if (covered === undefined) {
    if (known.size >= cacheLimit) known.clear();
    covered = hasGlyphs(file, text);
    known.set(key, covered);
  }
  return covered;
}

/** Shaped, not looked up letter by letter: a mark may have no glyph of its own and be drawn all the same. */
function hasGlyphs(file: string, text: string): boolean {
  buffer.clearContents();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  shape(openFont(file), buffer);
  return buffer.getGlyphInfos().every((glyph) => glyph.codepoint !== 0);
}

/** The fallback fonts are large and seldom needed: each is opened at its first use. */
function openFont(file: string): Font {
  const open = openFonts.get(file);
  if (open) return open;
  const font = new Font(new Face(new Blob(readFileSync(file))));
  openFonts.set(file, font);
  return font;
}
