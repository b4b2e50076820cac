import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { DiscordCall } from "./discord-call.ts";

/** `/kpi`, with all that follows it in one option, so that the words are the same as elsewhere. */
export const kpiCommand = {
  name: "kpi",
  option: "ask",
} as const;

/** The servers that are served, by id; null: all that the bot is in. */
export type Guilds = readonly string[] | null;

/**
 * Declares the command for the servers that are served. It replaces what was declared before, so
 * that starting again changes nothing. Only servers see it: no direct messages, no installations by
 * a single user.
 */
export async function registerCommand(
  call: DiscordCall,
  applicationId: string,
  guilds: Guilds,
): Promise<Result<null, ChatFault>> {
  const declarations =
    guilds === null
      ? [
          {
            route: Routes.applicationCommands(applicationId),
            command: { ...declared, ...serversOnly },
          },
        ]
      : guilds.map((guild) => ({
          route: Routes.applicationGuildCommands(applicationId, guild),
          command: declared,
        }));
  for (const { route, command } of declarations) {
    const put = await call("PUT", route, { body: [command] }, z.array(z.unknown()));
    if (!put.ok) return put;
  }
  return ok(null);
}

const declared: RESTPutAPIApplicationCommandsJSONBody[number] = {
  type: ApplicationCommandType.ChatInput,
  name: kpiCommand.name,
  description: "A metric with its change, verdict and chart. Try: help",
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: kpiCommand.option,
      description: "A metric and filters, such as: adoption tier=pro",
      required: false,
    },
  ],
};

const serversOnly = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};
