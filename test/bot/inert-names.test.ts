import fc from "fast-check";
import { expect } from "vitest";
import { toDiscordMessage } from "../../src/bot/discord/to-discord-message.ts";
import { toSlackMessage } from "../../src/bot/slack/to-slack-message.ts";
import { faultTest } from "../support/fault-test.ts";
import { anyString, hostileNames, messageOf } from "./any-message.ts";
import { activeInDiscord } from "./discord/active-in-discord.ts";
import { activeInSlack } from "./slack/active-in-slack.ts";

const names = fc.oneof(fc.constantFrom(...hostileNames), anyString());

faultTest(34, "no name in any field of a Slack message acts", async (run) => {
  await run.check(
    fc.property(names, (name) => {
      const { text, blocks } = toSlackMessage(messageOf(name), null);
      const wire: unknown = JSON.parse(JSON.stringify(blocks));
      expect(activeInSlack({ text, blocks: Array.isArray(wire) ? wire : [] })).toEqual([]);
    }),
  );
  run.saw("0 active tokens");
});

faultTest(34, "no name in any field of a Discord message acts", async (run) => {
  await run.check(
    fc.property(names, (name) => {
      const { allowed_mentions: allowedMentions, ...made } = toDiscordMessage(messageOf(name));
      expect(activeInDiscord({ ...made, allowedMentions })).toEqual([]);
    }),
  );
  run.saw("0 active tokens, nobody in allowed_mentions");
});
