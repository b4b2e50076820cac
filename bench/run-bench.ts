/**
 * `npm run bench [-- <section>...] [--keep]`: prints the measurements, and with `--keep` puts them
 * into RESULTS.md. Believe ratios within a run; times belong to the machine.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import path from "node:path";
import { benchAnswers } from "./answers.ts";
import { benchCards } from "./cards.ts";
import { markdown, type Table } from "./figures.ts";
import { benchMemory } from "./memory.ts";

const sections: Readonly<Record<string, () => Promise<Table[]>>> = {
  cards: benchCards,
  memory: benchMemory,
  answers: benchAnswers,
};

const words = process.argv.slice(2);
const keep = words.includes("--keep");
const named = words.filter((word) => word !== "--keep");
const unknown = named.find((word) => !Object.hasOwn(sections, word));
if (unknown !== undefined || (keep && named.length > 0)) {
  console.error(`usage: npm run bench [-- ${Object.keys(sections).join(" | ")}], or -- --keep`);
  process.exit(2);
}

const tables: Table[] = [];
for (const [name, run] of Object.entries(sections)) {
  if (named.length > 0 && !named.includes(name)) continue;
  for (const table of await run()) {
    tables.push(table);
    console.log(markdown(table));
  }
}
if (keep) {
  const machine = `Node ${process.version.slice(1)}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB.`;
  const head = `# Measurements\n\nWritten by \`npm run bench -- --keep\`. ${machine} Believe ratios within a run; times belong to the machine.\n`;
  const file = path.join(import.meta.dirname, "RESULTS.md");
  writeFileSync(file, [head, ...tables.map(markdown)].join("\n"));
}
