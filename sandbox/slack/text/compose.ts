import type { Workspace } from "../workspace/workspace.ts";
import { escapeText } from "./escape.ts";

/**
 * What a person types, as Slack sends it on: escaped, addresses made links, and `@name` of somebody in
 * the workspace made a mention. `withNames` is the form of commands (`should_escape`): `<@U0ANA|ana>`.
 */
export function composeText(workspace: Workspace, typed: string, withNames: boolean): string {
  const ids = new Map(
    [...workspace.users.values()].map((user) => [user.name.toLowerCase(), user.id]),
  );
  ids.set(workspace.bot.name.toLowerCase(), workspace.bot.userId);
  return linkAddresses(escapeText(typed)).replaceAll(
    /(?<![\w@])@([\p{L}\p{N}._-]+)/gu,
    (whole, name: string) => {
      const id = ids.get(name.toLowerCase());
      if (!id) return whole;
      return withNames ? `<@${id}|${name}>` : `<@${id}>`;
    },
  );
}

/** `partner.com` is sent on as `<http://partner.com|partner.com>`, wherever in a word it stands. */
function linkAddresses(escaped: string): string {
  return escaped.replaceAll(address, (word: string) => {
    if (/^https?:/i.test(word)) return `<${word}>`;
    return word.includes("@") ? `<mailto:${word}|${word}>` : `<http://${word}|${word}>`;
  });
}

/** Slack knows all domains; the sandbox those that are met most. */
const domain = String.raw`(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|co|eu|de|uk|fr|ai|app)(?![\w-])`;
const path = String.raw`(?:/(?:[^\s<>|&",]|&amp;)*)?`;
const address = new RegExp(
  String.raw`https?://(?:[^\s<>|&",]|&amp;)+|(?<![\w@.-])(?:[\w.+-]+@${domain}|${domain}${path})`,
  "gi",
);
