import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect } from "vitest";
import { faultTest } from "../support/fault-test.ts";
import { aRun, postEverywhere, posts, type Reporting, reporting, timePasses } from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

const channels = ["C0ALL", "C0LEAD", "C0GTM"];
const everywhere = (): number => channels.reduce((sum, channel) => sum + posts(world, channel), 0);
/** For what stands around the one call that hangs. */
const BESIDE_MS = 2_000;

faultTest(
  7,
  "a post that hangs, before or after it is accepted, or drips, is given up in time and said once",
  async (run) => {
    let slowest = 0;
    let expected = 0;
    while (expected < run.cases) {
      await aRun(
        world,
        channels.map((channel) => `slack:${channel}`),
      );
      const { faults } = world.slack;
      faults.next("chat.postMessage", { kind: "hang", channel: "C0ALL" });
      faults.next("chat.postMessage", { kind: "hang", channel: "C0LEAD", afterEffect: true });
      // Never silent for long, and never done.
      faults.next("chat.postMessage", { kind: "slow", channel: "C0GTM", bytesPerSecond: 5 });
      const began = performance.now();
      expect(await postEverywhere(world.context)).toBe(0);
      slowest = Math.max(slowest, performance.now() - began);
      await timePasses(world);
      expect(await postEverywhere(world.replica)).toBe(channels.length);
      expected += channels.length;
      expect(everywhere()).toBe(expected);
      run.tried(channels.length);
    }
    if (run.isFull) expect(slowest).toBeLessThan(10_000 + BESIDE_MS);
    run.saw(
      `each given up after ${(slowest / 1_000).toFixed(1)} s at most, with all that stands around the call; each message stands once`,
    );
  },
);
