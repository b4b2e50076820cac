/** A Slack and a Discord of the demo's own, with the people and channels of demo/kpi.yaml. */
import { randomBytes } from "node:crypto";
import { type DiscordSandbox, startDiscordSandbox } from "../sandbox/discord/index.ts";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import type { Clock } from "../src/clock.ts";
import { errorFields } from "../src/log.ts";
import { failed, ok, type Result } from "../src/result.ts";

export interface Sandboxes {
  slack: SlackSandbox;
  discord: DiscordSandbox;
  /** What the bot needs to reach them. */
  environment: Readonly<Record<string, string>>;
}

const slackChannels = [
  { id: "C0ALL", name: "weekly-metrics" },
  { id: "C0LEAD", name: "leadership", private: true, leadership: true },
  { id: "C0GTM", name: "go-to-market" },
  { id: "C0PRD", name: "product" },
  { id: "C0ENG", name: "engineering" },
  { id: "C0CS", name: "customer-success" },
];

const people = [
  { id: "U0ANA", name: "ana", realName: "Ana (analyst)" },
  { id: "U0EXEC", name: "elena", realName: "Elena (executive)" },
  { id: "U0ENG", name: "igor", realName: "Igor (engineering)" },
  { id: "U0CS", name: "carla", realName: "Carla (customer success)" },
];

export const discordChannel = "2000000000000000001";
export const discordUser = "3000000000000000001";

/** What is to be called to stop what has been started, the last first. */
export type Stops = (() => Promise<unknown>)[];

/** The fault says that the page's port cannot be had. */
export async function startSandboxes(
  slackPort: number,
  clock: Clock,
  stops: Stops,
): Promise<Result<Sandboxes, string>> {
  const secret = (): string => randomBytes(16).toString("hex");
  const [slackToken, signingSecret, discordToken] = [`xoxb-${secret()}`, secret(), secret()];
  const now = (): Date => new Date(clock().epochMilliseconds);
  let slack: SlackSandbox;
  try {
    slack = await startSlackSandbox({
      port: slackPort,
      signingSecret,
      botToken: slackToken,
      channels: slackChannels,
      users: people,
      now,
    });
  } catch (error) {
    const { code } = errorFields(error);
    if (code === undefined) throw error;
    return failed(`--port: port ${slackPort} cannot be had (${code}). Choose another.`);
  }
  stops.push(() => slack.stop());
  const discord = await startDiscordSandbox({
    botToken: discordToken,
    channels: [{ id: discordChannel, name: "weekly-metrics" }],
    users: [{ id: discordUser, name: "ana" }],
    now,
  });
  stops.push(() => discord.stop());
  const environment = {
    SLACK_BOT_TOKEN: slackToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discordToken,
    DISCORD_API_URL: discord.apiUrl,
  };
  return ok({ slack, discord, environment });
}
