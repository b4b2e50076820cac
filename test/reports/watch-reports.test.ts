import "../../src/bot/index.ts";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startDiscordSandbox } from "../../sandbox/discord/index.ts";
import { discordOverRest, slackOverRest } from "../../src/bot/index.ts";
import { silentLog } from "../../src/log.ts";
import type { ChatPort } from "../../src/message.ts";
import {
  type Missing,
  missingNow,
  startSchedules,
  tellMissing,
  type WatchNotice,
  type WatchState,
} from "../../src/reports/index.ts";
import { noteTick } from "../../src/reports/note-tick.ts";
import { claimDue } from "../../src/reports/schedules.ts";
import { faultTest } from "../support/fault-test.ts";
import { aRun, NINE, notices, type Reporting, reporting, tick, timePasses } from "./reporting.ts";

let world: Reporting;
let state: WatchState;
let port: ChatPort;
beforeEach(async () => {
  world = await reporting();
  state = inMemory();
  const opened = await slackOverRest("xoxb-reports", world.slack.apiUrl, silentLog);
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  port = opened.value;
});
afterEach(() => world.stop());

function inMemory(): WatchState {
  let kept: readonly WatchNotice[] = [];
  return {
    read: () => kept,
    write: (fresh) => {
      kept = structuredClone(fresh);
    },
  };
}

const voice = { locale: "en-GB", currency: "USD" };

/** One look of the timer's, as another process makes it. */
async function lookAt(at: Temporal.Instant, isAway = false): Promise<Missing[]> {
  const sql = isAway ? null : world.database.db;
  const missing = await missingNow(sql, world.context.scorecard, state.read(), at);
  const telling = { owner: "slack:U0OPS", port, state, timeZone: "UTC", voice };
  await tellMissing(telling, missing, at);
  return missing;
}

const kinds = (missing: readonly Missing[]) => missing.map(({ subject }) => subject.kind);

/** The database's clock, which is not ours to move: the rows are. */
async function minutesPass(minutes: number): Promise<void> {
  const { db } = world.database;
  const back = `- make_interval(mins => ${minutes})`;
  await db.run(`UPDATE scheduler SET ticked_at = ticked_at ${back}`);
  await db.run(`UPDATE delivery SET stored_at = stored_at ${back}`);
  await db.run(`UPDATE run SET next_build_at = next_build_at ${back}`);
}

/** A week whose scorecard is due at nine. */
const start = () => startSchedules(world.database.db, world.context, NINE.subtract({ hours: 1 }));

faultTest(
  53,
  "a scheduler that stops before Monday is told within 15 minutes, once",
  async (run) => {
    let slowest = 0;
    for (let offset = 0; offset < 5; offset++) {
      await world.database.db.run("TRUNCATE schedule, scheduler, trouble, delivery, run CASCADE");
      state = inMemory();
      const before = notices(world).length;
      await start();
      await noteTick(world.database.db);
      let toldAt: number | null = null;
      for (let minute = offset; minute <= 60; minute += 5) {
        await minutesPass(5);
        await lookAt(NINE.add({ minutes: minute }));
        const [, ...more] = notices(world).slice(before);
        const isMissingTold = notices(world).some(
          (text, i) => i >= before && text.includes("The scorecard has not come"),
        );
        if (toldAt === null && isMissingTold) toldAt = minute;
        expect(more.length).toBeLessThanOrEqual(1);
      }
      if (toldAt === null) throw new Error("nothing was told");
      slowest = Math.max(slowest, toldAt);
    }
    expect(slowest).toBeLessThanOrEqual(15);
    run.tried(1);
    run.saw(
      `stopped, and looked at every 5 minutes from each minute on: told ${slowest} minutes after the due time at the latest, once each`,
    );
  },
);

describe("a look from outside", () => {
  beforeEach(async () => {
    await start();
    await noteTick(world.database.db);
  });

  test("finds nothing while all is well, and posts nothing", async () => {
    expect(await lookAt(NINE.subtract({ minutes: 30 }))).toEqual([]);
    expect(notices(world)).toEqual([]);
  });

  test("tells a dead scheduler once, and in the same message when it lives again", async () => {
    await minutesPass(10);
    for (let looks = 0; looks < 3; looks++)
      expect(kinds(await lookAt(NINE.subtract({ minutes: 30 })))).toEqual(["scheduler"]);
    expect(notices(world)).toHaveLength(1);
    expect(notices(world)[0]).toContain("Start kpi serve");
    await noteTick(world.database.db);
    expect(await lookAt(NINE.subtract({ minutes: 20 }))).toEqual([]);
    expect(notices(world)).toHaveLength(1);
    expect(notices(world)[0]).toMatch(/^It works again\..*it is over\.$/);
    expect(state.read()).toEqual([]);
  });

  test("finds a report that is claimed and never built, but not one that waits for late data", async () => {
    await claimDue(world.context, NINE);
    expect(await lookAt(NINE.add({ minutes: 4 }))).toEqual([]);
    expect(await lookAt(NINE.add({ minutes: 10 }))).toMatchObject([
      { subject: { kind: "report", report: "scorecard" }, code: "late_build" },
    ]);
    const waiting = { ...world.context.scorecard, holdUntil: "11:00" };
    const at = (minutes: number) =>
      missingNow(world.database.db, waiting, [], NINE.add({ minutes }));
    expect(await at(124)).toEqual([]);
    expect(kinds(await at(126))).toEqual(["report"]);
  });

  test("finds it also where a clock that was ahead has claimed a later one", async () => {
    await claimDue(world.context, NINE);
    await world.database.db.run(`INSERT INTO run (report, filters_hash, period, due_at, claimed_at)
      VALUES ('scorecard', '', '2027-06-07', '2027-06-14T09:00Z', '2027-06-14T09:00Z')`);
    expect(kinds(await lookAt(NINE.add({ minutes: 10 })))).toEqual(["report"]);
  });

  test("finds a post that nobody takes up", async () => {
    await aRun(world, ["slack:C0ALL"]);
    expect(await lookAt(NINE)).toEqual([]);
    await minutesPass(11);
    await noteTick(world.database.db);
    expect(kinds(await lookAt(NINE))).toEqual(["delivery"]);
  });

  test("leaves out what the program itself has told", async () => {
    await aRun(world, ["slack:C0OVER"]);
    for (let ticks = 0; ticks < 4; ticks++) {
      await tick(world.context, NINE.subtract({ minutes: 20 }));
      await timePasses(world);
    }
    expect(notices(world)).toHaveLength(1);
    await minutesPass(30);
    await noteTick(world.database.db);
    expect(await lookAt(NINE.subtract({ minutes: 10 }))).toEqual([]);
  });

  test("tells a database that is away once, and does not take for over what it cannot see", async () => {
    await minutesPass(10);
    await lookAt(NINE);
    expect(kinds(await lookAt(NINE, true))).toEqual(["scheduler", "database"]);
    await lookAt(NINE, true);
    expect(notices(world)).toHaveLength(2);
    expect(notices(world)[0]).toContain("Something needs you");
    expect(notices(world)[1]).toContain("The database cannot be read");
    await noteTick(world.database.db);
    expect(await lookAt(NINE)).toEqual([]);
    for (const text of notices(world)) expect(text).toContain("It works again");
  });

  test("that was cut off after its post finds it, and does not post it again", async () => {
    await minutesPass(10);
    const before = structuredClone(state.read());
    await lookAt(NINE);
    const [told] = state.read();
    if (told === undefined) throw new Error("nothing was told");
    expect(before).toEqual([]);
    state.write([{ ...told, ref: null, said: null }]);
    await lookAt(NINE);
    expect(notices(world)).toHaveLength(1);
    expect(state.read()).toMatchObject([{ ref: { id: told.ref?.id } }]);
  });

  test("tells nothing where it cannot keep what it has told", async () => {
    await minutesPass(10);
    state.write = () => {
      throw new Error("disk full");
    };
    await expect(lookAt(NINE)).rejects.toThrow("disk full");
    expect(notices(world)).toEqual([]);
  });
});

test("an owner on Discord is told without a gateway", async () => {
  const user = "1200000000000000001";
  const discord = await startDiscordSandbox({
    botToken: "t",
    channels: [],
    users: [{ id: user, name: "ops" }],
    now: () => new Date(NINE.epochMilliseconds),
  });
  try {
    const opened = await discordOverRest("t", discord.apiUrl, silentLog);
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    const telling = { owner: `discord:${user}`, port: opened.value, state, timeZone: "UTC", voice };
    const since = NINE.toString();
    const missing: Missing[] = [{ subject: { kind: "scheduler" }, code: "not_ticking", since }];
    expect(await tellMissing(telling, missing, NINE)).toBeNull();
    expect(await tellMissing(telling, missing, NINE)).toBeNull();
    expect(discord.directMessages(user)).toHaveLength(1);
    expect(discord.connected()).toBe(0);
    expect(discord.problems()).toEqual([]);
  } finally {
    await discord.stop();
  }
});
