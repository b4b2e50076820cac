import { z } from "zod";
import type { ThreadReply } from "../message.ts";

/**
 * What the inbox keeps of a thread reply until it is settled: plain JSON, so that a program that
 * was killed in between can hand it to `onThreadReply` when it is up again.
 */
export function inboxBody(reply: ThreadReply): unknown {
  return { kind: "thread_reply", ...reply, at: reply.at.toString() };
}

/** Reads what `inboxBody` wrote; null for anything else. */
export function threadReplyFrom(body: unknown): ThreadReply | null {
  const parsed = stored.safeParse(body);
  if (!parsed.success) return null;
  const { kind: _, at, ...rest } = parsed.data;
  return { ...rest, at: Temporal.Instant.from(at) };
}

const stored = z.object({
  kind: z.literal("thread_reply"),
  id: z.string(),
  head: z.object({ platform: z.string(), channel: z.string(), id: z.string() }),
  text: z.string(),
  author: z.object({ platform: z.string(), user: z.string() }),
  at: z.iso.datetime({ offset: true }),
  fromBot: z.boolean(),
});
