import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect } from "vitest";
import { type Jobs, startJobs } from "../../src/jobs/index.ts";
import { silentLog } from "../../src/log.ts";
import { reportDue, reportJobs } from "../../src/reports/index.ts";
import { faultTest } from "../support/fault-test.ts";
import { aRun, now, posts, type Reporting, reporting, stateIn } from "./reporting.ts";

let world: Reporting;
let jobs: Jobs;
beforeEach(async () => {
  world = await reporting();
  jobs = await startJobs(world.database.url, reportJobs(world.context, now), silentLog);
});
afterEach(async () => {
  world.slack.faults.clear();
  await jobs.stop();
  await world.stop();
});

const tick = (): Promise<void> => reportDue(world.context, jobs, now);

/** Says a line in a channel and waits for it; milliseconds from the moment that it was to be said. */
async function posted(channel: string): Promise<number> {
  const before = posts(world, channel);
  const began = performance.now();
  await aRun(world, [`slack:${channel}`]);
  await tick();
  await world.slack.waitFor(() => posts(world, channel) > before, 60_000);
  return performance.now() - began;
}

const middle = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

faultTest(4, "a channel that is limited keeps no other waiting", async (run) => {
  const half = Math.ceil(run.cases / 2);
  const free: number[] = [];
  for (let i = 0; i < half; i++) free.push(await posted("C0LEAD"));
  const limit = { kind: "limited", retryAfterS: 60, channel: "C0ALL" } as const;
  world.slack.faults.always("chat.postMessage", limit);
  const beside: number[] = [];
  for (let i = 0; i < half; i++) {
    await aRun(world, ["slack:C0ALL"]);
    beside.push(await posted("C0LEAD"));
    run.tried(2);
  }
  await expect.poll(() => world.slack.faults.count("chat.postMessage")).toBe(half);
  expect(posts(world, "C0ALL")).toBe(0);
  const more = middle(beside) - middle(free);
  if (run.isFull) expect(more).toBeLessThan(200);
  run.saw(
    `the other channel after ${middle(free).toFixed(0)} ms at the median alone, ${middle(beside).toFixed(0)} ms beside ${half} that were limited`,
  );
});

faultTest(26, "one report that hangs keeps no other from being on time", async (run) => {
  const others = ["C0LEAD", "C0GTM"];
  world.slack.faults.always("chat.postMessage", { kind: "hang", channel: "C0ALL" });
  await aRun(world, ["slack:C0ALL"]);
  const began = performance.now();
  for (let i = 1; i < run.cases; i++) await aRun(world, [`slack:${others[i % 2]}`]);
  await tick();
  const all = () => others.reduce((sum, channel) => sum + posts(world, channel), 0);
  await world.slack.waitFor(() => all() === run.cases - 1, 120_000);
  const seconds = (performance.now() - began) / 1_000;
  expect(posts(world, "C0ALL")).toBe(0);
  expect(await stateIn(world, "slack:C0ALL")).not.toMatchObject({ state: "sent" });
  run.tried(run.cases);
  run.saw(`${all()} of ${run.cases} within ${seconds.toFixed(1)} s, one hung`);
});
