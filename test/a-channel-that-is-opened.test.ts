/** The whole bot, in whose channel another organisation comes to read. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { refresh } from "../src/metrics/index.ts";
import { auditSince } from "../src/policy/index.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { loadSignUps, signUps } from "./support/sign-ups.ts";
import { answersIn, EVERYBODY, type SlackBot, startSlackBot } from "./support/slack-bot.ts";

let database: FreshDatabase;
let bot: SlackBot;
beforeAll(async () => {
  database = await freshDatabase();
  bot = await startSlackBot({ env: { DATABASE_URL: database.url } });
  const { work, settings, catalogue } = bot.bot.data;
  await loadSignUps(work);
  await refresh(work, settings, catalogue);
}, 120_000);
afterAll(async () => {
  await bot?.stop();
  await database?.close();
});

const figures = (): string[] =>
  answersIn(bot.slack, EVERYBODY).filter((answer) => signUps.answered.test(answer));

test("an answer that everybody read there is taken away at once, and the next question gets none", async () => {
  expect(await bot.ask(signUps.text)).toMatch(signUps.answered);
  await bot.slack.settled();
  expect(figures()).toHaveLength(1);
  bot.slack.share(EVERYBODY);
  // Long before the look that would find it without an event.
  await bot.slack.waitFor(() => figures().length === 0, 10_000);
  expect(await bot.ask(signUps.text)).toMatch(/Another organisation can read this channel/);
  const entries = await auditSince(database.db, Temporal.Instant.fromEpochMilliseconds(0));
  expect(entries.map(({ kind, code }) => [kind, code])).toEqual([
    ["withdrawn", "channel_external"],
    ["refused", "channel_external"],
  ]);
}, 120_000);
