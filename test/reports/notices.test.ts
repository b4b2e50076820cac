import "../../src/bot/index.ts";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { endTrouble, reportTrouble } from "../../src/reports/index.ts";
import { claimDue, startSchedules } from "../../src/reports/schedules.ts";
import {
  aRun,
  NINE,
  notices,
  posts,
  type Reporting,
  reporting,
  tick,
  timePasses,
} from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

function archive(id: string, archived: boolean): void {
  const channel = world.slack.state().channels.find((one) => one.id === id);
  if (channel === undefined) throw new Error(`no channel ${id}`);
  channel.archived = archived;
}

/** Ticks until nothing changes any more: it fails, is noticed, told, and the telling is posted. */
async function someTicks(at = NINE, context = world.context): Promise<void> {
  for (let ticks = 0; ticks < 4; ticks++) {
    await tick(context, at);
    await timePasses(world);
  }
}

describe("a channel into which nothing can be posted", () => {
  beforeEach(async () => {
    await aRun(world, ["slack:C0OVER"]);
    await someTicks();
  });

  test("is told to the owner once, with the next step, however long it lasts", async () => {
    await someTicks();
    expect(notices(world)).toHaveLength(1);
    expect(notices(world)[0]).toMatch(
      /^Something needs you\. Nothing can be posted in slack:C0OVER: the channel is archived\. Since Mon 16 Nov 2026, 08:5\d UTC\. Unarchive it, or name another in kpi\.yaml\.$/,
    );
  });

  test("says in the same message when it was over, and is told anew when it comes back", async () => {
    archive("C0OVER", false);
    await someTicks(NINE.add({ minutes: 20 }));
    expect(posts(world, "C0OVER")).toBe(1);
    expect(notices(world)).toHaveLength(1);
    expect(notices(world)[0]).toMatch(
      /^It works again\. Nothing could be posted in slack:C0OVER: .* From .* to Mon 16 Nov 2026, 09:20 UTC; it is over\.$/,
    );
    archive("C0OVER", true);
    await aRun(world, ["slack:C0OVER"]);
    await someTicks(NINE.add({ hours: 1 }));
    expect(notices(world)).toHaveLength(2);
  });

  test("is the same trouble when the next week's report takes the place of what waits", async () => {
    const { scorecard } = world.context;
    const archived = { ...world.context, scorecard: { ...scorecard, channels: ["slack:C0OVER"] } };
    const nextWeek = NINE.add({ hours: 24 * 7 });
    await startSchedules(world.database.db, archived, NINE);
    await world.database.db.run("UPDATE run SET report = 'scorecard'");
    await claimDue(archived, nextWeek);
    await someTicks(nextWeek, archived);
    expect(notices(world)).toHaveLength(1);
  });
});

test("what fails in the same moment is told in one message", async () => {
  await aRun(world, ["slack:C0OVER", "slack:C0EXT", "slack:C0GONE", "slack:C0ALL"]);
  await someTicks();
  expect(notices(world)).toHaveLength(1);
  for (const channel of ["C0OVER", "C0EXT", "C0GONE"])
    expect(notices(world)[0]).toContain(`Nothing can be posted in slack:${channel}`);
  expect(notices(world)[0]).not.toContain("C0ALL");
});

test("a limit of a minute is nobody's news, and one of an hour is told once it can be", async () => {
  await aRun(world, ["slack:C0ALL"]);
  world.slack.faults.always("chat.postMessage", { kind: "limited", retryAfterS: 30 });
  await tick(world.context);
  await tick(world.context);
  expect(await open()).toEqual([]);
  await timePasses(world);
  await someTicks();
  expect(await open()).toEqual(["platform/slack"]);
  world.slack.faults.clear();
  await someTicks();
  expect(notices(world)).toHaveLength(1);
  expect(notices(world)[0]).toContain("Nothing could be posted on Slack: the platform asks us");
});

test("a post that is given up is told where the outage is told", async () => {
  await aRun(world, ["slack:C0ALL"]);
  world.slack.faults.always("conversations.info", { kind: "status", status: 503 });
  for (let ticks = 0; ticks < 10; ticks++) {
    await tick(world.context);
    await timePasses(world);
  }
  expect(notices(world)).toHaveLength(1);
  const [id = ""] = await deliveries("slack:C0ALL");
  expect(notices(world)[0]).toContain("Nothing can be posted on Slack: the platform is failing");
  expect(notices(world)[0]).toContain(`/kpi runs resend ${id.slice(0, 6)}`);
});

test("a notice that cannot be posted makes no notice of its own", async () => {
  await aRun(world, ["slack:C0OVER"]);
  world.slack.faults.always("conversations.open", { kind: "error", error: "missing_scope" });
  await someTicks();
  await someTicks();
  expect(notices(world)).toEqual([]);
  expect(await open()).toEqual(["channel/slack:C0OVER"]);
});

test("without an owner nothing is posted, and the trouble is known all the same", async () => {
  await aRun(world, ["slack:C0OVER"]);
  await someTicks(NINE, { ...world.context, owner: null });
  expect(notices(world)).toEqual([]);
  expect(await open()).toEqual(["channel/slack:C0OVER"]);
});

test("a report that cannot be built is told, and over when it is built", async () => {
  await startSchedules(world.database.db, world.context, NINE.subtract({ hours: 1 }));
  await world.database.db.run("ALTER TABLE bot.signal RENAME TO signal_away");
  await claimDue(world.context, NINE);
  for (let builds = 0; builds < 3; builds++) {
    await tick(world.context);
    await timePasses(world);
  }
  await someTicks();
  expect(notices(world)).toHaveLength(1);
  expect(notices(world)[0]).toContain("The scorecard of 2026-W46 is not there: building it fails.");
  await world.database.db.run("ALTER TABLE bot.signal_away RENAME TO signal");
  await someTicks();
  expect(notices(world)[0]).toContain("It works again.");
});

test("what another part of the program reports is told in the same way", async () => {
  const { db } = world.database;
  const subject = { kind: "sources" } as const;
  await reportTrouble(db, { subject, code: "source_unreachable", since: NINE.toString() });
  await someTicks();
  expect(notices(world)[0]).toContain("The sources were not loaded");
  expect(await endTrouble(db, subject, NINE.add({ hours: 1 }))).toBe(true);
  await someTicks();
  expect(notices(world)).toHaveLength(1);
  expect(notices(world)[0]).toContain("it is over");
});

test("two processes tell the owner once", async () => {
  await aRun(world, ["slack:C0OVER"]);
  for (let ticks = 0; ticks < 4; ticks++) {
    await Promise.all([tick(world.context), tick(world.replica)]);
    await timePasses(world);
  }
  expect(notices(world)).toHaveLength(1);
});

test("a lost answer to the notice itself is looked up, and not said twice", async () => {
  await aRun(world, ["slack:C0OVER"]);
  world.slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
  await someTicks();
  expect(notices(world)).toHaveLength(1);
});

test("of a post about which nobody knows the owner is told how to resend it", async () => {
  await aRun(world, ["slack:C0ALL"]);
  world.slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
  world.slack.faults.always("conversations.history", { kind: "error", error: "missing_scope" });
  await someTicks();
  expect(posts(world, "C0ALL")).toBe(1);
  expect(notices(world)[0]).toContain("Nobody knows whether line/");
});

async function open(): Promise<string[]> {
  const rows = await world.database.db.rows(
    z.object({ about: z.string() }),
    "SELECT about FROM trouble WHERE over_at IS NULL ORDER BY about",
  );
  return rows.map((row) => row.about);
}

async function deliveries(channel: string): Promise<string[]> {
  const rows = await world.database.db.rows(
    z.object({ id: z.string() }),
    "SELECT id FROM delivery WHERE channel = $1 ORDER BY id",
    [channel],
  );
  return rows.map((row) => row.id);
}
