import { z } from "zod";
import type { ChatFault, Destination, LookUp, MessageRef, ThreadReply } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { SlackCall } from "./slack-call.ts";
import { slackMessage, threadReplyOf } from "./slack-event.ts";
import { paged, slackPages } from "./slack-pages.ts";
import type { SlackSelf } from "./slack-self.ts";
import { tsOfInstant } from "./slack-time.ts";

/** The name under which our own id stands in a message's metadata. */
export const metadataType = "throughline";

/**
 * Looks for a message of ours by the id in its metadata. `unreadable` when Slack does not let us
 * look, or when there is more than we are ready to read: then nobody knows.
 */
export async function findInSlack(
  call: SlackCall,
  self: SlackSelf,
  to: Destination,
  ourId: string,
  since: Temporal.Instant,
): Promise<LookUp> {
  const oldest = tsOfInstant(since.subtract({ minutes: clockToleranceMinutes }));
  const read = await readMessages(call, to.channel, to.thread ?? null, oldest);
  if (!read.ok) {
    const { fault } = read;
    return { kind: "unreadable", code: fault.kind === "limited" ? "ratelimited" : fault.code };
  }
  const seen = read.value.find(
    (message) => isOurs(message, self) && message.metadata?.event_payload.id === ourId,
  );
  if (seen === undefined) return { kind: "absent" };
  const ref = { platform: to.platform, channel: to.channel, id: seen.ts };
  return { kind: "found", ref: to.thread === undefined ? ref : { ...ref, thread: to.thread } };
}

/** What people and other bots said in a thread after the message `afterId`, oldest first. */
export async function slackRepliesAfter(
  call: SlackCall,
  self: SlackSelf,
  head: MessageRef,
  afterId: string | null,
): Promise<Result<ThreadReply[], ChatFault>> {
  const read = await readMessages(call, head.channel, head.id, afterId ?? head.id);
  if (!read.ok) return read;
  return ok(read.value.flatMap((message) => threadReplyOf(message, head.channel, self) ?? []));
}

/** Our clock and Slack's may differ by this. */
const clockToleranceMinutes = 5;
const pageSize = 200;
const pagesRead = 15;

type Read = z.infer<typeof slackMessage>;

async function readMessages(
  call: SlackCall,
  channel: string,
  thread: string | null,
  oldest: string,
): Promise<Result<Read[], ChatFault>> {
  const method = thread === null ? "conversations.history" : "conversations.replies";
  const place = thread === null ? { channel } : { channel, ts: thread };
  const given = { ...place, oldest, limit: pageSize, include_all_metadata: true };
  const read = await slackPages(call, method, given, historyAnswer, pagesRead);
  if (!read.ok) return read;
  const messages = new Map<string, Read>();
  // The head of a thread comes with every page, whatever its age.
  for (const message of read.value.flatMap((page) => page.messages))
    messages.set(message.ts, message);
  return ok([...messages.values()].sort(byTime));
}

/** Anybody may write our metadata; only the bot's own messages count. */
function isOurs(message: Read, self: SlackSelf): boolean {
  return (
    (message.bot_id === self.botId || message.user === self.userId) &&
    message.metadata?.event_type === metadataType
  );
}

function byTime(a: Read, b: Read): number {
  return Number(a.ts) - Number(b.ts);
}

const historyAnswer = z.object({
  messages: z.array(slackMessage),
  ...paged,
});
