/**
 * `npm run bench [-- <section>...] [--keep]`: prints the measurements, and with `--keep` puts them
 * into RESULTS.md, in the place of those of the same sections. Believe ratios within a run; times
 * belong to the machine. After `scale` sizes may follow, such as `50M`.
 */
import { benchAnswers } from "./answers.ts";
import { benchCards } from "./cards.ts";
import { markdown, type Table } from "./figures.ts";
import { keepSection } from "./keep-section.ts";
import { benchMemory } from "./memory.ts";
import { benchScale } from "./scale.ts";
import { benchSensitive } from "./sensitive.ts";

const words = process.argv.slice(2);
const isSize = (word: string): boolean => /^[1-9]\d*M$/.test(word);

const sections: Readonly<Record<string, () => Promise<Table[]>>> = {
  cards: benchCards,
  memory: benchMemory,
  answers: benchAnswers,
  sensitive: benchSensitive,
  scale: () => benchScale(words.filter(isSize)),
};

const keep = words.includes("--keep");
const named = words.filter((word) => word !== "--keep" && !isSize(word));
const strayed = words.some(isSize) && !named.includes("scale");
if (strayed || named.some((word) => !Object.hasOwn(sections, word))) {
  console.error(
    `usage: npm run bench [-- ${Object.keys(sections).join(" | ")} [<millions>M ...]] [--keep]`,
  );
  process.exit(2);
}

for (const [name, run] of Object.entries(sections)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const tables = await run();
  for (const table of tables) console.log(markdown(table));
  if (keep) keepSection(Object.keys(sections), name, tables);
}
