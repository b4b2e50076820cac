import type { Workspace } from "../workspace/workspace.ts";
import { escapeText } from "./escape.ts";

/**
 * What a person types, as Slack sends it on: escaped, and `@name` of somebody in the workspace made
 * a mention. `withNames` is the form of commands (`should_escape`): `<@U0ANA|ana>`.
 */
export function composeText(workspace: Workspace, typed: string, withNames: boolean): string {
  const ids = new Map(
    [...workspace.users.values()].map((user) => [user.name.toLowerCase(), user.id]),
  );
  ids.set(workspace.bot.name.toLowerCase(), workspace.bot.userId);
  return escapeText(typed).replaceAll(/(?<![\w@])@([\p{L}\p{N}._-]+)/gu, (whole, name: string) => {
    const id = ids.get(name.toLowerCase());
    if (!id) return whole;
    return withNames ? `<@${id}|${name}>` : `<@${id}>`;
  });
}
