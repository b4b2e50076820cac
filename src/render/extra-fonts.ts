import { readdirSync } from "node:fs";
import path from "node:path";
import { RenderError } from "./render-error.ts";
import { registerFont } from "./skia.ts";

const added: string[] = [];

/**
 * Adds the TrueType and OpenType fonts of a folder for characters that ours lack; to be called
 * before the first drawing. Throws a RenderError `fonts` for a folder that cannot be read and for
 * a file that is no font.
 */
export function addFonts(folder: string): void {
  for (const file of fontsIn(folder)) {
    if (!registerFont(file)) throw new RenderError("fonts", `${path.basename(file)} is no font`);
    added.push(file);
  }
}

/** Files, in order of preference. */
export function extraFonts(): readonly string[] {
  return added;
}

function fontsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.(ttf|otf)$/i.test(name));
    return names.toSorted().map((name) => path.resolve(folder, name));
  } catch (cause) {
    throw new RenderError("fonts", "the folder of fonts cannot be read", { cause });
  }
}
