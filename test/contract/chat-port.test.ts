import { describeChatPort } from "./chat-port.contract.ts";
import { discordPlatform } from "./discord-platform.ts";
import { slackPlatform, slackSocketPlatform } from "./slack-platform.ts";

describeChatPort("Slack", slackPlatform);
describeChatPort("Slack over a socket", slackSocketPlatform);
describeChatPort("Discord", discordPlatform);
