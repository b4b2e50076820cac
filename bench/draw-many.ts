/** Draws as many cards as it is told, four in flight, and says its memory after every so many. */
import { drawTrend } from "../src/render/index.ts";
import { nthCard } from "./nth-card.ts";

const [many = 0, every = 1] = process.argv.slice(2).map(Number);
let next = 0;
let drawn = 0;
const worker = async (): Promise<void> => {
  while (next < many) {
    await drawTrend(nthCard(next++));
    if (++drawn % every === 0) console.log(drawn, process.memoryUsage.rss() / 1e6);
  }
};
await Promise.all(Array.from({ length: 4 }, worker));
