/** The load of the sources comes by the clock, and what reports on the data waits for it. */
import "../../src/bot/index.ts";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { buildRun } from "../../src/reports/build-run.ts";
import {
  type LoadFault,
  type ReportContext,
  type ReportSources,
  startSchedules,
  type ToldLoad,
} from "../../src/reports/index.ts";
import { claimDue } from "../../src/reports/schedules.ts";
import { failed, ok } from "../../src/result.ts";
import { one } from "../support/rows.ts";
import { NINE, posts, type Reporting, reporting, tick, timePasses } from "./reporting.ts";

let world: Reporting;
let context: ReportContext & { sources: ReportSources };
/** When it was asked to load; the first of `faults` is what becomes of the next. */
let loads: string[];
let faults: LoadFault[];

const brought: ToldLoad = { kind: "load", from: "exports", tables: [] };
const broken: LoadFault = { kind: "failed", code: "source_unreadable_file", about: "ENOENT" };

beforeEach(async () => {
  world = await reporting();
  loads = [];
  faults = [];
  context = { ...world.context, sources: sourcesAt("06:00") };
});
afterEach(() => world.stop());

function sourcesAt(wallTime: string): ReportSources {
  return {
    rule: { weekday: null, wallTime, timeZone: "UTC" },
    load: async (now) => {
      loads.push(now.toString());
      const fault = faults.shift();
      return fault === undefined ? ok(brought) : failed(fault);
    },
  };
}

const holding = (until: string): ReportContext => ({
  ...context,
  scorecard: { ...context.scorecard, holdUntil: until },
});

const start = (at: Temporal.Instant) => startSchedules(world.database.db, context, at);
const load = z.object({ period: z.string(), failures: z.number(), told: z.unknown() });
const lastLoad = () =>
  one(
    world.database.db,
    load,
    `SELECT period::text AS period, failures, told FROM run WHERE report = 'sources' ORDER BY period DESC`,
  );

describe("the load of the sources", () => {
  test("comes each day at its wall time, once", async () => {
    await start(NINE.subtract({ hours: 4 }));
    for (const hours of [-4, -3, -2, 20, 21, 22]) await tick(context, NINE.add({ hours }));
    expect(loads).toEqual(["2026-11-16T06:00:00Z", "2026-11-17T06:00:00Z"]);
    expect(await lastLoad()).toEqual({ period: "2026-11-17", failures: 0, told: brought });
  });

  test("is caught up with once after days of downtime", async () => {
    await start(NINE.subtract({ hours: 24 * 5 }));
    await tick(context);
    await tick(context);
    expect(loads).toEqual(["2026-11-16T09:00:00Z"]);
  });

  test("that fails is tried again, with longer pauses, until the next one is due", async () => {
    await start(NINE.subtract({ hours: 4 }));
    faults = [broken, broken];
    for (let i = 0; i < 2; i++) {
      await tick(context);
      await tick(context);
      await timePasses(world);
    }
    await tick(context);
    expect(loads).toHaveLength(3);
    expect(await lastLoad()).toMatchObject({ failures: 2, told: brought });
  });

  const trouble = z.object({ code: z.string(), over: z.boolean() });
  const troubles = () =>
    world.database.db.rows(
      trouble,
      "SELECT code, over_at IS NOT NULL AS over FROM trouble WHERE about LIKE '%sources%'",
    );
  const failing = async (times: number): Promise<void> => {
    await start(NINE.subtract({ hours: 4 }));
    faults = Array.from({ length: times }, () => broken);
    for (let i = 0; i < times; i++) {
      await tick(context);
      await timePasses(world);
    }
  };

  test("that keeps failing is told to the owner once, and when it works again", async () => {
    await failing(5);
    expect(await troubles()).toEqual([{ code: "source_unreadable_file", over: false }]);
    await tick(context);
    expect(await troubles()).toEqual([{ code: "source_unreadable_file", over: true }]);
  });

  test("that kpi.yaml plans no more is no trouble any more", async () => {
    await failing(3);
    expect(await troubles()).toEqual([{ code: "source_unreadable_file", over: false }]);
    await startSchedules(world.database.db, { ...context, sources: null }, NINE);
    expect(await troubles()).toEqual([{ code: "source_unreadable_file", over: true }]);
  });

  test("that was stopped is no failure, and is taken up again", async () => {
    await start(NINE.subtract({ hours: 4 }));
    faults = [{ kind: "interrupted" }];
    await tick(context);
    expect(await lastLoad()).toEqual({ period: "2026-11-16", failures: 0, told: null });
    await tick(context);
    expect(await lastLoad()).toMatchObject({ told: brought });
  });

  test("is one of two processes that tick at once", async () => {
    await start(NINE.subtract({ hours: 4 }));
    await Promise.all([tick(context), tick({ ...world.replica, sources: context.sources })]);
    expect(loads).toHaveLength(1);
  });
});

describe("a scorecard that is due with the load", () => {
  test("comes after it, whichever process claims it first", async () => {
    await start(NINE.subtract({ hours: 4 }));
    // Another process has claimed the scorecard, and nobody the load yet.
    await claimDue({ ...world.replica, sources: null }, NINE);
    await buildRun(context, "scorecard", NINE);
    await tick(context);
    expect(posts(world, "C0ALL")).toBe(0);
    await timePasses(world);
    await tick(context);
    expect(loads).toHaveLength(1);
    expect(posts(world, "C0ALL")).toBe(1);
  });

  test("does not wait for one that has failed, unless it has a hold_until", async () => {
    await start(NINE.subtract({ hours: 4 }));
    faults = [broken, broken, broken];
    await tick(holding("11:00"));
    await timePasses(world);
    await tick(holding("11:00"), NINE.add({ minutes: 119 }));
    expect(posts(world, "C0ALL")).toBe(0);
    await timePasses(world);
    await tick(holding("11:00"), NINE.add({ hours: 2 }));
    expect(posts(world, "C0ALL")).toBe(1);
  });

  test("waits for the load of its own day, whatever a clock that was ahead has claimed", async () => {
    await start(NINE.subtract({ hours: 4 }));
    await world.database.db.run(`INSERT INTO run (report, filters_hash, period, due_at, claimed_at)
      VALUES ('sources', '', '2027-06-01', '2027-06-01T06:00Z', '2027-06-01T06:00Z')`);
    faults = [broken];
    await tick(holding("11:00"));
    expect(posts(world, "C0ALL")).toBe(0);
    await timePasses(world);
    await tick(holding("11:00"));
    await timePasses(world);
    await tick(holding("11:00"));
    expect(loads).toHaveLength(2);
    expect(posts(world, "C0ALL")).toBe(1);
  });

  test("does not wait for ever for a load that never comes to its end", async () => {
    await start(NINE.subtract({ hours: 4 }));
    await claimDue(context, NINE);
    const ending = Promise.withResolvers<Awaited<ReturnType<typeof context.sources.load>>>();
    const deaf = { ...sourcesAt("06:00"), load: () => ending.promise };
    const hanging = tick({ ...context, sources: deaf });
    await tick({ ...world.replica, sources: context.sources }, NINE.add({ minutes: 29 }));
    expect(posts(world, "C0ALL")).toBe(0);
    await timePasses(world);
    await tick({ ...world.replica, sources: context.sources }, NINE.add({ minutes: 30 }));
    expect(posts(world, "C0ALL")).toBe(1);
    ending.resolve(failed(broken));
    await hanging;
  });
});
