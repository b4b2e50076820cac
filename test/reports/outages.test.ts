import "../../src/bot/index.ts";

import fc from "fast-check";
import { afterEach, beforeEach, expect } from "vitest";
import { z } from "zod";
import { startSchedules } from "../../src/reports/index.ts";
import { claimDue } from "../../src/reports/schedules.ts";
import { tellLate } from "../../src/wording/index.ts";
import { faultTest } from "../support/fault-test.ts";
import {
  aRun,
  NINE,
  postEverywhere,
  posts,
  type Reporting,
  reporting,
  timePasses,
} from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

const claimed = z.object({ period: z.string(), due: z.string(), channels: z.number() });

faultTest(
  22,
  "whoever was down over Monday at nine claims it once, and tells it as late",
  async (run) => {
    const { db } = world.database;
    const voice = { locale: "en-GB", currency: "USD" };
    await run.check(
      fc.asyncProperty(fc.nat({ max: 72 * 60 }), fc.boolean(), async (minutes, twice) => {
        await db.run("TRUNCATE schedule, delivery, run CASCADE");
        await startSchedules(db, world.context, NINE.subtract({ hours: 1 }));
        const back = NINE.add({ minutes });
        if (twice) await startSchedules(db, world.replica, back);
        await Promise.all([claimDue(world.context, back), claimDue(world.replica, back)]);
        await claimDue(world.context, back.add({ minutes: 1 }));
        const rows = await db.rows(
          claimed,
          `SELECT r.period::text AS period, r.due_at AS due, count(d.id)::int AS channels
         FROM run r JOIN delivery d ON d.run_id = r.id WHERE r.report = 'scorecard' GROUP BY r.id`,
        );
        expect(rows).toEqual([{ period: "2026-11-09", due: "2026-11-16T09:00:00Z", channels: 1 }]);
        const { summary } = tellLate({ summary: "Told.", blocks: [] }, NINE, back, "UTC", voice);
        expect(summary.includes("Late: due Mon 16 Nov 2026, 09:00 UTC")).toBe(minutes > 15);
      }),
    );
    run.saw(
      "0 to 72 hours, two processes: 1 run and 1 delivery a channel each time, late from 15 minutes on",
    );
  },
);

faultTest(2, "a post whose reply is lost is found, and never posted again", async (run) => {
  for (let i = 1; i <= run.cases; i++) {
    await aRun(world, ["slack:C0ALL"]);
    world.slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
    expect(await postEverywhere(world.context)).toBe(0);
    await timePasses(world);
    expect(await postEverywhere(world.replica)).toBe(1);
    expect(posts(world, "C0ALL")).toBe(i);
    run.tried(1);
  }
  run.saw(`${posts(world, "C0ALL")} messages stand for ${run.cases} that were to be said: 0 twice`);
});

const broken = [
  { kind: "status", status: 500 },
  { kind: "status", status: 503 },
  { kind: "reset" },
  { kind: "error", error: "internal_error" },
  { kind: "status", status: 200, body: "<html>" },
] as const;

faultTest(29, "nothing is posted into a channel that cannot be checked", async (run) => {
  for (let i = 0; i < run.cases; i++) {
    await aRun(world, ["slack:C0ALL"]);
    const fault = broken[i % broken.length] ?? broken[0];
    world.slack.faults.always("conversations.info", fault);
    expect(await postEverywhere(world.context)).toBe(0);
    world.slack.faults.clear();
    expect(posts(world, "C0ALL")).toBe(0);
    await world.database.db.run("TRUNCATE delivery, run CASCADE");
    run.tried(1);
  }
  run.saw("0 posts");
});
