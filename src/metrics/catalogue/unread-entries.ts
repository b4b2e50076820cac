/** What a file that cannot be read as entries seems to define, so that nothing else is told to miss it. */
import { LineCounter, parseDocument } from "yaml";
import { Places } from "../../yaml-places.ts";
import type { PlacedEntry } from "./placed-entry.ts";
import { readEntry } from "./read-entry.ts";

const naming = /^[\s-]*\{?\s*(id|driver|team|group|dimension):\s*["']?([^\s"',}]+)/gm;

/** Entries of which nothing but their names is known. */
export function unreadEntries(file: string, text: string): PlacedEntry[] {
  const nowhere = new Places(file, "", parseDocument(""), new LineCounter());
  return [...text.matchAll(naming)].map(
    ([, key = "id", name], index) => readEntry({ [key]: name }, index, nowhere).placed,
  );
}
