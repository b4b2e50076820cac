import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { startSchedules } from "../../src/reports/index.ts";
import { anAccount } from "../metrics/asked-company.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { NINE, posts, type Reporting, reporting, tick, timePasses } from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
  const { context, database } = world;
  const scorecard = { ...context.scorecard, metrics: ["weekly_sign_ups"] };
  const teams = new Map([["PRD", { channels: ["slack:C0LEAD"], mention: null }]]);
  world = { ...world, context: { ...context, scorecard, teams } };
  await startSchedules(database.db, world.context, NINE.subtract({ minutes: 1 }));
});
afterEach(() => world.stop());

const MONDAY = Temporal.PlainDate.from("2026-11-16");

/** So many sign-ups in the week that ends at the Monday so many weeks after the first one. */
async function week(after: number, signUps: number): Promise<void> {
  const day = MONDAY.add({ weeks: after }).subtract({ days: 4 });
  const accounts = Array.from({ length: signUps }, (_, i) =>
    anAccount(`w${after}-${i}`, { signed_up_at: `${day}T09:00Z` }),
  );
  const { db } = world.database;
  await putRows(db, { accounts });
  await db.run("INSERT INTO dirty VALUES ('accounts', $1)", [day.toString()]);
}

/** The Monday so many weeks after the first one, its week complete. */
async function monday(after: number): Promise<void> {
  const date = MONDAY.add({ weeks: after });
  await completeThrough(world.database.db, `${date}T00:00:00Z`);
  const at = NINE.add({ hours: after * 7 * 24 });
  await tick(world.context, at);
  await timePasses(world);
  await tick(world.context, at);
}

const inTeam = () => world.slack.messages("C0LEAD").filter(({ text }) => text.includes("Sign-ups"));
const signalMessages = () => inTeam().filter(({ text }) => text.startsWith("Signal"));
const lines = () => {
  const [head] = signalMessages();
  return inTeam()
    .filter(({ threadTs }) => threadTs === head?.ts)
    .map(({ text }) => text);
};

test("a signal is one message, which says how it stands; its thread gets a line a week until it is over", {
  timeout: 240_000,
}, async () => {
  for (let back = -24; back < 0; back++) await week(back, 10 + (back % 3));
  await week(0, 45);
  await monday(0);
  expect(signalMessages()).toHaveLength(1);
  expect(signalMessages()[0]?.text).toContain("Weekly Sign-ups 45 in 2026-W46.");
  await week(1, 44);
  await monday(1);
  expect(lines()).toEqual([expect.stringContaining("Still open in 2026-W47: 44.")]);
  expect(signalMessages()[0]?.text).toContain("Still open in 2026-W47: 44.");
  const second = world.slack.messages("C0ALL").findLast(({ text }) => text.includes("2026-W47"));
  expect(second?.text).toContain("Still open: Weekly Sign-ups since 2026-W46.");
  // Linked to where it is discussed, which is the team's channel.
  const said = JSON.stringify(second?.blocks);
  expect(said).toContain("/archives/C0LEAD/");
  expect(said).toContain('"weekly_sign_ups by source week 2026-W47"');
  await week(2, 11);
  await monday(2);
  await week(3, 10);
  await monday(3);
  expect(lines()).toHaveLength(3);
  expect(lines()[2]).toContain("Over since 2026-W49: 10.");
  await week(4, 10);
  await monday(4);
  expect(lines()).toHaveLength(3);
  expect(signalMessages()).toHaveLength(1);
  expect(signalMessages()[0]?.text).toContain("Over since 2026-W49: 10.");
  expect(posts(world, "C0ALL")).toBe(5 + 1);
  const signals = z.object({ closed: z.string(), withdrawn: z.boolean() });
  expect(
    await world.database.db.rows(
      signals,
      "SELECT closed_week::text AS closed, withdrawn FROM signal",
    ),
  ).toEqual([{ closed: "2026-11-30", withdrawn: false }]);
});
