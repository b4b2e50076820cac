import { cleanText } from "./clean-text.ts";
import { fontFor, graphemesOf } from "./font-coverage.ts";

/** Stands for a character that no font has: the same on every machine, unlike a font's own box. */
const missing = "□";

/** Cleans texts for one drawing and notes which characters no font has. */
export interface Lettering {
  legible(text: string): string;
  /** Each once, in order of appearance. */
  readonly uncovered: ReadonlySet<string>;
}

export function newLettering(): Lettering {
  const uncovered = new Set<string>();
  const cover = (grapheme: string) => {
    if (isCovered(grapheme)) return grapheme;
    uncovered.add(grapheme);
    // A letter under a mark that no font has is still that letter.
    const bare = grapheme.replace(/\p{M}/gu, "");
    return bare !== "" && isCovered(bare) ? bare : missing;
  };
  return {
    uncovered,
    legible(text) {
      const clean = cleanText(text);
      return isCovered(clean) ? clean : graphemesOf(clean).map(cover).join("");
    },
  };
}

function isCovered(text: string): boolean {
  return fontFor(text) !== null;
}
