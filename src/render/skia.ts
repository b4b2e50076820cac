/** Skia, with our fonts alone: a picture is the same on a full desktop and in a bare container. */
import { fontFamilies } from "./font-files.ts";

// Read once, at the import: without it every font of the system would be loaded, and could be drawn.
process.env.DISABLE_SYSTEM_FONTS_LOAD = "1";
const { createCanvas, GlobalFonts, loadImage } = await import("@napi-rs/canvas");

export { createCanvas, loadImage };

let registered = false;
const extraNames: string[] = [];

/** Fonts of the user's own, drawn where ours lack a character. False for a file that is no font. */
export function registerFont(file: string): boolean {
  const name = `Extra ${extraNames.length + 1}`;
  if (GlobalFonts.registerFromPath(file, name) === null) return false;
  extraNames.push(name);
  return true;
}

/** The families in order of preference, as a canvas wants them. */
export function familyList(): string {
  if (!registered) registerOurs();
  const names = [...fontFamilies.map(({ name }) => name), ...extraNames];
  return names.map((name) => `"${name}"`).join(", ");
}

/** At the first text and not at the import, which every command line waits for. */
function registerOurs(): void {
  registered = true;
  for (const { name, files } of fontFamilies)
    for (const file of Object.values(files)) GlobalFonts.registerFromPath(file, name);
}
