import { Routes, ThreadAutoArchiveDuration } from "discord.js";
import { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import type { DiscordCall } from "./discord-call.ts";
import { discordCodes } from "./discord-fault.ts";
import { discordMessage } from "./discord-messages.ts";
import { discordLimits } from "./limits.ts";

/** Sees to it that the thread of a message exists. It has the message's id. */
export type OpenThread = (channel: string, head: string) => Promise<Result<null, ChatFault>>;

export function threadOpener(call: DiscordCall): OpenThread {
  const open = new Set<string>();
  return async (channel, head) => {
    if (open.has(head)) return ok(null);
    const name = await threadName(call, channel, head);
    const body = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneWeek };
    const opened = await call("POST", Routes.threads(channel, head), { body }, z.unknown());
    if (
      opened.ok ||
      (opened.fault.kind === "refused" && opened.fault.code === discordCodes.threadExists)
    ) {
      open.add(head);
      return ok(null);
    }
    // Opening twice opens once, and nothing has been posted, so nothing is in doubt.
    if (opened.fault.kind === "ambiguous") return failed({ ...opened.fault, kind: "unreachable" });
    return opened;
  };
}

/** What the message begins with, so that the thread is recognised in the list of threads. */
async function threadName(call: DiscordCall, channel: string, head: string): Promise<string> {
  const read = await call("GET", Routes.channelMessage(channel, head), {}, discordMessage);
  const line = read.ok ? (read.value.content.split("\n", 1)[0] ?? "") : "";
  const plain = literalText(
    line.replace(/^(?:#{1,3}|-#) /, "").replace(/\\(?=\W)|\*\*/g, ""),
  ).trim();
  return cutText(plain, discordLimits.threadName) || "Discussion";
}
