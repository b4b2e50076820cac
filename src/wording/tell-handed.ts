import type { Message } from "../message.ts";

/** What stands beside a file, or says where it is. */
export function tellHanded(name: string, where: "here" | "direct"): Message {
  const text =
    where === "here"
      ? `${name}: unrounded numbers, as you may see them. A value's unit stands beside it.`
      : `${name} is in your direct messages with this bot.`;
  return { summary: text, blocks: [{ kind: "text", text }] };
}
