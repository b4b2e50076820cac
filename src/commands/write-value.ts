/** A value as one types it, in quotation marks where it would mean something else. */
import { quoteValue } from "../wording/index.ts";
import { keywordOf } from "./keywords.ts";

/** What `readValues` reads as these very values. */
export function writeList(values: readonly string[]): string {
  return values.map(writeValue).join(",");
}

export function writeValue(value: string): string {
  const isPlain = /^[\p{L}\p{N}_.@#%*/+()-]+$/u.test(value);
  return isPlain && keywordOf({ kind: "word", text: value }) === null ? value : quoteValue(value);
}
