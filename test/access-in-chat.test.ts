/** Who is told what on real platforms: each kind of asker in each kind of channel. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DiscordSandbox, startDiscordSandbox } from "../sandbox/discord/index.ts";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { startDiscord, startSlack } from "../src/bot/index.ts";
import type { ChatConnection, ChatHandlers } from "../src/chat-connection.ts";
import {
  answerClick,
  answerCommand,
  auditTurnedAway,
  type ChatContext,
  floodGuard,
  knownFacts,
  shareGuard,
} from "../src/commands/index.ts";
import { silentLog } from "../src/log.ts";
import type { ChatPort } from "../src/message.ts";
import { auditSince } from "../src/policy/index.ts";
import { slackStrings } from "./bot/slack/active-in-slack.ts";
import { memoryInbox } from "./contract/memory-inbox.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./metrics/asked-company.ts";
import { completeThrough, putRows } from "./support/rows.ts";
import { someRules } from "./support/some-rules.ts";

const now = Temporal.Instant.from("2026-03-16T09:00:00Z");
const secretFigure = /9,000/;
const openFigure = /\b31\b/;
/** What is told of a scorecard of an open metric and a sensitive one. */
type Told = "all" | "open" | "nothing";

let company: AskedCompany;
const ports = new Map<string, ChatPort>();
let handlers: ChatHandlers;

beforeAll(async () => {
  const sql = `SELECT w.a, t.account_id, t.created_at AS at, 1000 AS num
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;
  company = await askedCompany(
    aMetric(sql, { id: "secret_money", name: "Secret Money", sensitive: "true", n: "accounts" }),
  );
  const accounts = Array.from({ length: 31 }, (_, i) =>
    anAccount(`a${i}`, { signed_up_at: "2026-03-10T09:00Z" }),
  );
  const tickets = accounts.slice(0, 9).map(({ account_id }) => ({
    ticket_id: account_id,
    account_id,
    created_at: "2026-03-10T09:00Z",
  }));
  await putRows(company.db, { accounts, tickets });
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
  const context: ChatContext = {
    metrics: { db: company.db, catalogue: company.catalogue, settings: company.settings },
    rules: someRules(["slack:C0LEAD", "slack:C0ADV", "discord:1100"], {
      guestChannels: new Set(["slack:C0ADV"]),
      externalChannels: new Set(["slack:C0PART"]),
      sensitiveViewers: new Set(["slack:U0CFO", "discord:1201"]),
      operators: new Set(["slack:U0OPS"]),
    }),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: ["weekly_sign_ups", "secret_money"],
    prefix: "/kpi",
    log: silentLog,
    privateChannels: new Set(),
    facts: knownFacts(ports),
    flood: floodGuard(),
    sharing: shareGuard(),
  };
  handlers = {
    onCommand: (request, reply) => answerCommand(context, request, reply, now),
    onClick: (click, reply) => answerClick(context, click, reply, now),
    onThreadReply: async () => {},
    onReadersChanged: async (channel) => context.facts.forget(channel),
    onTurnedAway: (doing) => auditTurnedAway(context, doing, now),
    inbox: memoryInbox(),
  };
});
afterAll(() => company.close());

function toldIn(texts: readonly string[]): Told {
  const all = texts.join("\n");
  if (secretFigure.test(all)) return "all";
  return openFigure.test(all) ? "open" : "nothing";
}

/** What the audit had to say of somebody's one question: a refusal, a disclosure or nothing. */
async function auditOf(who: string, before: number): Promise<string> {
  const entries = (await auditSince(company.db, now)).slice(before);
  return entries.map((entry) => `${entry.kind} ${entry.who === who ? "them" : entry.who}`).join();
}

describe("in Slack", () => {
  let slack: SlackSandbox;
  let bot: ChatConnection;

  beforeAll(async () => {
    const colleagues = ["U0ANA", "U0CFO", "U0OPS", "U0BOB", "U0GON"];
    slack = await startSlackSandbox({
      signingSecret: "signing",
      botToken: "xoxb-access",
      now: () => new Date(),
      channels: [
        { id: "C0LEAD", name: "lead", members: colleagues },
        { id: "C0ALL", name: "all", members: colleagues },
        { id: "C0ADV", name: "advisers", members: [...colleagues, "U0GUS"] },
        { id: "C0GUE", name: "with-guests", members: [...colleagues, "U0GUS"] },
        { id: "C0EXT", name: "shared", external: true, members: [...colleagues, "U0STU"] },
        { id: "C0PART", name: "partner", external: true, members: [...colleagues, "U0STU"] },
      ],
      users: [
        { id: "U0ANA", name: "ana" },
        { id: "U0CFO", name: "cfo" },
        { id: "U0OPS", name: "ops" },
        { id: "U0GUS", name: "gus", guest: "multi_channel" },
        { id: "U0STU", name: "stu", stranger: true },
        { id: "U0GON", name: "gone", deleted: true },
        { id: "U0BOB", name: "bob-the-bot", bot: true },
      ],
    });
    const started = await startSlack({
      botToken: "xoxb-access",
      signingSecret: "signing",
      apiUrl: slack.apiUrl,
      host: "127.0.0.1",
      port: 0,
      handlers,
      machineNow: () => Temporal.Now.instant(),
      log: silentLog,
    });
    if (!started.ok) throw new Error(JSON.stringify(started.fault));
    bot = started.value;
    ports.set("slack", bot.port);
    await slack.connect(`${started.value.address}/slack/events`);
  });
  afterAll(async () => {
    await bot.stop();
    await slack.stop();
  });

  const saidIn = (channel: string) =>
    slack.messages(channel).filter(({ author }) => author.kind === "bot");

  test.each<[string, string, Told]>([
    ["U0ANA", "C0LEAD", "open"],
    ["U0CFO", "C0LEAD", "all"],
    ["U0OPS", "C0LEAD", "open"],
    ["U0GON", "C0LEAD", "nothing"],
    ["U0ANA", "C0ALL", "open"],
    ["U0CFO", "C0ALL", "open"],
    ["U0ANA", "C0ADV", "open"],
    ["U0CFO", "C0ADV", "all"],
    ["U0GUS", "C0ADV", "nothing"],
    ["U0ANA", "C0GUE", "nothing"],
    ["U0CFO", "C0GUE", "nothing"],
    ["U0GUS", "C0GUE", "nothing"],
    ["U0OPS", "C0EXT", "nothing"],
    ["U0STU", "C0EXT", "nothing"],
    ["U0CFO", "C0PART", "open"],
    ["U0STU", "C0PART", "nothing"],
  ])("%s in %s is told %s, whoever reads it", async (user, channel, told) => {
    const [before, entries] = [saidIn(channel).length, await auditSince(company.db, now)];
    await slack.typeCommand({ channel, user, text: "/kpi scorecard" });
    await slack.waitFor(() => saidIn(channel).length > before, 30_000);
    const texts = saidIn(channel)
      .slice(before)
      .map(({ blocks }) => slackStrings(blocks).join("\n"));
    expect(toldIn(texts)).toBe(told);
    const audited = { all: "disclosed them", open: "", nothing: "refused them" };
    expect(await auditOf(`slack:${user}`, entries.length)).toBe(audited[told]);
  });

  test("another bot is told nothing at all", async () => {
    const before = await auditSince(company.db, now);
    slack.postAsUser({ channel: "C0LEAD", user: "U0BOB", text: "@Throughline scorecard" });
    await slack.settled();
    await expect
      .poll(() => auditOf("slack:U0BOB", before.length), { timeout: 15_000 })
      .toBe("refused them");
  });
});

describe("in Discord", () => {
  let discord: DiscordSandbox;
  let bot: ChatConnection;
  const guild = { id: "1000000000000000001", name: "Sandbox" };

  beforeAll(async () => {
    discord = await startDiscordSandbox({
      botToken: "discord-access",
      guild,
      channels: [
        { id: "1100", name: "lead" },
        { id: "1101", name: "all" },
      ],
      users: [
        { id: "1200", name: "ana" },
        { id: "1201", name: "cfo" },
        { id: "1202", name: "eve", member: false },
      ],
      now: () => new Date(),
    });
    const started = await startDiscord({
      token: "discord-access",
      apiUrl: discord.apiUrl,
      channels: ["1100"],
      handlers,
      onGap: () => {},
      log: silentLog,
    });
    if (!started.ok) throw new Error(JSON.stringify(started.fault));
    bot = started.value;
    ports.set("discord", bot.port);
  });
  afterAll(async () => {
    await bot.stop();
    await discord.stop();
  });

  const saidIn = (channel: string) =>
    discord.messages(channel).filter(({ author }) => author !== "1200" && author !== "1201");

  test.each<[who: string, channel: string, from: string | null | undefined, Told]>([
    ["1200", "1100", undefined, "open"],
    ["1201", "1100", undefined, "all"],
    ["1201", "1101", undefined, "open"],
    ["1202", "1100", undefined, "nothing"],
    ["1201", "1100", "1000000000000000009", "nothing"],
    ["1201", "1100", null, "nothing"],
  ])("%s in %s of server %s is told %s", async (user, channel, from, told) => {
    const [before, entries] = [saidIn(channel).length, await auditSince(company.db, now)];
    await discord.typeCommand({
      channel,
      user,
      text: "/kpi scorecard",
      ...(from === undefined ? {} : { guild: from }),
    });
    const audited = { all: "disclosed them", open: "", nothing: "refused them" };
    await expect
      .poll(() => auditOf(`discord:${user}`, entries.length), { timeout: 15_000 })
      .toBe(audited[told]);
    const said = () =>
      saidIn(channel)
        .slice(before)
        .map((one) => JSON.stringify(one));
    await expect.poll(() => toldIn(said()), { timeout: 15_000 }).toBe(told);
  });
});
