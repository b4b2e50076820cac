import { joinWithin } from "../join-within.ts";
import { literalText } from "../literal-text.ts";

/**
 * Text for a field that Slack reads as mrkdwn, at most `limit` UTF-16 units with the escapes; cut
 * text ends in an ellipsis. Only & < > are control characters of mrkdwn, so no mention, link or
 * date can come of it. Formatting characters are left: the top-level `text` is sent unformatted.
 */
export function escapeMrkdwn(text: string, limit: number): string {
  const symbols = [...literalText(text)].map((symbol) => entities[symbol] ?? symbol);
  return joinWithin(symbols, limit);
}

/**
 * What a person typed, of text that Slack escaped and linked: `<http://a.com|a.com>` was `a.com`, and
 * so may a filter's value be. A `<` that was typed is an entity, so none of it is taken for a link.
 */
export function unescapeMrkdwn(text: string): string {
  return text
    .replace(link, (_, url: string, label: string | undefined) => label ?? url)
    .replace(/&(lt|gt|amp);/g, (_, name: string) => characters[name] ?? "");
}

/** By its scheme: people, channels and groups begin with @, # or !, and stay. */
const link = /<([a-z][a-z0-9+.-]*:[^<>|]*)(?:\|([^<>]+))?>/gi;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&" };
