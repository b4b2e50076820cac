import { discordOverRest, slackOverRest } from "../../bot/index.ts";
import type { Config } from "../../config/index.ts";
import type { Log } from "../../log.ts";
import type { ChatFault, ChatPort } from "../../message.ts";
import { failed, type Result } from "../../result.ts";

/** The platform of `slack:U0OPS` as a place to post, by single calls: nothing is listened to. */
export async function openPort(
  { slack, discord }: Config,
  owner: string,
  log: Log,
): Promise<Result<ChatPort, ChatFault>> {
  const [platform] = owner.split(":");
  if (platform === "slack" && slack !== null)
    return slackOverRest(slack.botToken, slack.apiUrl ?? undefined, log);
  if (platform === "discord" && discord !== null)
    return discordOverRest(discord.token, discord.apiUrl ?? undefined, log);
  return failed({ kind: "refused", code: "platform_off" });
}
