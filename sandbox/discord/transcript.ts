import { objectsOf, textOf } from "../json.ts";
import type { Message } from "./server/message.ts";
import type { Server } from "./server/server.ts";
import { timeOf } from "./server/snowflakes.ts";

/** A channel as lines of text, each message with its thread indented below it. */
export function transcript(server: Server, channel: string): string {
  return server.messages
    .in(channel)
    .map((message) => [told(server, message, ""), ...threadOf(server, message)].join("\n"))
    .join("\n");
}

function threadOf(server: Server, head: Message): string[] {
  if (!server.channels.has(head.id)) return [];
  const replies = server.messages.in(head.id).filter((message) => message.type !== 21);
  return replies.map((message) => told(server, message, "    "));
}

function told(server: Server, message: Message, indent: string): string {
  const time = timeOf(message.id).toISOString().slice(11, 16);
  const author = server.users.get(message.author)?.name ?? message.author;
  const reader =
    message.visibleTo === null ? "" : ` (only ${server.users.get(message.visibleTo)?.name})`;
  const lines = [
    `[${time}] ${author}${reader}${message.edited ? " (edited)" : ""}`,
    ...(message.thinking ? ["is thinking…"] : []),
    ...message.content.split("\n"),
    ...message.embeds.flatMap((embed) => textOf(embed.description).split("\n")),
    ...message.attachments.map(({ filename, description }) =>
      description === "" ? `[file ${filename}]` : `[picture ${filename}: ${description}]`,
    ),
    ...message.components.map((row) =>
      objectsOf(row.components)
        .map(({ label, placeholder }) => `[ ${textOf(label) || `${textOf(placeholder)} ▾`} ]`)
        .join(" "),
    ),
  ];
  return lines
    .filter((line) => line !== "")
    .map((line) => `${indent}${line}`)
    .join("\n");
}
