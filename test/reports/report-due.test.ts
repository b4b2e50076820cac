import "../../src/bot/index.ts";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { startSchedules } from "../../src/reports/index.ts";
import { claimSignalLinks } from "../../src/reports/report-signals.ts";
import { claimRun } from "../../src/reports/run-store.ts";
import { claimDue } from "../../src/reports/schedules.ts";
import { one } from "../support/rows.ts";
import {
  aRun,
  NINE,
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
});
afterEach(() => world.stop());

const before = NINE.subtract({ minutes: 5 });
const start = (at: Temporal.Instant, context = world.context) =>
  startSchedules(world.database.db, context, at);
const periods = () =>
  world.database.db.rows(
    z.object({ period: z.string() }),
    "SELECT period::text FROM run WHERE report = 'scorecard' ORDER BY period",
  );
const nextAt = () =>
  one(
    world.database.db,
    z.object({ next: z.string() }),
    "SELECT next_at AS next FROM schedule WHERE report = 'scorecard'",
  );

describe("a scorecard that is due", () => {
  test("is claimed by one of two processes, each channel once however often it is named", async () => {
    await start(before);
    await Promise.all([claimDue(world.context, NINE), claimDue(world.replica, NINE)]);
    await claimDue(world.context, NINE);
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "pending" });
    expect(await periods()).toEqual([{ period: "2026-11-09" }]);
  });

  test("after weeks of downtime is told once, for the latest week", async () => {
    await start(before.subtract({ hours: 24 * 7 * 3 }));
    const monday = NINE.add({ hours: 50 });
    await start(monday);
    await claimDue(world.context, monday);
    await claimDue(world.context, monday);
    expect(await periods()).toEqual([{ period: "2026-11-09" }]);
    expect(await nextAt()).toEqual({ next: "2026-11-23T09:00:00Z" });
  });

  test("stays due when its rule was changed while the program was down", async () => {
    await start(before);
    const { scorecard } = world.context;
    const changed = { ...scorecard, rule: { ...scorecard.rule, wallTime: "08:00" } };
    await start(NINE.add({ hours: 3 }), { ...world.context, scorecard: changed });
    await claimDue(world.context, NINE.add({ hours: 3 }));
    expect(await periods()).toEqual([{ period: "2026-11-09" }]);
  });

  test("comes in time although the clock was once a year ahead", async () => {
    await start(before.add({ hours: 24 * 365 }));
    await start(before);
    expect(await nextAt()).toEqual({ next: "2026-11-16T09:00:00Z" });
  });

  test("replaces the one of the week before that was never posted", async () => {
    await start(before.subtract({ hours: 24 * 7 }));
    await claimDue(world.context, NINE.subtract({ hours: 24 * 7 }));
    // Cut off in its post, and nobody has taken it up since.
    await world.database.db.run(
      "UPDATE delivery SET channel = 'slack:C0OLD', state = 'sending', lease_until = now() - interval '1 day'",
    );
    await claimDue(world.context, NINE);
    expect(await stateIn(world, "slack:C0OLD")).toMatchObject({
      state: "dead",
      fault: "superseded",
    });
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "pending" });
  });
});

const run = z.object({ failures: z.number(), built: z.boolean() });
const scorecardRun = () =>
  one(
    world.database.db,
    run,
    "SELECT failures, told IS NOT NULL AS built FROM run WHERE report = 'scorecard'",
  );

describe("a scorecard that cannot be built", () => {
  beforeEach(async () => {
    await start(before);
    await world.database.db.run("ALTER TABLE bot.cell RENAME TO cell_away");
  });

  test("holds up nothing else and is not tried every second", async () => {
    await aRun(world, ["slack:C0LEAD"]);
    await tick(world.context);
    expect(posts(world, "C0LEAD")).toBe(1);
    await tick(world.context);
    expect(await scorecardRun()).toEqual({ failures: 1, built: false });
  });

  test("is told with what there is after the third failure", async () => {
    for (let i = 0; i < 3; i++) {
      await tick(world.context);
      await timePasses(world);
    }
    expect(await scorecardRun()).toEqual({ failures: 2, built: true });
    expect(posts(world, "C0ALL")).toBe(1);
  });
});

test("two processes that build at once post one scorecard", async () => {
  await start(before);
  await Promise.all([tick(world.context), tick(world.replica)]);
  await tick(world.context);
  expect(posts(world, "C0ALL")).toBe(1);
});

test("the line that leads to a signal is made up for after a crash, once and by its name at the time", async () => {
  await start(before);
  await tick(world.context);
  const answer = { metric: "adoption_rate", name: "Adoption Rate" };
  await claimRun(world.database.db, {
    report: "signal/7",
    period: "2026-11-09",
    dueAt: NINE,
    now: NINE,
    told: { kind: "signal", signalId: 7, answer, team: "PRD", sensitive: false },
    channels: [{ channel: "slack:C0LEAD", parent: null }],
  });
  await world.database.db.run(
    "UPDATE delivery SET state = 'sent', message_id = '1.2' WHERE channel = 'slack:C0LEAD'",
  );
  // Slack has no such message, and refuses the link: the line stands without.
  await tick(world.context);
  await claimSignalLinks(world.context, NINE);
  await tick(world.context);
  const said = world.slack.messages("C0ALL").map(({ text }) => text);
  expect(said).toHaveLength(2);
  expect(said[1]).toContain("Adoption Rate");
});
