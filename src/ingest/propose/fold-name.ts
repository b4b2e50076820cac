/** Names as people write them, folded to words: `Created (UTC)`, `createdUTC` and `created_utc` are one. */

/** Words that say in which unit or zone a value is, and not what it is. */
const asides = new Set(["utc", "gmt", "usd", "eur", "gbp", "fk", "pk", "flag"]);

/** What a number that names something is called: `Customer No.` is a customer's id. */
const numbers = new Set(["no", "nr", "number"]);

/** Lower case words, one space between two. */
export function foldName(name: string): string {
  const words = wordsOf(name);
  const said = words.filter((word) => !asides.has(word));
  const kept = said.length > 0 ? said : words;
  return (kept.length > 1 && isNumbered(name) ? [...kept.slice(0, -1), "id"] : kept).join(" ");
}

/** Where a file has both, `Account ID` is what other files name, and `Account Number` is not. */
export function isNumbered(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && numbers.has(words.at(-1) ?? "");
}

/**
 * The same of a noun in the plural, word by word: `support_tickets.csv` is about a support ticket, and
 * so is `Support Tickets Export 2026-11-16.csv`.
 */
export function foldNoun(name: string): string {
  const words = foldName(name).split(" ");
  const said = words.filter((word) => !/^(export|file|\d+)$/.test(word));
  return (said.length > 0 ? said : words).map((word) => singular(word)).join(" ");
}

export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** A name for SQL and for the mapping: lower case letters, digits and _, not yet taken. */
export function plainName(name: string, taken: ReadonlySet<string>): string {
  const plain = wordsOf(name)
    .join("_")
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9_]/g, "")
    .slice(0, 50);
  const begun = /^[a-z_]/.test(plain) ? plain : `file_${plain}`;
  let free = begun;
  for (let nth = 2; taken.has(free); nth++) free = `${begun}_${nth}`;
  return free;
}

function singular(word: string): string {
  if (/(ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word)) return word.replace(/ies$/, "y");
  return word.replace(/(?<=x|ch|sh)es$|s$/, "");
}
