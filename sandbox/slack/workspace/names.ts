import type { Message } from "./message.ts";
import type { Workspace } from "./workspace.ts";

/** The one organisation that strangers are of. */
export const STRANGERS_TEAM = "T0STRANGER";

/** The shown name of whatever an id stands for; the id itself when nobody knows it. */
export function nameIn(workspace: Workspace, id: string): string {
  if (id === workspace.bot.userId) return workspace.bot.name;
  return workspace.users.get(id)?.realName ?? workspace.channels.get(id)?.name ?? id;
}

export function authorName(workspace: Workspace, message: Message): string {
  switch (message.author.kind) {
    case "person":
      return nameIn(workspace, message.author.user);
    case "bot":
      return workspace.bot.name;
    case "slack":
      return "Slackbot";
  }
}
