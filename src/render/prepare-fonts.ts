import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isMainThread } from "node:worker_threads";
import { fontFamilies } from "./font-files.ts";
import { fontsConf } from "./fonts-conf.ts";
import { RenderError } from "./render-error.ts";

interface PreparedFonts {
  /** Font files beyond our own, for scripts that ours lack; they are measured and drawn too. */
  extraFiles: readonly string[];
}

let prepared: PreparedFonts | null = null;

/**
 * Points this process's text rendering at our fonts, once: later calls change nothing, because
 * fontconfig has read its settings by then. `folder` is kept between starts, so that the font
 * cache need not be built anew; `extraFolders` hold TrueType or OpenType fonts of the user's own.
 * Without this call the first drawing prepares a private temporary folder and removes it at exit.
 * Throws a RenderError `fonts` in a worker thread and when the folder cannot be written.
 */
export function prepareFonts(folder: string, extraFolders: readonly string[] = []): PreparedFonts {
  if (prepared) return prepared;
  // process.env of a worker is a copy that the C library never sees: the setting would be ignored.
  if (!isMainThread) throw new RenderError("fonts", "fonts must be prepared in the main thread");
  try {
    const extraFiles = extraFolders.flatMap(fontsIn);
    const conf = writeConf(path.resolve(folder), extraFolders);
    // fontconfig, inside sharp, has no other way to be told; it reads these at its first text.
    process.env.FONTCONFIG_FILE = conf;
    process.env.FONTCONFIG_PATH = path.dirname(conf);
    prepared = { extraFiles };
    return prepared;
  } catch (cause) {
    throw new RenderError("fonts", "the font settings could not be written", { cause });
  }
}

/** What `prepareFonts` set up, or its default when nobody called it. */
export function preparedFonts(): PreparedFonts {
  return prepared ?? prepareFonts(privateFolder());
}

function writeConf(folder: string, extraFolders: readonly string[]): string {
  const cache = path.join(folder, "cache");
  mkdirSync(cache, { recursive: true });
  const ours = fontFamilies.flatMap(({ files }) =>
    Object.values(files).map((f) => path.dirname(f)),
  );
  const directories = [...ours, ...extraFolders.map((extra) => path.resolve(extra))];
  const conf = path.join(folder, "fonts.conf");
  writeFileSync(conf, fontsConf({ directories, families: fontFamilies.map((f) => f.name), cache }));
  return conf;
}

function fontsIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.(ttf|otf)$/i.test(name));
  return names.toSorted().map((name) => path.resolve(folder, name));
}

// A name of our own choosing, as a fixed one in a shared folder could be somebody else's.
function privateFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "throughline-fonts-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
