import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { startSlack } from "../../src/bot/index.ts";
import type { ChatConnection, ChatHandlers } from "../../src/chat-connection.ts";
import {
  answerClick,
  answerCommand,
  type ChatContext,
  floodGuard,
  inboxOf,
  knownFacts,
  shareGuard,
} from "../../src/commands/index.ts";
import { silentLog } from "../../src/log.ts";
import type { ChatPort } from "../../src/message.ts";
import { settleLeft } from "../../src/settle-inbox.ts";
import { discussionOf, keepReply, openThread } from "../../src/threads/index.ts";
import { slackStrings } from "../bot/slack/active-in-slack.ts";
import { type AskedCompany, anAccount, askedCompany } from "../metrics/asked-company.ts";
import { outlastLeases, unsettled } from "../support/inbox.ts";
import { completeThrough, one, putRows } from "../support/rows.ts";
import { someRules } from "../support/some-rules.ts";

const now = Temporal.Instant.from("2026-03-16T09:00:00Z");
const signUps = /Sign-ups[\s\S]*\b3\b/;
const secrets = { signingSecret: "signing", botToken: "xoxb-in", appToken: "xapp-in" };

let company: AskedCompany;
beforeAll(async () => {
  company = await askedCompany();
  const accounts = ["a", "b", "c"].map((id) =>
    anAccount(id, { signed_up_at: "2026-03-10T09:00Z" }),
  );
  await putRows(company.db, { accounts });
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
});
afterAll(() => company.close());

let slack: SlackSandbox;
let bot: ChatConnection;
let handlers: ChatHandlers;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await company.db.run("DELETE FROM inbox");
});

async function start(way: "HTTP" | "a socket"): Promise<void> {
  slack = await startSlackSandbox({
    ...secrets,
    now: () => new Date(),
    channels: [
      { id: "C0ALL", name: "all" },
      { id: "C0GUE", name: "with-guests" },
      { id: "C0QUIET", name: "quiet" },
      { id: "C0EXT", name: "shared", external: true },
      { id: "C0OUT", name: "without-bot", private: true, botIsMember: false },
    ],
    users: [
      { id: "U0ANA", name: "ana" },
      { id: "U0GUE", name: "guest", guest: "single_channel" },
      { id: "U0STR", name: "stranger", stranger: true },
      { id: "U0BOB", name: "bob-the-bot", bot: true },
    ],
  });
  stops.push(() => slack.stop());
  const ports = new Map<string, ChatPort>();
  handlers = handlersOn(ports);
  const common = { botToken: secrets.botToken, apiUrl: slack.apiUrl, handlers, log: silentLog };
  const machineNow = () => Temporal.Now.instant();
  const started = await startSlack(
    way === "HTTP"
      ? { ...common, signingSecret: "signing", host: "127.0.0.1", port: 0, machineNow }
      : { ...common, appToken: secrets.appToken, onGap: () => {} },
  );
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  bot = started.value;
  stops.push(bot.stop);
  ports.set("slack", bot.port);
  if (started.value.address) await slack.connect(`${started.value.address}/slack/events`);
}

function handlersOn(ports: ReadonlyMap<string, ChatPort>): ChatHandlers {
  const context: ChatContext = {
    metrics: { db: company.db, catalogue: company.catalogue, settings: company.settings },
    rules: someRules([], { guestChannels: new Set(["slack:C0ALL", "slack:C0QUIET"]) }),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: [],
    prefix: "/kpi",
    log: silentLog,
    privateChannels: new Set(["slack:C0QUIET"]),
    facts: knownFacts(ports),
    flood: floodGuard(),
    sharing: shareGuard(),
  };
  return {
    inbox: inboxOf(company.db),
    onCommand: (request, reply) => answerCommand(context, request, reply, now),
    onClick: (click, reply) => answerClick(context, click, reply, now),
    onThreadReply: async (reply) => void (await keepReply(company.db, reply)),
    onReadersChanged: async (channel) => context.facts.forget(channel),
    onTurnedAway: async () => {},
  };
}

function said(channel: string) {
  return slack
    .messages(channel)
    .filter(({ author }) => author.kind === "bot")
    .map((message) => ({ ...message, words: slackStrings(message.blocks).join("\n") }));
}

/** The only answer in the channel, its picture included where it has one. */
async function theAnswer(channel: string, about: RegExp) {
  await vi.waitUntil(() => said(channel).some(({ words }) => about.test(words)), {
    timeout: 30_000,
    interval: 20,
  });
  return said(channel).filter(({ words }) => about.test(words));
}

describe.each(["HTTP", "a socket"] as const)("in a Slack over %s", (way) => {
  test("a direct message is answered there in words without the slash, and not by the bot to itself", async () => {
    await start(way);
    const opened = await bot.port.post(
      { platform: "slack", channel: "U0ANA" },
      { summary: "hello", blocks: [{ kind: "text", text: "hello" }] },
      "hello",
    );
    if (!opened.ok) throw new Error(opened.fault.kind);
    const direct = opened.value.ref.channel;
    slack.postAsUser({ channel: direct, user: "U0ANA", text: "weekly sign-ups" });
    const answers = await theAnswer(direct, signUps);
    expect(answers).toMatchObject([{ visibleTo: null, threadTs: null }]);
    await slack.settled();
    expect(said(direct)).toHaveLength(2);
    expect(slack.problems()).toEqual([]);
  });

  test("a mention in the thread of a signal is answered in it, and kept as part of the discussion", async () => {
    await start(way);
    const head = slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text: "a signal" });
    const metric = `mentioned_over_${way}`;
    await company.db.run(
      `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
       VALUES ($1, 'x', 1, 'run', '2026-03-09', '2026-03-09', '1')`,
      [metric],
    );
    const signal = z.object({ id: z.coerce.number() });
    const { id } = await one(company.db, signal, "SELECT id FROM signal WHERE metric = $1", [
      metric,
    ]);
    await openThread(company.db, id, { platform: "slack", channel: "C0ALL", id: head });
    const text = "@Throughline weekly sign-ups";
    slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text, thread_ts: head });
    expect(await theAnswer("C0ALL", signUps)).toMatchObject([{ threadTs: head, visibleTo: null }]);
    await slack.settled();
    expect(await discussionOf(company.db, metric, 5, [])).toMatchObject([
      { author: "slack:U0ANA", text: expect.stringContaining("weekly sign-ups") },
    ]);
  });

  test("an answer that Slack's limit holds up is said when the limit is over", async () => {
    await start(way);
    slack.faults.next("chat.postMessage", { kind: "limited", retryAfterS: 1 }, 2);
    slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text: "@Throughline weekly sign-ups" });
    expect(await theAnswer("C0ALL", signUps)).toHaveLength(1);
    expect(slack.faults.count("chat.postMessage")).toBe(2);
  });

  test("a private answer is shared with a press, in the same channel", async () => {
    await start(way);
    await slack.typeCommand({ channel: "C0QUIET", user: "U0ANA", text: "/kpi weekly sign-ups" });
    const [alone] = await theAnswer("C0QUIET", /Sign-ups[\s\S]*Share/);
    expect(alone).toMatchObject({ visibleTo: "U0ANA" });
    const click = { channel: "C0QUIET", message: alone?.ts ?? "", actionId: "0:share" };
    // Whoever it was not for has no button; a copied one shares nothing for a guest.
    await slack.click({ ...click, user: "U0GUE" });
    await theAnswer("C0QUIET", /not told to guests/);
    expect(said("C0QUIET").filter(({ visibleTo }) => visibleTo === null)).toEqual([]);
    await slack.click({ ...click, user: "U0ANA" });
    await vi.waitUntil(() => said("C0QUIET").some(({ visibleTo }) => visibleTo === null), {
      timeout: 30_000,
    });
    await slack.settled();
    expect(await theAnswer("C0QUIET", signUps)).toMatchObject([{ visibleTo: null }]);
  });

  test("a private answer whose picture comes late is shared once, and does not come back", async () => {
    await start(way);
    slack.faults.next("file", { kind: "late_mimetype", looks: 6 });
    await slack.typeCommand({ channel: "C0QUIET", user: "U0ANA", text: "/kpi weekly sign-ups" });
    const [alone] = await theAnswer("C0QUIET", /Sign-ups[\s\S]*Share/);
    const click = { channel: "C0QUIET", message: alone?.ts ?? "", actionId: "0:share" };
    await slack.click({ ...click, user: "U0ANA" });
    // Stopping waits for both answers, whose pictures are on their way.
    await stops.pop()?.();
    expect(said("C0QUIET")).toMatchObject([{ visibleTo: null }]);
  });

  test("blocks that the response address refuses are said plainly there, also where the bot may not post", async () => {
    await start(way);
    const body = '{"ok":false,"error":"invalid_blocks"}';
    slack.faults.next("response_url", { kind: "status", status: 400, body });
    slack.faults.next("chat.postEphemeral", { kind: "error", error: "not_in_channel" });
    await slack.typeCommand({ channel: "C0QUIET", user: "U0ANA", text: "/kpi weekly sign-ups" });
    expect(await theAnswer("C0QUIET", signUps)).toMatchObject([{ visibleTo: "U0ANA" }]);
  });

  test("a button's answer whose picture is lost stands once", async () => {
    await start(way);
    await slack.typeCommand({ channel: "C0ALL", user: "U0ANA", text: "/kpi weekly sign-ups" });
    const [asked] = await theAnswer("C0ALL", signUps);
    await vi.waitUntil(() => JSON.stringify(said("C0ALL")).includes('"image"'), {
      timeout: 30_000,
    });
    slack.faults.next("upload", { kind: "status", status: 500 });
    const click = { channel: "C0ALL", message: asked?.ts ?? "", actionId: "0:ask" };
    await slack.click({ ...click, user: "U0ANA" });
    await stops.pop()?.();
    const alone = said("C0ALL").filter(({ visibleTo }) => visibleTo === "U0ANA");
    expect(alone.filter(({ words }) => /Sign-ups/.test(words))).toHaveLength(1);
    // Its button to share it came by itself.
    expect(alone.filter(({ words }) => /Share/.test(words))).toHaveLength(1);
  });

  test.each([
    ["a guest", "C0ALL", "U0GUE", /not told to guests/],
    ["a colleague among guests", "C0GUE", "U0ANA", /Guests can read this channel/],
    ["a stranger", "C0ALL", "U0STR", /only to members of the organisation/],
    ["somebody in a channel that others read", "C0EXT", "U0ANA", /Another organisation/],
    ["somebody in a channel that cannot be checked", "C0OUT", "U0ANA", /could not be checked/],
  ])("%s gets a plain word and no figure", async (_, channel, user, words) => {
    await start(way);
    await slack.typeCommand({ channel, user, text: "/kpi weekly sign-ups" });
    expect(await theAnswer(channel, words)).toMatchObject([{ visibleTo: user }]);
    expect(said(channel).some((message) => signUps.test(message.words))).toBe(false);
  });

  test("another bot's mention is not answered", async () => {
    await start(way);
    slack.postAsUser({ channel: "C0ALL", user: "U0BOB", text: "@Throughline weekly sign-ups" });
    await slack.settled();
    slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text: "@Throughline help" });
    await theAnswer("C0ALL", /scorecard/);
    expect(said("C0ALL").some((message) => signUps.test(message.words))).toBe(false);
  });

  test("what was asked just before the program was killed is answered when it is up again", async () => {
    await start(way);
    const head = slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text: "killed" });
    const asker = { platform: "slack", user: "U0ANA" };
    const place = { platform: "slack", channel: "C0ALL" };
    const request = { id: "Ev1", asker, place, direct: false, external: false, text: "help" };
    const to = { ...place, thread: head };
    await handlers.inbox.put("slack", "Ev1", { kind: "question", request, to });
    const old = { ...request, id: "Ev0", text: "weekly sign-ups" };
    await handlers.inbox.put("slack", "Ev0", { kind: "question", request: old, to });
    await company.db.run(
      "UPDATE inbox SET received_at = now() - interval '1 day' WHERE id = 'Ev0'",
    );
    await outlastLeases(company.db);
    await settleLeft(inboxOf(company.db), handlers, [bot], silentLog, new AbortController().signal);
    expect(await theAnswer("C0ALL", /scorecard/)).toMatchObject([{ threadTs: head }]);
    expect(said("C0ALL").some((message) => signUps.test(message.words))).toBe(false);
    expect(await unsettled(company.db)).toEqual([]);
  });

  test("an answer whose picture is on its way is not said again by a program that was killed then", async () => {
    await start(way);
    slack.faults.next("file", { kind: "late_mimetype", looks: 7 });
    await slack.typeCommand({ channel: "C0ALL", user: "U0ANA", text: "/kpi weekly sign-ups" });
    await theAnswer("C0ALL", signUps);
    const isSettled = async () => (await unsettled(company.db)).length === 0;
    await vi.waitUntil(isSettled, { timeout: 30_000, interval: 20 });
    // It would be there only when the whole answer is.
    expect(JSON.stringify(said("C0ALL"))).not.toContain('"image"');
  });

  test("what was dealt with leaves its id in the inbox and nothing of what was said", async () => {
    await start(way);
    await slack.typeCommand({ channel: "C0ALL", user: "U0ANA", text: "/kpi weekly sign-ups" });
    slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text: "@Throughline help" });
    await theAnswer("C0ALL", signUps);
    await theAnswer("C0ALL", /scorecard/);
    await vi.waitUntil(async () => (await unsettled(company.db)).length === 0, { timeout: 30_000 });
    const bodies = await company.db.run("DELETE FROM inbox WHERE body IS NOT NULL");
    const ids = await company.db.run("DELETE FROM inbox");
    expect([bodies, ids > 1]).toEqual([0, true]);
  });
});
