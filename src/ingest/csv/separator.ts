import type { Buffer } from "node:buffer";

/** What may part the values of a row; Excel writes the list separator of its country, or tabs. */
export type Separator = "," | ";" | "\t" | "|";

const separators: readonly Separator[] = [",", ";", "\t", "|"];

export interface Dialect {
  separator: Separator;
  /** Bytes of a first line `sep=;`, which Excel writes for itself; 0 where there is none. */
  skip: number;
}

/**
 * From the row of the columns' names. Another separator than the comma counts only where it stands
 * alone: of a row with several nothing is sure, and the comma is what CSV means.
 * Null while the row is not whole; `isAll`: nothing follows.
 */
export function findDialect(bytes: Buffer, isAll: boolean): Dialect | null {
  const told = /^"?sep=([,;\t|])"?(?:\r\n|\n|\r)/i.exec(bytes.subarray(0, 16).toString("latin1"));
  const separator = separators.find((each) => each === told?.[1]);
  if (told !== null && separator !== undefined) return { separator, skip: told[0].length };
  const row = firstRow(bytes);
  if (row === null && !isAll) return null;
  const found = separators.filter((each) => (row ?? outsideQuotes(bytes)).includes(each));
  const [only, ...others] = found;
  return { separator: only !== undefined && others.length === 0 ? only : ",", skip: 0 };
}

/** What of the first row is not quoted. */
function firstRow(bytes: Buffer): string | null {
  const bare = outsideQuotes(bytes).replace(/^[\r\n]+/, "");
  const end = bare.search(/[\r\n]/);
  return end < 0 ? null : bare.slice(0, end);
}

function outsideQuotes(bytes: Buffer): string {
  return bytes.toString("latin1").replace(/"[^"]*("|$)/g, "");
}
