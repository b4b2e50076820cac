/** A report's world in small: a database, a Slack that breaks when it is told to, and no company at all. */
import { z } from "zod";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { startSlack } from "../../src/bot/index.ts";
import type { ChatConnection } from "../../src/chat-connection.ts";
import { type Database, openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { channelsToPostTo } from "../../src/reports/delivery-store.ts";
import { type ReportContext, reportDue, reportJobs } from "../../src/reports/index.ts";
import { postTo } from "../../src/reports/post-delivery.ts";
import { claimRun } from "../../src/reports/run-store.ts";
import { memoryInbox } from "../contract/memory-inbox.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { one } from "../support/rows.ts";
import { someRules } from "../support/some-rules.ts";

export const NINE = Temporal.Instant.from("2026-11-16T09:00:00Z");
export const now = (): Temporal.Instant => NINE;
const running = new AbortController().signal;

export interface Reporting {
  database: FreshDatabase;
  slack: SlackSandbox;
  context: ReportContext;
  /** Another process: pools and connections of its own. */
  replica: ReportContext;
  stop(): Promise<void>;
}

export async function reporting(): Promise<Reporting> {
  const database = await freshDatabase();
  const slack = await startSlackSandbox({
    signingSecret: "signing",
    botToken: "xoxb-reports",
    now: () => new Date(NINE.epochMilliseconds),
    channels: [
      { id: "C0ALL", name: "all", members: ["U0ANA"] },
      { id: "C0LEAD", name: "lead", members: ["U0ANA"] },
      { id: "C0GTM", name: "gtm", members: ["U0ANA"] },
      { id: "C0EXT", name: "shared", external: true, members: ["U0ANA"] },
      { id: "C0OVER", name: "over", archived: true, members: ["U0ANA"] },
    ],
    users: [
      { id: "U0ANA", name: "ana" },
      { id: "U0OPS", name: "ops" },
      // In no channel until somebody invites them.
      { id: "U0GUE", name: "gus", guest: "multi_channel" },
    ],
  });
  const [first, second] = [await connect(slack.apiUrl), await connect(slack.apiUrl)];
  const pool = openDatabase(database.url, {
    max: 5,
    applicationName: "replica",
    statementTimeoutMs: 20_000,
    log: silentLog,
  });
  return {
    database,
    slack,
    context: await contextOf(database.db, first),
    replica: await contextOf(pool, second),
    stop: async () => {
      await Promise.all([first.stop(), second.stop()]);
      await slack.stop();
      await pool.close();
      await database.close();
    },
  };
}

async function connect(apiUrl: string): Promise<ChatConnection> {
  const started = await startSlack({
    botToken: "xoxb-reports",
    signingSecret: "signing",
    apiUrl,
    host: "127.0.0.1",
    port: 0,
    handlers: {
      onCommand: async () => {},
      onClick: async () => {},
      onThreadReply: async () => {},
      onReadersChanged: async () => {},
      onTurnedAway: async () => {},
      inbox: memoryInbox(),
    },
    machineNow: () => Temporal.Now.instant(),
    log: silentLog,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  return started.value;
}

async function contextOf(db: Database, { port }: ChatConnection): Promise<ReportContext> {
  const catalogue = await loadCatalogue(defaultSettings);
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.fault));
  return {
    metrics: { db, catalogue: catalogue.value, settings: defaultSettings },
    rules: someRules(["slack:C0LEAD"]),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    ports: new Map([[port.platform, port]]),
    scorecard: {
      channels: ["slack:C0ALL", "slack:C0ALL"],
      metrics: ["adoption_rate"],
      rule: { weekday: 1, wallTime: "09:00", timeZone: "UTC" },
      holdUntil: null,
      muted: new Map(),
    },
    sources: null,
    teams: new Map(),
    breakdowns: { weekday: 1, wallTime: "09:00", timeZone: "UTC" },
    owner: "slack:U0OPS",
    log: silentLog,
  };
}

/**
 * A tick whose jobs are done here and now, one after the other; a job that fails ends it. Nobody is
 * free for jobs of the kinds in `busy`.
 */
export function tick(
  context: ReportContext,
  at = NINE,
  busy: readonly string[] = [],
): Promise<void> {
  const kinds = reportJobs(context, () => at).filter(({ name }) => !busy.includes(name));
  const ask = async (kind: string, key: string): Promise<void> =>
    kinds.find(({ name }) => name === kind)?.work(key, running);
  return reportDue(context, { ask }, () => at);
}

/** Posts into all channels at once; the number of messages that were sent. */
export async function postEverywhere(context: ReportContext): Promise<number> {
  const channels = await channelsToPostTo(context.metrics.db, [...context.ports.keys()]);
  const sent = channels.map((channel) => postTo(context, channel, now, running));
  return (await Promise.all(sent)).reduce((sum, count) => sum + count, 0);
}

/** What a run may say: one line of text, without figures and pictures. */
export const aLine = {
  kind: "signal_link",
  metric: "adoption_rate",
  name: "Adoption Rate",
  sensitive: false,
  channel: "discord:1",
  messageId: "1",
};

let lines = 0;

/** A built run to be said in these channels. */
export async function aRun(
  { context }: Reporting,
  channels: readonly string[],
  told: unknown = aLine,
): Promise<void> {
  await claimRun(context.metrics.db, {
    report: `line/${++lines}`,
    period: "2026-11-09",
    dueAt: NINE,
    now: NINE,
    told,
    channels: channels.map((channel) => ({ channel, parent: null })),
  });
}

const state = z.object({ state: z.string(), fault: z.string().nullable(), attempts: z.number() });

/** The state of the only delivery in a channel. */
export function stateIn({ database }: Reporting, channel: string): Promise<z.infer<typeof state>> {
  return one(database.db, state, "SELECT state, fault, attempts FROM delivery WHERE channel = $1", [
    channel,
  ]);
}

/** What waits is due now, and leases are over: the database's clock is not moved, so the rows are. */
export async function timePasses({ database }: Reporting): Promise<void> {
  await database.db.run(
    `UPDATE delivery SET next_try_at = now(), lease_until = lease_until - interval '1 hour',
       waits_since = waits_since - interval '3 minutes'`,
  );
  await database.db.run("UPDATE run SET next_build_at = now()");
  await database.db.run("UPDATE trouble SET noticed_at = noticed_at - interval '1 hour'");
}

export const posts = ({ slack }: Reporting, channel: string): number =>
  slack.messages(channel).filter(({ author }) => author.kind === "bot").length;

/** What the owner has been told privately, as it stands. */
export const notices = ({ slack }: Reporting): string[] =>
  slack.messages("D00OPS").map(({ text }) => text);
