/** Two processes of the bot over one Postgres and one Slack, and a fate that meets them at any step. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { loadSignUps } from "../support/sign-ups.ts";
import { MONDAY } from "../support/small-company.ts";
import { Bot } from "./bot.ts";
import type { Boundary } from "./step.ts";

/** What becomes of a process at a boundary; false: it is over, and what was to pass is lost. */
export type Fate = (bot: Bot, boundary: Boundary) => boolean | Promise<boolean>;

export interface TwoBots {
  database: FreshDatabase;
  slack: SlackSandbox;
  bots: readonly [Bot, Bot];
  /** From now on; null: everything passes. */
  meet(fate: Fate | null): void;
  /** Ends the leases and jobs of a process that is gone or asleep, as if their time were over. */
  outlive(bot: Bot): Promise<void>;
  stop(): Promise<void>;
}

export const CHANNELS = ["C0ALL", "C0LEAD", "C0PRD"] as const;
export const BOT_TOKEN = "xoxb-two-bots";

const kpiYaml = `
teams:
  PRD: { channels: [slack:C0PRD] }
scorecard:
  channels: [slack:C0ALL, slack:C0LEAD]
  metrics: [weekly_sign_ups]
`;

export interface TwoBotsOptions {
  env?: Readonly<Record<string, string>>;
  /** Where the bots find the database, when something stands before it. */
  reached?: (databaseUrl: string) => Promise<string>;
}

export async function twoBots({ env = {}, reached }: TwoBotsOptions = {}): Promise<TwoBots> {
  const database = await freshDatabase();
  await loadSignUps(database.db);
  const slack = await aSlack();
  // Where a process finds what others have compiled: a start takes a second, and there are many.
  const cache = mkdtempSync(path.join(tmpdir(), "two-bots-"));
  const around = {
    db: database.db,
    databaseUrl: (await reached?.(database.url)) ?? database.url,
    slackOrigin: new URL(slack.apiUrl).origin,
    env: { ...credentials, NODE_COMPILE_CACHE: cache, ...env },
    kpiYaml,
  };
  const fate: { now: Fate | null } = { now: null };
  const owners = new Map<string, Bot>();
  const gate = (bot: Bot, boundary: Boundary) => {
    const channel = boundary.phase === "asked" ? channelOfLease(boundary) : null;
    if (channel !== null) owners.set(channel, bot);
    return fate.now?.(bot, boundary) ?? true;
  };
  const bots = [await Bot.place(around, gate), await Bot.place(around, gate)] as const;
  // What was compiled is kept by whoever comes to a good end.
  await bots[0].start();
  bots[0].process.send("SIGTERM");
  await bots[0].end();
  await Promise.all(bots.map((bot) => bot.start()));
  return {
    database,
    slack,
    bots,
    meet: (next) => {
      fate.now = next;
    },
    outlive: (bot) => outlive(database, ownedBy(owners, bot)),
    stop: async () => {
      fate.now = null;
      await Promise.all(bots.map((bot) => bot.stop()));
      await slack.stop();
      await database.close();
      rmSync(cache, { recursive: true, force: true });
    },
  };
}

const credentials = {
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_SIGNING_SECRET: "two-bots-signing-secret",
  KPI_NOW: `${MONDAY}T09:00:00Z`,
  LOG_LEVEL: "info",
};

function aSlack(): Promise<SlackSandbox> {
  return startSlackSandbox({
    signingSecret: credentials.SLACK_SIGNING_SECRET,
    botToken: BOT_TOKEN,
    now: () => new Date(credentials.KPI_NOW),
    channels: CHANNELS.map((id) => ({ id, name: id.toLowerCase() })),
    users: [{ id: "U0ANA", name: "ana" }],
  });
}

/** The channel, `slack:C0ALL`, where a process asks for the next message or edit. */
function channelOfLease({ step, text }: Boundary): string | null {
  if (step !== "lease" && step !== "lease the edit") return null;
  return /slack:[A-Z0-9]+/.exec(text)?.[0] ?? null;
}

/** A channel has one job at a time, so whoever was the last to ask for a lease there holds what is held. */
function ownedBy(owners: ReadonlyMap<string, Bot>, bot: Bot): string[] {
  return [...owners].filter(([, owner]) => owner === bot).map(([channel]) => channel);
}

/**
 * pg-boss gives such a job up after 10 s of silence, and a lease is over after two minutes. A message
 * that is struck so often would be given up: its attempts are forgotten.
 */
async function outlive({ db }: FreshDatabase, channels: readonly string[]): Promise<void> {
  await db.run(
    `UPDATE delivery SET lease_until = now() - interval '1 second', attempts = 1
     WHERE lease_until > now() AND channel = ANY ($1::text[])`,
    [channels],
  );
  await db.run(
    `UPDATE pgboss.job SET state = 'failed', completed_on = now()
     WHERE state = 'active' AND (name <> 'post' OR singleton_key = ANY ($1::text[]))`,
    [channels],
  );
}
