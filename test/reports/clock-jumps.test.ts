import "../../src/bot/index.ts";

import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { findTroubles } from "../../src/reports/find-troubles.ts";
import { startSchedules } from "../../src/reports/index.ts";
import { reportsToBuild, storeTold, unbuiltRun } from "../../src/reports/run-store.ts";
import { claimDue } from "../../src/reports/schedules.ts";
import { faultTest } from "../support/fault-test.ts";
import { aLine, NINE, postEverywhere, posts, type Reporting, reporting } from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

const YEAR_H = 365 * 24;
const jumps = fc.array(fc.constantFrom(1, -1, YEAR_H, -YEAR_H), { minLength: 1, maxLength: 4 });

/** What both processes do at an instant of the program's clock, with a line in the place of a scorecard. */
async function tickAt(now: Temporal.Instant): Promise<void> {
  await Promise.all([claimDue(world.context, now), claimDue(world.replica, now)]);
  const { db } = world.database;
  for (const report of await reportsToBuild(db, now)) {
    const run = await unbuiltRun(db, report, now);
    if (run !== null) await storeTold(db, run, aLine);
  }
  await Promise.all([postEverywhere(world.context), postEverywhere(world.replica)]);
}

const period = z.object({ period: z.string() });
const told = () =>
  world.database.db.rows(
    period,
    `SELECT r.period::text AS period FROM run r JOIN delivery d ON d.run_id = r.id
     WHERE r.report = 'scorecard' AND d.state = 'sent' ORDER BY r.period`,
  );

faultTest(
  24,
  "a clock that jumps has no week told twice, and the true one is told when it is back",
  async (run) => {
    const { db } = world.database;
    await run.check(
      fc.asyncProperty(jumps, fc.boolean(), async (hours, isTold) => {
        await db.run("TRUNCATE schedule, delivery, run CASCADE");
        const stood = posts(world, "C0ALL");
        // The week before was told as it should be.
        const before = NINE.subtract({ hours: 24 * 7 });
        await startSchedules(db, world.context, before.subtract({ minutes: 1 }));
        await tickAt(before);
        if (isTold) await tickAt(NINE);
        for (const by of hours) await tickAt(NINE.add({ minutes: 30 }).add({ hours: by }));
        const back = NINE.add({ minutes: 40 });
        await tickAt(back);
        await tickAt(back.add({ hours: 24 * 7 }));
        const periods = (await told()).map((row) => row.period);
        expect(periods.slice(0, 3)).toEqual(["2026-11-02", "2026-11-09", "2026-11-16"]);
        // Of the year ahead, where the clock was: nothing else was ever due.
        expect(["", "2027-11-08"]).toContain(periods.slice(3).join());
        expect(posts(world, "C0ALL") - stood).toBe(periods.length);
      }),
    );
    run.saw(
      "an hour and a year, to and fro, two processes: each week told once, none of them left out",
    );
  },
);

test("a run of a clock that was ahead is not built when the clock is back", async () => {
  const { db } = world.database;
  await startSchedules(db, world.context, NINE.subtract({ minutes: 1 }));
  await claimDue(world.context, NINE.add({ hours: YEAR_H }));
  expect(await reportsToBuild(db, NINE)).toEqual([]);
});

test("what a clock that was ahead has claimed hides no trouble of today", async () => {
  const { db } = world.database;
  await db.run(`INSERT INTO run (report, filters_hash, period, due_at, claimed_at, failures)
    VALUES ('scorecard', '', '2026-11-09', '${NINE}', now(), 3),
           ('scorecard', '', '2027-11-08', '${NINE.add({ hours: YEAR_H })}', now(), 0)`);
  const today = { kind: "report", report: "scorecard", period: "2026-11-09" };
  expect(await findTroubles(db, NINE)).toMatchObject([{ subject: today, code: "not_built" }]);
});
