/**
 * `figures: links_only` from end to end: every command by the examples of its help, and every kind of
 * report, over two companies that differ in their numbers alone. What reaches Slack must not differ.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { startSlack } from "../src/bot/index.ts";
import type { ChatConnection, ChatHandlers, Reply } from "../src/chat-connection.ts";
import { commandExamples } from "../src/commands/dispatch.ts";
import {
  answerClick,
  answerCommand,
  type ChatContext,
  inboxOf,
  knownFacts,
  shareGuard,
} from "../src/commands/index.ts";
import { loadConfig } from "../src/config/index.ts";
import { type Connections, connectPlatforms } from "../src/connect-platforms.ts";
import { connectionWithoutFigures, handlersWithoutFigures } from "../src/keep-figures-out.ts";
import { silentLog } from "../src/log.ts";
import type { ChatPort } from "../src/message.ts";
import { answerMetric, buildScorecard, totalQuestion } from "../src/metrics/index.ts";
import type { ReportContext } from "../src/reports/index.ts";
import { messageFor } from "../src/reports/message-for.ts";
import type { Told } from "../src/reports/told.ts";
import { ok } from "../src/result.ts";
import { slackStrings } from "./bot/slack/active-in-slack.ts";
import { memoryInbox } from "./contract/memory-inbox.ts";
import { type AskedCompany, askedCompany } from "./metrics/asked-company.ts";
import { completeThrough } from "./support/rows.ts";
import { someRules } from "./support/some-rules.ts";

const now = Temporal.Instant.from("2026-11-16T09:00:00Z");
const WEEK = "2026-11-09";
const ana = { platform: "slack", user: "U0ANA" };
const place = { platform: "slack", channel: "C0ALL" };

const reader = { kind: "report", channel: place, readers: "colleagues" } as const;

/** Of each of 40 weeks so many accounts, who pay so much a week from then on. */
interface Numbers {
  signUps: number;
  amount: number;
}
const some: Numbers = { signUps: 6, amount: 7654.32 };
const others: Numbers = { signUps: 9, amount: 8975.31 };
/** What a reader would find of them, in words, tables and pictures' descriptions. */
const canaries = /7,?654|8,?975|\$|\b\d+\.\d+%|points|vs year/;

const worlds: World[] = [];
afterAll(async () => {
  for (const world of worlds) await world.stop();
});

interface World {
  slack: SlackSandbox;
  company: AskedCompany;
  context: ChatContext;
  handlers: ChatHandlers;
  connection: ChatConnection;
  stop(): Promise<void>;
}

async function aCompany({ signUps, amount }: Numbers): Promise<AskedCompany> {
  const company = await askedCompany();
  const { db } = company;
  await db.run(
    `INSERT INTO source.accounts (account_id, source, channel, segment, region, signed_up_at, first_paid_at)
     SELECT w || '-' || i, 'campaign', 'direct', 'smb', CASE WHEN i % 2 = 0 THEN 'eu' ELSE 'us' END, at, at
     FROM generate_series(0, 39) w, generate_series(1, $1::int) i,
          LATERAL (SELECT timestamptz '2026-11-10 09:00Z' - w * interval '7 days' AS at) x`,
    [signUps],
  );
  await db.run("INSERT INTO source.tiers VALUES ('pro', 1, true)");
  await db.run(
    `INSERT INTO source.subscription_periods (account_id, line_id, valid_from, is_primary, tier, status, mrr)
     SELECT account_id, 'main', signed_up_at, true, 'pro', 'paid', $1 FROM source.accounts`,
    [amount],
  );
  await db.run(
    `INSERT INTO source.revenue_daily (account_id, revenue_date, revenue_kind, net_amount, cost_amount)
     SELECT account_id, d::date, 'usage', $1, 1
     FROM source.accounts, generate_series(signed_up_at::date, date '2026-11-15', interval '7 days') d`,
    [amount],
  );
  await completeThrough(db, "2026-11-16T00:00Z");
  await company.refresh();
  return company;
}

async function aWorld(numbers: Numbers, isGuarded: boolean): Promise<World> {
  const company = await aCompany(numbers);
  const slack = await startSlackSandbox({
    signingSecret: "signing",
    botToken: "xoxb-links",
    now: () => new Date(now.epochMilliseconds),
    channels: [{ id: "C0ALL", name: "all" }],
    users: [{ id: "U0ANA", name: "ana" }],
  });
  const ports = new Map<string, ChatPort>();
  const context = contextOf(company, ports);
  const plain: ChatHandlers = {
    inbox: inboxOf(company.db),
    onCommand: (request, reply) => answerCommand(context, request, reply, now),
    onClick: (click, reply) => answerClick(context, click, reply, now),
    onThreadReply: async () => {},
    onReadersChanged: async () => {},
    onTurnedAway: async () => {},
  };
  const handlers = isGuarded ? handlersWithoutFigures(plain) : plain;
  const started = await startSlack({
    botToken: "xoxb-links",
    signingSecret: "signing",
    apiUrl: slack.apiUrl,
    host: "127.0.0.1",
    port: 0,
    handlers,
    machineNow: () => Temporal.Now.instant(),
    log: silentLog,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  const connection = isGuarded ? connectionWithoutFigures(started.value) : started.value;
  ports.set("slack", connection.port);
  const stop = async (): Promise<void> => {
    await connection.stop();
    await slack.stop();
    await company.close();
  };
  const world = { slack, company, context, handlers, connection, stop };
  worlds.push(world);
  return world;
}

function contextOf(company: AskedCompany, ports: ReadonlyMap<string, ChatPort>): ChatContext {
  const { db, catalogue, settings } = company;
  return {
    metrics: { db, catalogue, settings },
    rules: someRules(["slack:C0ALL"], {
      operators: new Set(["slack:U0ANA"]),
      guestChannels: new Set(["slack:C0ALL"]),
    }),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: ["weekly_revenue", "mrr", "weekly_sign_ups", "active_accounts"],
    prefix: "/kpi",
    log: silentLog,
    privateChannels: new Set(),
    facts: knownFacts(ports),
    flood: { pace: () => "answer" },
    sharing: shareGuard(),
  };
}

/** What each kind of report tells, of the money and of the sign-ups. */
async function everyReport({ company }: World): Promise<Record<Told["kind"], Told>> {
  const { db, catalogue, settings } = company;
  const metrics = { db, catalogue, settings };
  const scorecard = await buildScorecard(
    metrics,
    ["weekly_revenue", "mrr", "weekly_sign_ups"],
    WEEK,
  );
  const answered = await answerMetric(metrics, totalQuestion("weekly_revenue", WEEK, 26));
  if (!answered.ok) throw new Error(answered.fault.kind);
  const answer = answered.value;
  const { value } = answer.figures;
  const moved = { metric: "mrr", name: "MRR", unit: "money", was: value, now: 2 * (value ?? 0) };
  const about = { metric: "weekly_revenue", name: "Weekly Revenue", sensitive: true };
  const state = { kind: "open", week: WEEK, value } as const;
  return {
    scorecard: { kind: "scorecard", scorecard, restated: [moved] },
    team: { kind: "team", scorecard: { ...scorecard, team: "GTM" }, silent: 1, restated: [moved] },
    signal: { kind: "signal", signalId: 1, answer, team: "GTM", sensitive: true, state },
    signal_week: { kind: "signal_week", answer, sensitive: true, state },
    signal_link: { kind: "signal_link", ...about, channel: "slack:C0ALL", messageId: "1" },
    notice: { kind: "notice", troubles: [] },
  };
}

function reportContext({ context, connection }: World): ReportContext {
  const rule = { weekday: 1, wallTime: "09:00", timeZone: "UTC" };
  return {
    ...context,
    ports: new Map([["slack", connection.port]]),
    scorecard: { channels: [], metrics: [], rule, holdUntil: null, muted: new Map() },
    teams: new Map(),
    breakdowns: rule,
    owner: null,
    sources: null,
  };
}

function replyIn({ replyLater }: ChatConnection): Reply {
  if (replyLater === null) throw new Error("no way to answer");
  return replyLater(ana, place);
}

/** Everything that reaches Slack, in the order in which it was asked. */
async function everythingSaid(world: World, lines: readonly string[]): Promise<string[]> {
  const { handlers, connection, slack } = world;
  const doing = { asker: ana, place, direct: false, external: false };
  for (const [i, text] of lines.entries()) {
    await handlers.onCommand({ ...doing, id: `line-${i}`, text }, replyIn(connection));
    const click = { ...replyIn(connection), dismiss: async () => ok(null) };
    await handlers.onClick({ ...doing, id: `csv-${i}`, action: "csv", value: text }, click);
  }
  for (const [kind, told] of Object.entries(await everyReport(world))) {
    const moment = { dueAt: now.subtract({ hours: 2 }).toString(), at: now };
    const message = await messageFor(reportContext(world), told, reader, moment);
    if (!message.ok || message.value === null) throw new Error(`${kind} is not told`);
    const posted = await connection.port.post(place, message.value, kind);
    expect(posted.ok, kind).toBe(true);
  }
  return slack
    .messages("C0ALL")
    .map(({ text, blocks }) => [text, ...slackStrings(blocks)].join("\n"));
}

const lines = [
  ...commandExamples,
  "weekly revenue by region vs year",
  "mrr region=eu last 5 weeks private",
  "backtest weekly revenue",
  "cltv",
  "define mrr",
  "frob",
];

test("no command and no report tells a figure where they are kept out of chat", {
  timeout: 300_000,
}, async () => {
  const mine = await everythingSaid(await aWorld(some, true), lines);
  expect(mine.length).toBeGreaterThan(lines.length);
  const its = await everythingSaid(await aWorld(others, true), lines);
  expect(mine).toEqual(its);
  expect(worlds.flatMap(({ slack }) => slack.state().files)).toEqual([]);
  const answers = mine.filter((said) => said.includes("Figures are not told in chat here"));
  expect(answers.length).toBeGreaterThan(5);
  const told = mine.join("\n");
  for (const words of [
    "Weekly Revenue by region",
    "Scorecard 2026-W46",
    "Backtest: ",
    "Signal: Weekly Revenue",
    "Restated since: MRR.",
    "Adoption Rate (13-week): Share of new accounts",
    "What can be typed",
  ])
    expect(told).toContain(words);
  expect(answers.filter((said) => canaries.test(said))).toEqual([]);
  expect(worlds.flatMap(({ slack }) => slack.problems())).toEqual([]);
});

test("where they are not, the same questions tell them", { timeout: 300_000 }, async () => {
  const said = await everythingSaid(await aWorld(some, false), ["weekly revenue by region"]);
  expect(said.join("\n")).toMatch(canaries);
});

test("the switch in kpi.yaml is what keeps them out", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "links-only-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, "kpi.yaml"), "figures: links_only\n");
  const slack = await startSlackSandbox({
    signingSecret: "signing",
    botToken: "xoxb-links",
    now: () => new Date(),
    channels: [{ id: "C0ALL", name: "all" }],
    users: [{ id: "U0ANA", name: "ana" }],
  });
  onTestFinished(() => slack.stop());
  const env = {
    SLACK_BOT_TOKEN: "xoxb-links",
    SLACK_SIGNING_SECRET: "signing",
    SLACK_API_URL: slack.apiUrl,
    PORT: "0",
  };
  const config = loadConfig(env, folder);
  if (!config.ok) throw new Error(JSON.stringify(config.fault));
  const connections: Connections = { ports: new Map(), open: [], slackAddress: null };
  const figure = { summary: "MRR 9,876", blocks: [{ kind: "text", text: "9,876" }] } as const;
  const handlers: ChatHandlers = {
    inbox: memoryInbox(),
    onCommand: async (_, reply) => void (await reply.say(figure, "everyone")),
    onClick: async () => {},
    onThreadReply: async () => {},
    onReadersChanged: async () => {},
    onTurnedAway: async () => {},
  };
  const connecting = {
    config: config.value,
    handlers,
    onGap: () => {},
    log: silentLog,
    connections,
  };
  expect(await connectPlatforms(connecting)).toBeNull();
  onTestFinished(async () => void (await connections.open[0]?.stop()));
  await slack.connect(`${connections.slackAddress}/slack/events`);
  await connections.ports.get("slack")?.post(place, figure, "id");
  await slack.typeCommand({ channel: "C0ALL", user: "U0ANA", text: "/kpi mrr" });
  const said = () => slack.messages("C0ALL").filter(({ author }) => author.kind === "bot");
  await vi.waitUntil(() => said().length === 2, { timeout: 20_000, interval: 20 });
  expect(JSON.stringify(said())).not.toContain("9,876");
});
