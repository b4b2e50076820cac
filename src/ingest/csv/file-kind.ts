import type { Buffer } from "node:buffer";

/** What a file is that somebody has taken for a CSV file. */
export type OtherFile = "gzip" | "zip" | "old_excel" | "pdf" | "parquet" | "web_page" | "json";

const beginnings: readonly [bytes: string, file: OtherFile][] = [
  ["\x1f\x8b", "gzip"],
  ["PK\x03\x04", "zip"],
  ["\xd0\xcf\x11\xe0", "old_excel"],
  ["%PDF-", "pdf"],
  ["PAR1", "parquet"],
];

/** By how it begins; null where nothing speaks against CSV. */
export function otherFile(bytes: Buffer): OtherFile | null {
  const begins = bytes.subarray(0, 512).toString("latin1");
  const known = beginnings.find(([start]) => begins.startsWith(start));
  if (known !== undefined) return known[1];
  if (/^\s*<(!doctype|html|\?xml)/i.test(begins)) return "web_page";
  return /^\s*(\{\s*"|\[\s*[{["])/.test(begins) ? "json" : null;
}
