import type { Span, Text } from "../../message.ts";
import { assertNever } from "../../result.ts";
import { escapeMarkdown, insideCode } from "./discord-escape.ts";
import { discordLimits } from "./limits.ts";

export interface Mentions {
  /** The roles that this message may really mention. */
  roles: Set<string>;
}

/** A text as Discord's markdown, at most `limit` UTF-16 units; a span that does not fit whole is cut. */
export function markdown(text: Text, limit: number, mentions: Mentions): string {
  let written = "";
  for (const span of typeof text === "string" ? [text] : text) {
    written += markdownSpan(span, limit - written.length, mentions);
  }
  return written;
}

function markdownSpan(span: Span, room: number, mentions: Mentions): string {
  if (typeof span === "string") return escapeMarkdown(span, room);
  switch (span.kind) {
    case "strong":
      return wrapped("**", escapeMarkdown(span.text, room - 4));
    case "code":
      return wrapped(
        "`",
        insideCode(span.text)
          .slice(0, Math.max(0, room - 2))
          .toWellFormed(),
      );
    case "link":
      return link(span.text, span.url, room);
    case "mention":
      return mention(span, room, mentions);
    default:
      return assertNever(span);
  }
}

function wrapped(mark: string, text: string): string {
  return text.trim() === "" ? "" : `${mark}${text}${mark}`;
}

/** The brackets around the address keep Discord from drawing a preview. */
function link(text: string, url: string, room: number): string {
  const target = webAddress(url);
  const cost = target === null ? 0 : target.length + 6;
  const shown = escapeMarkdown(text, room);
  if (target === null || shown.length + cost > room || shown.trim() === "") return shown;
  return `[${shown}](<${target}>)`;
}

function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return null;
  const safe = href.replace(/[<>()\s]/g, (symbol) => `%${symbol.charCodeAt(0).toString(16)}`);
  return safe.length <= discordLimits.linkUrl ? safe : null;
}

/** Roles of this platform; anything else is shown by its name. */
function mention(
  { target, name }: { target: string; name: string },
  room: number,
  mentions: Mentions,
): string {
  const role = /^discord:(\d{1,20})$/.exec(target)?.[1];
  if (role === undefined || role.length + 4 > room) return escapeMarkdown(name, room);
  mentions.roles.add(role);
  return `<@&${role}>`;
}
