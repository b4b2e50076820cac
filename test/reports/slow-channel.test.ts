import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect, test } from "vitest";
import { type Jobs, startJobs } from "../../src/jobs/index.ts";
import { silentLog } from "../../src/log.ts";
import { reportDue, reportJobs } from "../../src/reports/index.ts";
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

test("a post that hangs keeps no other channel waiting", async () => {
  world.slack.faults.next("chat.postMessage", { kind: "hang" });
  await aRun(world, ["slack:C0ALL"]);
  await tick();
  await expect.poll(() => world.slack.faults.count("chat.postMessage")).toBe(1);
  const began = performance.now();
  await aRun(world, ["slack:C0LEAD"]);
  await tick();
  await expect.poll(() => posts(world, "C0LEAD"), { timeout: 8_000 }).toBe(1);
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "sending" });
});
