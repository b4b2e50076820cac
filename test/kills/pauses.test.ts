import { afterAll, beforeAll } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { expectToldOnce, forgetAll } from "./monday.ts";
import { asleepAt, sayWithPause, wokenAt } from "./pause.ts";
import { type TwoBots, twoBots } from "./two-bots.ts";

let world: TwoBots;
beforeAll(async () => {
  world = await twoBots();
}, 120_000);
afterAll(() => world?.stop());

faultTest(
  21,
  "a process that sleeps past its lease and wakes at any step of the other's leaves one message",
  async (run) => {
    for (let i = 0; i < run.cases; i++) {
      const asleep = asleepAt[i % asleepAt.length];
      // All pairs come, for the numbers of places have no divisor in common.
      const woken = wokenAt[i % wokenAt.length];
      if (asleep === undefined || woken === undefined) throw new Error("no place");
      await sayWithPause(world, `paused/${i}`, { asleep, woken });
      await expectToldOnce(world);
      await forgetAll(world);
      run.tried(1);
    }
    run.saw(
      `${asleepAt.length} places to fall asleep, ${wokenAt.length} to wake: 0 stood twice, 0 lost`,
    );
  },
);
