/** A line as words; quotes hold spaces together, also behind an equals sign. */
import { failed, ok, type Result } from "../result.ts";

const quotes: Readonly<Record<string, string>> = { '"': '"', "“": "”", "„": "“" };

/** Fault when a quotation mark is not closed. An apostrophe is no quotation mark: names hold them. */
export function splitWords(line: string): Result<string[], { kind: "open_quote" }> {
  const words: string[] = [];
  let word = "";
  let close: string | null = null;
  let begun = false;
  for (const character of line.normalize("NFC")) {
    if (close !== null) {
      if (character === close || (close === "”" && character === '"')) close = null;
      else word += character;
    } else if (quotes[character] !== undefined) {
      close = quotes[character] ?? null;
      begun = true;
    } else if (/\s/.test(character)) {
      if (word !== "" || begun) words.push(word);
      word = "";
      begun = false;
    } else word += character;
  }
  if (close !== null) return failed({ kind: "open_quote" });
  if (word !== "" || begun) words.push(word);
  return ok(words);
}
