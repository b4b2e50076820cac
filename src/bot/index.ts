export { discordOverRest } from "./discord/discord-over-rest.ts";
export { type DiscordExamination, examineDiscord } from "./discord/examine-discord.ts";
export {
  type DiscordOptions,
  type DiscordStartFault,
  startDiscord,
} from "./discord/start-discord.ts";
export { type Kept, keptFrom } from "./inbox-body.ts";
export {
  examineSlack,
  type SlackExamination,
  type SlackRefusal,
} from "./slack/examine-slack.ts";
export { slackManifest, slackScopes } from "./slack/manifest.ts";
export { slackOverRest } from "./slack/slack-over-rest.ts";
export { type SlackOptions, type SlackStartFault, startSlack } from "./slack/start-slack.ts";
export { tellingWhenSaid } from "./telling-when-said.ts";
