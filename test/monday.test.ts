import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { startClock } from "../src/clock.ts";
import { loadConfig } from "../src/config/index.ts";
import { silentLog } from "../src/log.ts";
import { startThroughline, type Throughline } from "../src/main.ts";
import type { FreshDatabase } from "./support/database.ts";
import { one } from "./support/rows.ts";
import { MONDAY, smallCompany } from "./support/small-company.ts";

const company = `
teams:
  PRD: { channels: [slack:C0PRD] }
channels:
  slack:C0LEAD: { sensitive: true }
scorecard:
  channels: [slack:C0ALL, slack:C0LEAD]
  metrics: [weekly_revenue, mrr, active_accounts, adoption_rate, error_rate, latency_p99]
`;

let database: FreshDatabase;
let folder = "";
beforeAll(async () => {
  database = await smallCompany();
  folder = await mkdtemp(path.join(tmpdir(), "monday-"));
  await writeFile(path.join(folder, "kpi.yaml"), company);
}, 180_000);
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Small waits in a test add up; whoever waits for a whole refresh may wait a while. */
const REFRESH_MS = 240_000;

describe("Monday at nine", () => {
  const from = Temporal.Instant.from(`${MONDAY}T08:59:58Z`);
  let slack: SlackSandbox;
  let bots: Throughline[] = [];

  beforeEach(async () => {
    const clock = startClock(from);
    slack = await startSlackSandbox({
      signingSecret: "signing",
      botToken: "xoxb-monday",
      now: () => new Date(clock().epochMilliseconds),
      channels: ["C0ALL", "C0LEAD", "C0PRD"].map((id) => ({ id, name: id.toLowerCase() })),
      users: [{ id: "U0ANA", name: "ana" }],
    });
  });
  afterEach(async () => {
    await Promise.all(bots.splice(0).map((bot) => bot.stop()));
    expect(slack.problems()).toEqual([]);
    await slack.stop();
  });

  async function startBot(now = from): Promise<Throughline> {
    const env = {
      DATABASE_URL: database.url,
      SLACK_BOT_TOKEN: "xoxb-monday",
      SLACK_SIGNING_SECRET: "signing",
      SLACK_API_URL: slack.apiUrl,
      KPI_NOW: now.toString(),
      PORT: "0",
      ADMIN_PORT: "0",
    };
    const config = loadConfig(env, folder);
    if (!config.ok) throw new Error(JSON.stringify(config.fault));
    const bot = await startThroughline(config.value, silentLog, startClock(config.value.clockFrom));
    if (!bot.ok) throw new Error(JSON.stringify(bot.fault));
    bots = [...bots, bot.value];
    return bot.value;
  }

  const posts = (channel: string) => slack.messages(channel);
  const inTeam = (begin: string) => posts("C0PRD").filter(({ text }) => text.startsWith(begin));

  test("the scorecard, the signal and its link stand once, whoever starts again; replies are remembered", {
    timeout: 600_000,
  }, async () => {
    const first = await startBot();
    await startBot();
    await slack.connect(`${first.slackAddress}/slack/events`);
    await slack.waitFor(
      () =>
        posts("C0ALL").length >= 2 &&
        posts("C0LEAD").length >= 2 &&
        ["Signal: ", "PRD 2026-W46"].every((begin) => inTeam(begin).length === 1),
      REFRESH_MS,
    );

    // Money is told only where kpi.yaml allows it.
    expect(slack.transcript("C0ALL")).not.toMatch(/Revenue/);
    expect(slack.transcript("C0ALL")).toMatch(/2 metrics not shown here/);
    expect(slack.transcript("C0LEAD")).toMatch(/Weekly Revenue/);
    const opened = await one(
      database.db,
      z.object({ metric: z.string() }),
      "SELECT metric FROM bot.signal WHERE opened_week = '2026-11-09' ORDER BY id LIMIT 1",
    );
    expect(slack.transcript("C0PRD")).toContain(opened.metric);

    // A person answers in the signal's thread; the next question about the metric knows it.
    const [signal] = inTeam("Signal: ");
    slack.postAsUser({
      channel: "C0PRD",
      user: "U0ANA",
      text: "The new cache was cold.",
      thread_ts: signal?.ts ?? "",
    });
    const kept = z.object({ count: z.number() });
    await expect
      .poll(() => one(database.db, kept, "SELECT count(*)::int AS count FROM bot.thread_reply"))
      .toEqual({ count: 1 });
    await slack.typeCommand({
      channel: "C0PRD",
      user: "U0ANA",
      text: `/kpi define ${opened.metric}`,
    });
    await slack.waitFor(
      () => /Said of its signals[\s\S]*The new cache was cold\./.test(slack.transcript("C0PRD")),
      20_000,
    );

    // Another Monday morning for a restarted bot: everything has been said, also what comes last.
    const unsent = () =>
      one(
        database.db,
        kept,
        // Where money may not be told there is nothing to show of a signal of it.
        "SELECT count(*)::int AS count FROM bot.delivery WHERE state <> 'sent' AND fault IS DISTINCT FROM 'nothing_to_show'",
      );
    await expect.poll(unsent, { timeout: REFRESH_MS }).toEqual({ count: 0 });
    const channels = ["C0ALL", "C0LEAD", "C0PRD"];
    const before = channels.map((channel) => posts(channel).length);
    await Promise.all(bots.splice(0).map((bot) => bot.stop()));
    await startBot(Temporal.Instant.from(`${MONDAY}T09:00:01Z`));
    const again = await one(
      database.db,
      z.object({ runs: z.number() }),
      "SELECT count(*)::int AS runs FROM bot.run WHERE report = 'scorecard'",
    );
    expect(again.runs).toBe(1);
    // Whatever it may have found to send is sent before anybody counts what stands there.
    await expect.poll(unsent, { timeout: REFRESH_MS }).toEqual({ count: 0 });
    expect(channels.map((channel) => posts(channel).length)).toEqual(before);
    expect(slack.acks().every(({ ms }) => ms < 3000)).toBe(true);
  });
});
