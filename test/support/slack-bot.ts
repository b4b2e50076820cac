/** The whole bot in this process, in a Slack of its own, as a person finds it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { startClock } from "../../src/clock.ts";
import { loadConfig } from "../../src/config/index.ts";
import { type Log, silentLog } from "../../src/log.ts";
import { startThroughline, type Throughline } from "../../src/main.ts";
import { slackStrings } from "../bot/slack/active-in-slack.ts";
import { MONDAY } from "./small-company.ts";

export const EVERYBODY = "C0ALL";
/** Who asks, in turn: a bot that answers nobody who asks too much must not be taken for one that hangs. */
const crowd = Array.from({ length: 200 }, (_, i) => ({ id: `U0P${i}`, name: `person${i}` }));
let turn = 0;
/** Where money may be told. */
const LEADERS = "C0LEAD";
const PATIENCE_MS = 60_000;

export interface SlackBot {
  slack: SlackSandbox;
  bot: Throughline;
  /** Types `/kpi <text>` and waits until something is said to it; what it says, as a person reads it. */
  ask(text: string, channel?: string): Promise<string>;
  /** What /readyz says, its status in front. */
  readiness(): Promise<string>;
  stop(): Promise<void>;
}

export interface SlackBotOptions {
  env: Readonly<Record<string, string>>;
  log?: Log;
  /** Where the bot finds Slack when something stands between. */
  slackOrigin?: (origin: string) => Promise<string>;
}

const botSecrets = { signingSecret: "slack-bot-signing-secret", botToken: "xoxb-slack-bot" };

function startWorkspace(): Promise<SlackSandbox> {
  return startSlackSandbox({
    ...botSecrets,
    now: () => new Date(`${MONDAY}T10:00:00Z`),
    channels: [
      { id: EVERYBODY, name: "all" },
      { id: LEADERS, name: "leadership" },
    ],
    users: [{ id: "U0ANA", name: "ana" }, ...crowd],
    // Slack's own are nothing, a minute and five: an outage of seconds must not outlast the last.
    timing: { retryDelaysMs: [0, 1_000, 15_000] },
  });
}

export async function startSlackBot(options: SlackBotOptions): Promise<SlackBot> {
  const slack = await startWorkspace();
  const folder = await mkdtemp(path.join(tmpdir(), "slack-bot-"));
  await writeFile(
    path.join(folder, "kpi.yaml"),
    `channels:\n  slack:${LEADERS}: { sensitive: true }\n`,
  );
  const { origin } = new URL(slack.apiUrl);
  const bot = await startBot(folder, {
    SLACK_API_URL: `${(await options.slackOrigin?.(origin)) ?? origin}/api/`,
    ...options,
  });
  await slack.connect(`${bot.slackAddress}/slack/events`);
  return {
    slack,
    bot,
    ask: (text, channel = EVERYBODY) => ask(slack, text, channel),
    readiness: async () => {
      const response = await fetch(`${bot.adminAddress}/readyz`);
      return `${response.status} ${(await response.text()).trim()}`;
    },
    stop: async () => {
      await bot.stop();
      await slack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startBot(
  folder: string,
  { SLACK_API_URL, env, log = silentLog }: SlackBotOptions & { SLACK_API_URL: string },
): Promise<Throughline> {
  const clock = startClock(Temporal.Instant.from(`${MONDAY}T10:00:00Z`));
  const config = loadConfig(
    {
      KPI_DATA_DIR: folder,
      KPI_NOW: clock().toString(),
      PORT: "0",
      ADMIN_PORT: "0",
      SLACK_BOT_TOKEN: botSecrets.botToken,
      SLACK_SIGNING_SECRET: botSecrets.signingSecret,
      SLACK_API_URL,
      ...env,
    },
    folder,
  );
  if (!config.ok) throw new Error(JSON.stringify(config.fault));
  const started = await startThroughline(config.value, log, clock);
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  return started.value;
}

/** Answers of the bot in a channel, those that the asker alone sees too. */
export function answersIn(slack: SlackSandbox, channel: string): string[] {
  return slack
    .messages(channel)
    .filter(({ author }) => author.kind === "bot")
    .map(({ blocks }) => slackStrings(blocks).join("\n"));
}

async function ask(slack: SlackSandbox, text: string, channel: string): Promise<string> {
  const before = answersIn(slack, channel).length;
  const user = crowd[turn++ % crowd.length]?.id ?? "";
  await slack.typeCommand({ channel, user, text: `/kpi ${text}` });
  return slack.waitFor(() => answersIn(slack, channel)[before], PATIENCE_MS);
}
