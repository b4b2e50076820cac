/** RESULTS.md: each section stands between its own mark and the next, and is replaced as a whole. */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import path from "node:path";
import { markdown, type Table } from "./figures.ts";

const file = path.join(import.meta.dirname, "RESULTS.md");
const HEAD =
  "# Measurements\n\nWritten by `npm run bench -- --keep`, section by section. Believe ratios within a run; times belong to the machine.\n\n";
const mark = (name: string): string => `<!-- ${name} -->\n`;

/** `order` are the names of all sections. */
export function keepSection(
  order: readonly string[],
  name: string,
  tables: readonly Table[],
): void {
  const text = readFileSync(file, "utf8");
  const machine = `Node ${process.version.slice(1)}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB.`;
  const fresh = [`${machine}\n`, ...tables.map(markdown)].join("\n");
  const bodies = order.map((each) => (each === name ? fresh : sectionOf(text, order, each)));
  const kept = order.flatMap((each, i) => (bodies[i] ? [`${mark(each)}${bodies[i]}`] : []));
  writeFileSync(file, HEAD + kept.join("\n"));
}

/** What stands between the mark of a section and the next one; null: it was never kept. */
function sectionOf(text: string, order: readonly string[], name: string): string | null {
  const [, after] = text.split(mark(name));
  if (after === undefined) return null;
  const ends = order.map((each) => after.indexOf(mark(each))).filter((at) => at >= 0);
  return after.slice(0, Math.min(...ends, after.length)).replace(/\n+$/, "\n");
}
