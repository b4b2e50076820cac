/** Addresses cost a call of the platform each, and a message that is on its way costs waiting. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChatPort } from "../../src/message.ts";
import type { Scorecard } from "../../src/metrics/index.ts";
import { leaseDelivery, markSent } from "../../src/reports/delivery-store.ts";
import { claimRun } from "../../src/reports/run-store.ts";
import { stillOpen } from "../../src/reports/still-open.ts";
import { teamLinks } from "../../src/reports/team-links.ts";
import { ok } from "../../src/result.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const NINE = Temporal.Instant.from("2026-11-16T09:00:00Z");
const WEEK = "2026-11-09";

let database: FreshDatabase;
let asked: string[];
beforeEach(async () => {
  database = await freshDatabase();
  asked = [];
});
afterEach(() => database.close());

const port = {
  platform: "slack",
  permalink: async ({ id }: { id: string }) => {
    asked.push(id);
    return ok(`https://slack.test/${id}`);
  },
} as unknown as ChatPort;

const rowsOf = (...metrics: string[]): Scorecard => ({
  week: WEEK,
  rows: metrics.map((metric) => ({
    metric,
    name: metric,
    owners: [],
    sensitive: false,
    kind: "late",
    asOf: null,
  })),
});

/** The message of a signal, in its channel or on its way there. */
async function signal(id: number, metric: string, messageId: string | null): Promise<void> {
  const channel = `slack:C${id}`;
  const told = { kind: "signal", signalId: id, answer: { metric } };
  const run = { report: `signal/${id}`, period: WEEK, dueAt: NINE, now: NINE, told };
  await claimRun(database.db, { ...run, channels: [{ channel, parent: null }] });
  if (messageId === null) return;
  const delivery = await leaseDelivery(database.db, channel);
  if (delivery === null) throw new Error("nothing to lease");
  await markSent(database.db, delivery, { messageId, at: NINE, isWhole: true });
}

test("a team's post leads to its own signals, and waits for no other team's", async () => {
  await signal(1, "error_rate", "m1");
  await signal(2, "weekly_sign_ups", null);
  const links = await teamLinks(database.db, port, rowsOf("error_rate"), []);
  const signals = new Map([["error_rate", "https://slack.test/m1"]]);
  expect(links).toEqual(ok({ scorecard: null, signals }));
  const waiting = await teamLinks(database.db, port, rowsOf("weekly_sign_ups"), []);
  expect(waiting).toMatchObject({ ok: false, fault: { kind: "limited" } });
});

test("of many signals that are still open the platform is asked for those that are named", async () => {
  const metrics = Array.from({ length: 12 }, (_, i) => `metric_${i}`);
  for (const metric of metrics)
    await database.db.run(
      `INSERT INTO bot.signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
       VALUES ($1, '', 1, 'signal', '2026-11-02', '2026-11-02', '1')`,
      [metric],
    );
  for (const [i, metric] of metrics.entries()) await signal(i + 1, metric, `m${i}`);
  const open = await stillOpen(database.db, port, rowsOf(...metrics));
  expect(open.ok && open.value).toHaveLength(12);
  expect(asked).toHaveLength(8);
});
