import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { turnReadOnly } from "./failover.ts";
import { untilWaiting, whileLocked } from "./locked-table.ts";
import { beginMonday, expectToldOnce, untilTold } from "./monday.ts";
import { steps } from "./step.ts";
import { type TwoBots, twoBots } from "./two-bots.ts";

let world: TwoBots;
beforeAll(async () => {
  world = await twoBots();
}, 120_000);
afterAll(() => world?.stop());

/** Those that come once at least where nothing is killed or restated. */
const ofAnyMonday = steps.filter(
  (step) => !["look up", "revise", "record the edit"].includes(step),
);
/** As the row has it; a shorter lock is over as soon as somebody waits for it. */
const LOCKED_MS = 60_000;
/** After half a minute in which nobody could look for what is due, that is said. */
const waiting = /^(200 ready|503 not ready: scheduler silent)$/;

const patient = { timeout: 60_000, interval: 50 };
const readiness = (): Promise<string[]> =>
  Promise.all(
    world.bots.map(async (bot) => {
      const { admin } = await bot.process.started();
      const response = await fetch(`${admin}/readyz`);
      return `${response.status} ${(await response.text()).trim()}`;
    }),
  );
const haveEnded = (): boolean => world.bots.some(({ process }) => process.hasEnded());

faultTest(
  17,
  "a server that fails over in the middle of a Monday costs no message, and readiness says so",
  async (run) => {
    for (let i = 0; i < run.cases; i++) {
      const at = ofAnyMonday[i % ofAnyMonday.length];
      const met = Promise.withResolvers<void>();
      world.meet((_, { step, phase }) => {
        if (step === at && phase === "asked") met.resolve();
        return true;
      });
      await beginMonday(world);
      await met.promise;
      await turnReadOnly(world, "on");
      await expect
        .poll(readiness, patient)
        .toEqual(world.bots.map(() => expect.stringMatching(/^503 not ready: .*read_only/)));
      await turnReadOnly(world, "off");
      await expect.poll(readiness, patient).toEqual(world.bots.map(() => "200 ready"));
      for (const bot of world.bots) await world.outlive(bot);
      await untilTold(world);
      await expectToldOnce(world);
      run.tried(1);
    }
    world.meet(null);
    expect(haveEnded()).toBe(false);
    run.saw(
      "two processes, at one step after the other: not ready while it is read-only, 0 exits, 0 lost, 0 twice",
    );
  },
);

faultTest(
  18,
  "a table that is locked under a report holds it up and breaks nothing",
  async (run) => {
    for (let i = 0; i < run.cases; i++) {
      const table = ["delivery", "cell", "run"][i % 3] ?? "delivery";
      await beginMonday(world);
      await whileLocked(world, table, async () => {
        await untilWaiting(world, "throughline work");
        if (run.isFull) await wait(LOCKED_MS);
        const ready = run.isFull ? expect.stringMatching(waiting) : "200 ready";
        expect(await readiness()).toEqual(world.bots.map(() => ready));
      });
      await expect.poll(readiness, patient).toEqual(world.bots.map(() => "200 ready"));
      await untilTold(world);
      await expectToldOnce(world);
      run.tried(1);
    }
    expect(haveEnded()).toBe(false);
    run.saw(
      "told once when the lock was gone; readiness says meanwhile no more than that the scheduler is silent, and is back after it",
    );
  },
);
