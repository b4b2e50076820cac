import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from "node:fs";
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
 * Without this call the first drawing uses a temporary folder that only this user may write.
 * Throws a RenderError `fonts` in a worker thread and when the folder cannot be written.
 */
export function prepareFonts(folder: string, extraFolders: readonly string[] = []): void {
  prepared ??= prepare(() => path.resolve(folder), extraFolders);
}

/** What `prepareFonts` set up, or its default when nobody called it. */
export function preparedFonts(): PreparedFonts {
  prepared ??= prepare(temporaryFolder, []);
  return prepared;
}

function prepare(folder: () => string, extraFolders: readonly string[]): PreparedFonts {
  // process.env of a worker is a copy that the C library never sees: the setting would be ignored.
  if (!isMainThread) throw new RenderError("fonts", "fonts must be prepared in the main thread");
  try {
    const extraFiles = extraFolders.flatMap(fontsIn);
    const conf = writeConf(folder(), extraFolders);
    // fontconfig, inside sharp, has no other way to be told; it reads these at its first text.
    process.env.FONTCONFIG_FILE = conf;
    process.env.FONTCONFIG_PATH = path.dirname(conf);
    return { extraFiles };
  } catch (cause) {
    throw new RenderError("fonts", "the font settings could not be written", { cause });
  }
}

/** Named after its contents and put in place whole, so that processes can share the folder. */
function writeConf(folder: string, extraFolders: readonly string[]): string {
  const cache = path.join(folder, "cache");
  mkdirSync(cache, { recursive: true });
  const ours = fontFamilies.flatMap(({ files }) =>
    Object.values(files).map((f) => path.dirname(f)),
  );
  const directories = [...ours, ...extraFolders.map((extra) => path.resolve(extra))];
  const families = fontFamilies.map(({ name }) => name);
  const contents = fontsConf({ directories, families, cache });
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  const conf = path.join(folder, `fonts-${hash}.conf`);
  const draft = `${conf}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, conf);
  return conf;
}

function fontsIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.(ttf|otf)$/i.test(name));
  return names.toSorted().map((name) => path.resolve(folder, name));
}

/** One folder a user, kept between processes; a new one where somebody else could write into it. */
function temporaryFolder(): string {
  const name = path.join(tmpdir(), `throughline-fonts-${process.getuid?.() ?? "user"}`);
  mkdirSync(name, { recursive: true, mode: 0o700 });
  return isOursAlone(name) ? name : mkdtempSync(`${name}-`);
}

function isOursAlone(folder: string): boolean {
  const stat = lstatSync(folder);
  if (!stat.isDirectory()) return false;
  // Without user ids (Windows) the temporary folder is the user's own already.
  return (
    process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0)
  );
}
