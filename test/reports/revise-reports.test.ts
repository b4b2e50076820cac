import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { refresh } from "../../src/metrics/index.ts";
import { startSchedules } from "../../src/reports/index.ts";
import { anAccount } from "../metrics/asked-company.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { loadSignUps } from "../support/sign-ups.ts";
import { NINE, posts, type Reporting, reporting, stateIn, tick, timePasses } from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
  await loadSignUps(world.database.db);
  const scorecard = { ...world.context.scorecard, metrics: ["weekly_sign_ups"] };
  world = { ...world, context: { ...world.context, scorecard } };
  await startSchedules(world.database.db, world.context, NINE.subtract({ minutes: 1 }));
});
afterEach(() => world.stop());

const said = (): string =>
  world.slack
    .messages("C0ALL")
    .map(({ text }) => text)
    .join("\n");

async function late(...accounts: string[]): Promise<void> {
  const { metrics } = world.context;
  const at = { signed_up_at: "2026-11-12T09:00Z" };
  await putRows(metrics.db, { accounts: accounts.map((id) => anAccount(id, at)) });
  await refresh(metrics.db, metrics.settings, metrics.catalogue, { full: true });
}

test("a value that moved is mended where it stands, with what was told first and what it is now", async () => {
  await tick(world.context);
  expect(said()).toContain("Weekly Sign-ups 7,");
  await late("late1");
  await tick(world.context);
  await late("late2");
  await tick(world.context);
  expect(posts(world, "C0ALL")).toBe(1);
  expect(said()).toContain("Restated since: Weekly Sign-ups was 7, now 9.");
  expect(said()).toContain("Weekly Sign-ups 9,");
});

test("what has not moved is not touched, however often it is refreshed", async () => {
  await tick(world.context);
  await late();
  await tick(world.context);
  const { db } = world.database;
  expect(await db.rows(z.object({ revision: z.number() }), "SELECT revision FROM run")).toEqual([
    { revision: 0 },
  ]);
  expect(said()).not.toContain("Restated");
});

test("a metric that was late stands in its row when it has come", async () => {
  const { db } = world.database;
  await completeThrough(db, "2026-11-15T00:00:00Z");
  await tick(world.context);
  expect(said()).toContain("1 late (Weekly Sign-ups)");
  await completeThrough(db, "2026-11-16T00:00:00Z");
  await late();
  await tick(world.context);
  expect(said()).toContain("Came late: Weekly Sign-ups, 7.");
  expect(said()).not.toContain("1 late");
});

test("an edit that fails is made later, and one of a message that is gone is left", async () => {
  await tick(world.context);
  world.slack.faults.next("chat.update", { kind: "status", status: 503 });
  await late("late1");
  await tick(world.context);
  expect(said()).not.toContain("Restated");
  await timePasses(world);
  await tick(world.context);
  expect(said()).toContain("now 8");
  world.slack.faults.next("chat.update", { kind: "error", error: "message_not_found" });
  await late("late2");
  await tick(world.context);
  await timePasses(world);
  await tick(world.context);
  expect(said()).toContain("now 8");
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({
    state: "sent",
    fault: "message_not_found",
  });
});

test("two processes that edit at once end on what is newest", async () => {
  await tick(world.context);
  await late("late1");
  await Promise.all([tick(world.context), tick(world.replica)]);
  await late("late2");
  await Promise.all([tick(world.replica), tick(world.context)]);
  expect(said()).toContain("Restated since: Weekly Sign-ups was 7, now 9.");
});
