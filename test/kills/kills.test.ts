import { afterAll, beforeAll, expect, test } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { untilWaiting, whileLocked } from "./locked-table.ts";
import { beginMonday, expectToldOnce, forgetAll, untilTold } from "./monday.ts";
import { strikeOnMondays } from "./strike.ts";
import { type TwoBots, twoBots } from "./two-bots.ts";

let world: TwoBots;
beforeAll(async () => {
  world = await twoBots();
}, 120_000);
afterAll(() => world?.stop());

faultTest(
  1,
  "a process that is killed at any step leaves nothing unsaid, and nothing said twice",
  async (run) => {
    const spread = await strikeOnMondays(world, run, { signal: "SIGKILL", passes: false });
    run.saw(
      `two processes, each message stands once with its picture: 0 lost, 0 posted twice. Kills as a step was asked for, and as it was answered: ${spread}`,
    );
  },
);

/** `kpi serve` gives up what runs on after 20 s, and says so. */
const DRAINED_WITHIN_MS = 20_000;

faultTest(
  50,
  "a process that is told to stop at any step drains, and nothing is lost or said twice",
  async (run) => {
    let slowest = 0;
    const spread = await strikeOnMondays(world, run, {
      signal: "SIGTERM",
      passes: true,
      ended: (bot, status, ms) => {
        expect(bot.process.said()).not.toMatch(/not_drained|"msg":"crashed"/);
        // Null: the signal came before the program could hear it.
        expect([0, null]).toContain(status);
        slowest = Math.max(slowest, ms);
      },
    });
    if (run.isFull) expect(slowest).toBeLessThan(DRAINED_WITHIN_MS);
    run.saw(
      `0 lost, 0 posted twice, the slowest drained after ${(slowest / 1_000).toFixed(1)} s. ${spread}`,
    );
  },
);

test("a process that is told to stop while a report is being built rolls that back and ends in time", {
  timeout: 180_000,
}, async () => {
  const [bot, other] = world.bots;
  other.process.send("SIGTERM");
  await other.end();
  await forgetAll(world);
  await whileLocked(world, "cell", async () => {
    await beginMonday(world);
    await untilWaiting(world, "throughline work");
    bot.process.send("SIGTERM");
    expect(await bot.end()).toBe(0);
  });
  await Promise.all(world.bots.map((each) => each.start()));
  await untilTold(world);
  await expectToldOnce(world);
});
