import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { strikeOnMondays } from "./strike.ts";
import { type TwoBots, twoBots } from "./two-bots.ts";

/** Twice what a process needs that has just started. */
const HEAP_MIB = 256;

let world: TwoBots;
beforeAll(async () => {
  const leak = path.join(import.meta.dirname, "leak-on-signal.ts");
  const options = `--max-old-space-size=${HEAP_MIB} --import=${leak}`;
  world = await twoBots({ env: { NODE_OPTIONS: options } });
}, 120_000);
afterAll(() => world?.stop());

faultTest(
  46,
  "a process whose memory runs short says so, ends by itself with what was under way, and loses nothing",
  async (run) => {
    let ended = 0;
    const spread = await strikeOnMondays(world, run, {
      signal: "SIGUSR2",
      passes: true,
      ended: (bot, status) => {
        // Null: the signal came before anything could listen.
        expect([1, null], bot.process.said()).toContain(status);
        if (status === null) return;
        expect(bot.process.said()).toMatch(
          /"of":"heap","usedMiB":\d+,"limitMiB":\d+.*memory_short/,
        );
        ended++;
      },
    });
    run.saw(`${ended} ended with status 1 and a line in their log, 0 lost, 0 twice. ${spread}`);
  },
);

faultTest(
  46,
  "a process whose memory is gone at once is aborted, at any step, and nothing is lost or said twice",
  async (run) => {
    let told = 0;
    const spread = await strikeOnMondays(world, run, {
      signal: "SIGQUIT",
      passes: true,
      ended: (bot, status) => {
        expect(status).toBe(null);
        if (/JavaScript heap out of memory/.test(bot.process.said())) told++;
      },
    });
    run.saw(`${told} aborted by V8 at the limit of the heap, 0 lost, 0 twice. ${spread}`);
  },
);
