/** A Monday whose every message is counted: two scorecards, a team's post, a signal, and the lines that lead to it. */
import { expect, vi } from "vitest";
import { z } from "zod";
import type { Message } from "../../sandbox/slack/workspace/message.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { filtersHash, refresh } from "../../src/metrics/index.ts";
import { anAccount } from "../metrics/asked-company.ts";
import { putRows } from "../support/rows.ts";
import { MONDAY } from "../support/small-company.ts";
import { BOT_TOKEN, CHANNELS, type TwoBots } from "./two-bots.ts";

const LAST_WEEK = "2026-11-09";
/** Two scorecards and a line in the thread of each, the team's post, the signal's message. */
const MESSAGES = 6;

/** Has everything told anew: it is nine o'clock. */
export async function beginMonday(world: TwoBots): Promise<void> {
  await forgetAll(world);
  await world.database.db.transaction(async (sql) => {
    await sql.run(
      `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
       VALUES ('weekly_sign_ups', $1, 1, 'signal', $2, $2, '1')`,
      [filtersHash({}), LAST_WEEK],
    );
    await sql.run("UPDATE schedule SET next_at = $1", [`${MONDAY}T09:00:00Z`]);
  });
}

/** What was told is forgotten, here and in Slack. */
export async function forgetAll({ database: { db }, slack }: TwoBots): Promise<void> {
  await db.transaction(async (sql) => {
    // Not TRUNCATE, whose locks and those of what runs meanwhile may wait for each other.
    for (const table of ["thread_reply", "thread", "delivery", "trouble", "run", "signal"])
      await sql.run(`DELETE FROM ${table}`);
  });
  for (const { channel, ts } of said(slack)) await erase(slack, channel, ts);
}

/** One sign-up more or less than was told: what stands is to be mended. */
export async function restate({ database: { db } }: TwoBots): Promise<void> {
  const late = await db.run("DELETE FROM source.accounts WHERE account_id = 'late'");
  const account = anAccount("late", { signed_up_at: `${LAST_WEEK}T09:00Z` });
  if (late === 0) await putRows(db, { accounts: [account] });
  const catalogue = await loadCatalogue(defaultSettings);
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.fault));
  await refresh(db, defaultSettings, catalogue.value, { full: true });
}

const delivery = z.object({
  id: z.string(),
  report: z.string(),
  state: z.string(),
  fault: z.string().nullable(),
  messageId: z.string().nullable(),
  /** How often what it says has changed since it was told. */
  revision: z.number(),
  isShown: z.boolean(),
});

function deliveries({ database }: TwoBots): Promise<z.infer<typeof delivery>[]> {
  return database.db.rows(
    delivery,
    `SELECT d.id, r.report, d.state, d.fault, d.message_id AS "messageId", r.revision, d.shown = r.revision AS "isShown"
     FROM delivery d JOIN run r ON r.id = d.run_id ORDER BY r.id, d.channel`,
  );
}

/** What waits need not wait: its time has come. */
export async function hurry({ database }: TwoBots): Promise<void> {
  // A transaction says that it writes, also where a new session of the database would only read.
  await database.db.transaction(async (sql) => {
    await sql.run(
      "UPDATE delivery SET next_try_at = now() WHERE next_try_at > now() AND state IN ('pending', 'sent')",
    );
    await sql.run("UPDATE run SET next_build_at = now() WHERE next_build_at > now()");
  });
}

/** Waits until everything is said and shows what it should; `restated`: since it was told. */
export async function untilTold(world: TwoBots, { restated = false } = {}): Promise<void> {
  const look = async (): Promise<boolean> => {
    await hurry(world);
    const all = await deliveries(world);
    return (
      all.length === MESSAGES &&
      all.every(({ state, isShown }) => state !== "pending" && state !== "sending" && isShown) &&
      all.every(({ report, revision }) => !restated || report !== "scorecard" || revision > 0)
    );
  };
  await vi.waitUntil(look, { timeout: 300_000, interval: 100 }).catch(async () => {
    throw new Error(`not told: ${JSON.stringify(await deliveries(world))}`);
  });
}

/** Each message stands once, where it is recorded, with its picture; none is there that nobody sent. */
export async function expectToldOnce(world: TwoBots): Promise<void> {
  const all = await deliveries(world);
  expect(all.filter(({ state }) => state !== "sent")).toEqual([]);
  const stands = said(world.slack);
  const ids = stands.map(({ metadata }) => idOf(metadata));
  expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  for (const message of stands) {
    const { report = "", messageId } = all.find(({ id }) => id === idOf(message.metadata)) ?? {};
    expect(message.ts).toBe(messageId);
    const pictures = message.blocks.filter(({ type }) => type === "image");
    expect(pictures, report).toHaveLength(/^signal_/.test(report) ? 0 : 1);
  }
}

function said(slack: TwoBots["slack"]): Message[] {
  return CHANNELS.flatMap((channel) =>
    slack.messages(channel).filter(({ author }) => author.kind === "bot"),
  );
}

function idOf(metadata: unknown): string {
  return z.object({ event_payload: z.object({ id: z.string() }) }).parse(metadata).event_payload.id;
}

/** As the bot itself would take it back. */
async function erase({ apiUrl }: TwoBots["slack"], channel: string, ts: string): Promise<void> {
  await fetch(`${apiUrl}chat.delete`, {
    method: "POST",
    headers: { authorization: `Bearer ${BOT_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ channel, ts }),
  });
}
