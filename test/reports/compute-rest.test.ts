/** Metrics that the scorecard does not wait for: computed after it, and told all the same. */
import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { catalogueOf } from "../../src/metrics/catalogue/load-catalogue.ts";
import { computeRest, weekOfRest } from "../../src/reports/compute-rest.ts";
import { startSchedules } from "../../src/reports/index.ts";
import { anAccount } from "../metrics/asked-company.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { NINE, posts, type Reporting, reporting, tick, timePasses } from "./reporting.ts";

const WEEKS = 40;

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
  const { db } = world.database;
  const monday = NINE.toZonedDateTimeISO("UTC").toPlainDate();
  // Seven a week, and in the last week seventy.
  const signUps = Array.from({ length: WEEKS * 7 + 63 }, (_, i) => {
    const back = i < WEEKS * 7 ? i + 1 : 1 + (i % 7);
    return anAccount(`a${i}`, { signed_up_at: `${monday.subtract({ days: back })}T08:00Z` });
  });
  await putRows(db, { accounts: signUps });
  await completeThrough(db, `${monday}T00:00:00Z`);
  const { context } = world;
  const metrics = context.metrics.catalogue.metrics.map((metric) =>
    metric.id === "weekly_sign_ups" ? { ...metric, layer: "actionable" as const } : metric,
  );
  world = {
    ...world,
    context: {
      ...context,
      metrics: { ...context.metrics, catalogue: catalogueOf(metrics) },
      scorecard: { ...context.scorecard, channels: ["slack:C0ALL"], metrics: ["active_accounts"] },
      teams: new Map([["GTM", { channels: ["slack:C0GTM"], mention: null }]]),
    },
  };
  await startSchedules(db, world.context, NINE.subtract({ minutes: 1 }));
});
afterEach(() => world.stop());

const said = (channel: string): string =>
  world.slack
    .messages(channel)
    .map(({ text }) => text)
    .join("\n");

test("a signal outside the scorecard is told after it, and the teams' posts wait for that", async () => {
  await tick(world.context, NINE, ["rest"]);
  await timePasses(world);
  await tick(world.context, NINE, ["rest"]);
  expect(said("C0ALL")).not.toContain("Weekly Sign-ups");
  expect([posts(world, "C0ALL"), posts(world, "C0GTM")]).toEqual([1, 0]);
  await tick(world.context);
  await timePasses(world);
  await tick(world.context);
  expect(said("C0ALL")).toMatch(/Weekly Sign-ups[\s\S]*70/);
  expect(said("C0GTM")).toContain("GTM 2026-W46");
});

test("who is stopped in the middle of the rest is followed by another, and nothing is told twice", async () => {
  await tick(world.context, NINE, ["rest"]);
  const stopping = AbortSignal.abort();
  await computeRest(world.context, NINE, stopping);
  expect(await weekOfRest(world.database.db)).toBe("2026-11-09");
  await Promise.all([tick(world.context), tick(world.context)]);
  await tick(world.context);
  expect(await weekOfRest(world.database.db)).toBeNull();
  expect(said("C0ALL").match(/^.*Weekly Sign-ups.*70/gm)).toHaveLength(1);
});

test("a metric whose SQL fails keeps its signal, of which nobody could say anything new", async () => {
  await tick(world.context);
  await timePasses(world);
  await tick(world.context);
  const { db } = world.database;
  const open = "SELECT metric FROM signal WHERE closed_week IS NULL AND metric = 'weekly_sign_ups'";
  const signals = await db.rows(z.unknown(), open);
  expect(signals).toHaveLength(1);
  await db.run("DELETE FROM bot.cell WHERE metric = 'weekly_sign_ups'");
  await db.run("UPDATE run SET rest_due = true WHERE report = 'scorecard'");
  const { metrics } = world.context;
  const broken = metrics.catalogue.metrics.map((metric) =>
    metric.id === "weekly_sign_ups" ? { ...metric, sql: "SELECT nonsense FROM w" } : metric,
  );
  const context = { ...world.context, metrics: { ...metrics, catalogue: catalogueOf(broken) } };
  await computeRest(context, NINE, new AbortController().signal);
  expect(await db.rows(z.unknown(), open)).toEqual(signals);
});
