import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect, test } from "vitest";
import { startSchedules } from "../../src/reports/index.ts";
import { completeThrough } from "../support/rows.ts";
import { loadSignUps } from "../support/sign-ups.ts";
import {
  NINE,
  now,
  posts,
  type Reporting,
  reporting,
  stateIn,
  tick,
  timePasses,
} from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
  await loadSignUps(world.database.db);
});
afterEach(() => world.stop());

const signUps = "weekly_sign_ups";

const frontDoor = {
  code: "C.2.9",
  name: "Front Door",
  what: "How people come in.",
  parent: signUps,
  owners: ["GTM"],
  metrics: [signUps],
};

/** A team with a channel and a driver of its own, and a scorecard of one metric that has data. */
async function start(holdUntil: string | null = null) {
  const { context, database } = world;
  const teams = new Map([["GTM", { channels: ["slack:C0GTM"], mention: null }]]);
  const channels = ["slack:C0LEAD", "slack:C0ALL"];
  const scorecard = { ...context.scorecard, channels, metrics: [signUps], holdUntil };
  const catalogue = { ...context.metrics.catalogue, drivers: [frontDoor] };
  const metrics = { ...context.metrics, catalogue };
  world = { ...world, context: { ...context, metrics, teams, scorecard } };
  await startSchedules(database.db, world.context, NINE.subtract({ minutes: 1 }));
}

const said = (channel: string): string =>
  world.slack
    .messages(channel)
    .map(({ text }) => text)
    .join("\n");

test("a team's channel gets its own metrics, says that none of them is a signal, and leads to the scorecard", async () => {
  await start();
  await tick(world.context);
  // Not before the scorecard stands, to which it leads.
  await timePasses(world);
  await tick(world.context);
  expect(posts(world, "C0ALL")).toBe(1);
  expect(posts(world, "C0GTM")).toBe(1);
  expect(said("C0GTM")).toContain("GTM 2026-W46");
  expect(said("C0GTM")).toContain("No signal in yours.");
  expect(said("C0GTM")).toContain("1 driver: 1 too few tested.");
  expect(said("C0GTM")).toContain("C.2.9 Front Door: too few tested, 1 metric.");
  const [post] = world.slack.messages("C0GTM");
  const blocks = JSON.stringify(post?.blocks);
  expect(blocks).toContain("The scorecard of all teams");
  // Not to the leaders' channel, which the team cannot open.
  expect(blocks).toContain("/archives/C0ALL/");
});

test("a team's post waits for a scorecard that another process is just claiming, or was cut off at", async () => {
  await start();
  const { db } = world.replica.metrics;
  await db.transaction(async (sql) => {
    await sql.run("SELECT FROM schedule WHERE report = 'scorecard' FOR UPDATE");
    await tick(world.context);
    expect(await stateIn(world, "slack:C0GTM")).toMatchObject({ state: "pending" });
  });
  for (let i = 0; i < 2; i++) {
    await timePasses(world);
    await tick(world.context);
  }
  expect(said("C0GTM")).toContain("Weekly Sign-ups");
});

test("a scorecard whose data are late is held, and told with what there is when its time is over", async () => {
  await completeThrough(world.database.db, "2026-11-15T00:00:00Z");
  await start("11:00");
  await tick(world.context);
  expect(posts(world, "C0ALL")).toBe(0);
  await timePasses(world);
  await tick(world.context, NINE.add({ hours: 2 }));
  expect(said("C0ALL")).toContain("1 late (Weekly Sign-ups)");
  expect(said("C0ALL")).toContain(
    "Late: due Mon 16 Nov 2026, 09:00 UTC, told Mon 16 Nov 2026, 11:00 UTC.",
  );
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "sent" });
});

test("a scorecard that is held is told as soon as the data are there", async () => {
  await completeThrough(world.database.db, "2026-11-15T00:00:00Z");
  await start("11:00");
  await tick(world.context);
  await completeThrough(world.database.db, "2026-11-16T00:00:00Z");
  await timePasses(world);
  await tick(world.context, NINE.add({ minutes: 20 }));
  expect(said("C0ALL")).not.toContain("late");
  expect(posts(world, "C0ALL")).toBe(1);
  expect(now().equals(NINE)).toBe(true);
});
