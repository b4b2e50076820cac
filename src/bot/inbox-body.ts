import { z } from "zod";
import type { Click, CommandRequest } from "../chat-connection.ts";
import type { Destination, ThreadReply } from "../message.ts";

/**
 * What the inbox keeps until it is settled, so that a program that was killed in between can deal
 * with it when it is up again. `to`: where the answer goes, the thread included.
 */
export type Kept =
  | { kind: "thread_reply"; reply: ThreadReply }
  | { kind: "question"; request: CommandRequest; to: Destination }
  | { kind: "click"; click: Click; to: Destination };

/** Plain JSON. */
export function inboxBody(kept: Kept): unknown {
  if (kept.kind !== "thread_reply") return kept;
  const { reply } = kept;
  return { kind: "thread_reply", ...reply, at: reply.at.toString() };
}

/** Reads what `inboxBody` wrote; null for anything else. */
export function keptFrom(body: unknown): Kept | null {
  const parsed = stored.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  if (data.kind !== "thread_reply") return data;
  const { kind, at, ...rest } = data;
  return { kind, reply: { ...rest, at: Temporal.Instant.from(at) } };
}

const person = z.object({ platform: z.string(), user: z.string() });
const channel = z.object({ platform: z.string(), channel: z.string() });
const doing = z.object({
  id: z.string(),
  asker: person,
  place: channel,
  direct: z.boolean(),
  external: z.boolean(),
});
const to = channel.extend({ thread: z.string().exactOptional() });

const stored = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("thread_reply"),
    id: z.string(),
    head: channel.extend({ id: z.string() }),
    text: z.string(),
    author: person,
    at: z.iso.datetime({ offset: true }),
    fromBot: z.boolean(),
  }),
  z.object({
    kind: z.literal("question"),
    request: doing.extend({ text: z.string() }),
    to,
  }),
  z.object({
    kind: z.literal("click"),
    click: doing.extend({ action: z.string(), value: z.string() }),
    to,
  }),
]);
