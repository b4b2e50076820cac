/** A Slack and a Discord of the demo's own, with the people and channels of demo/kpi.yaml. */
import { randomBytes } from "node:crypto";
import { type DiscordSandbox, startDiscordSandbox } from "../sandbox/discord/index.ts";
import {
  type SlackSandbox,
  type SlackSandboxOptions,
  startSlackSandbox,
} from "../sandbox/slack/index.ts";
import type { Clock } from "../src/clock.ts";
import { errorFields } from "../src/log.ts";
import { failed, ok, type Result } from "../src/result.ts";
import type { Stops } from "../src/stop-in-reverse.ts";

export interface Sandboxes {
  slack: SlackSandbox;
  discord: DiscordSandbox;
  /** What the bot needs to reach them. */
  environment: Readonly<Record<string, string>>;
}

const ofTeam = "On Monday at nine, signals of what this team owns come here, each with a thread.";

const slackChannels = [
  { id: "C0ALL", name: "weekly-metrics", purpose: "The scorecard comes here on Monday at nine." },
  {
    id: "C0LEAD",
    name: "leadership",
    purpose: "The scorecard with its money comes here on Monday at nine.",
    private: true,
    leadership: true,
  },
  { id: "C0GTM", name: "go-to-market", purpose: ofTeam },
  { id: "C0PRD", name: "product", purpose: ofTeam },
  { id: "C0ENG", name: "engineering", purpose: ofTeam },
  { id: "C0CS", name: "customer-success", purpose: ofTeam },
];

/** What the pages offer somebody who has never asked for a number. */
const examples = [
  "/kpi adoption tier=pro",
  "/kpi adoption by source window=13",
  "/kpi p99 since 1 Sept",
  "/kpi define adoption",
  "/kpi help",
];

const discordTopic = "Ask here for a number. The demo's Monday is posted in its Slack.";

const people = [
  { id: "U0ANA", name: "ana", realName: "Ana (analyst)" },
  { id: "U0EXEC", name: "elena", realName: "Elena (executive)" },
  { id: "U0ENG", name: "igor", realName: "Igor (engineering)" },
  { id: "U0CS", name: "carla", realName: "Carla (customer success)" },
];

export const discordChannel = "2000000000000000001";
export const discordUser = "3000000000000000001";

/** `socket`: Slack in Socket Mode. The fault says that the page's port cannot be had. */
export async function startSandboxes(
  { port, socket }: { port: number; socket: boolean },
  clock: Clock,
  stops: Stops,
): Promise<Result<Sandboxes, string>> {
  const secret = (): string => randomBytes(16).toString("hex");
  const [slackToken, signingSecret, discordToken] = [`xoxb-${secret()}`, secret(), secret()];
  const appToken = `xapp-${secret()}`;
  const now = (): Date => new Date(clock().epochMilliseconds);
  const slack = await startSlack(port, {
    signingSecret,
    botToken: slackToken,
    ...(socket ? { appToken } : {}),
    channels: slackChannels,
    users: people,
    examples,
    now,
  });
  if (!slack.ok) return slack;
  stops.push(() => slack.value.stop());
  const discord = await startDiscordSandbox({
    botToken: discordToken,
    channels: [{ id: discordChannel, name: "weekly-metrics", topic: discordTopic }],
    examples,
    users: [{ id: discordUser, name: "ana" }],
    now,
  });
  stops.push(() => discord.stop());
  const environment = {
    SLACK_BOT_TOKEN: slackToken,
    ...(socket ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
    SLACK_API_URL: slack.value.apiUrl,
    DISCORD_TOKEN: discordToken,
    DISCORD_API_URL: discord.apiUrl,
  };
  return ok({ slack: slack.value, discord, environment });
}

/** The fault says that the port cannot be had. */
async function startSlack(
  port: number,
  options: SlackSandboxOptions,
): Promise<Result<SlackSandbox, string>> {
  try {
    return ok(await startSlackSandbox({ ...options, port }));
  } catch (error) {
    const { code } = errorFields(error);
    if (code === undefined) throw error;
    return failed(`--port: port ${port} cannot be had (${code}). Choose another.`);
  }
}
