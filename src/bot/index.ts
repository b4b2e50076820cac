export {
  type DiscordOptions,
  type DiscordStartFault,
  startDiscord,
} from "./discord/start-discord.ts";
export { threadReplyFrom } from "./inbox-body.ts";
export { type SlackOptions, type SlackStartFault, startSlack } from "./slack/start-slack.ts";
