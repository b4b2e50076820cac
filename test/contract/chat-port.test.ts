import { describeChatPort } from "./chat-port.contract.ts";
import { discordPlatform } from "./discord-platform.ts";
import { slackPlatform } from "./slack-platform.ts";

describeChatPort("Slack", slackPlatform);
describeChatPort("Discord", discordPlatform);
