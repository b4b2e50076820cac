import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { strikeOnMondays } from "./strike.ts";
import { type TwoBots, twoBots } from "./two-bots.ts";

let world: TwoBots;
beforeAll(async () => {
  const thrower = path.join(import.meta.dirname, "reject-on-signal.ts");
  world = await twoBots({ env: { NODE_OPTIONS: `--import=${thrower}` } });
}, 120_000);
afterAll(() => world?.stop());

faultTest(
  44,
  "a rejection that nobody handles, at any step, is logged and ends the process with what was under way",
  async (run) => {
    let logged = 0;
    const spread = await strikeOnMondays(world, run, {
      signal: "SIGUSR2",
      passes: true,
      ended: (bot, status) => {
        // Null: the signal came before anything could listen.
        expect([1, null]).toContain(status);
        expect(bot.process.said()).not.toMatch(/not_drained/);
        if (/"origin":"\w+","error":"TypeError".*"crashed"/.test(bot.process.said())) logged++;
      },
    });
    run.saw(
      `each ended with status 1, ${logged} told of it by their log, 0 lost, 0 twice. ${spread}`,
    );
  },
);
