import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { strikeOnMondays } from "./strike.ts";
import { type TwoBots, twoBots } from "./two-bots.ts";

/** Several times what a process needs here. Its young part is beside that figure, and kept small. */
const HEAP = "--max-old-space-size=512 --max-semi-space-size=4";

let world: TwoBots;
beforeAll(async () => {
  const leak = path.join(import.meta.dirname, "leak-on-signal.ts");
  world = await twoBots({ env: { NODE_OPTIONS: `${HEAP} --import=${leak}` } });
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
        // The signal came before anything could listen.
        if (status === null) return expect(bot.process.said()).not.toMatch(/"msg":"started"/);
        expect(status).toBe(1);
        expect(bot.process.said()).toMatch(
          /"of":"heap","usedMiB":\d+,"limitMiB":\d+.*memory_short/,
        );
        ended++;
      },
    });
    expect(ended).toBeGreaterThan(0);
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
    expect(told).toBeGreaterThan(0);
    run.saw(`${told} aborted by V8 at the limit of the heap, 0 lost, 0 twice. ${spread}`);
  },
);
