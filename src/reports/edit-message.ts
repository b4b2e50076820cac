/** Brings a message that stands to what its run says now. Doing it twice is doing it once. */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { type ChatFault, type MessageRef, parseChannel } from "../message.ts";
import { refusePost } from "../policy/index.ts";
import { leaseEdit, markEditWaiting, markShown, type Standing, showAgain } from "./edit-store.ts";
import { messageFor } from "./message-for.ts";
import { rebuildAfter } from "./next-step.ts";
import type { ReportContext } from "./report-context.ts";
import { readTold } from "./told.ts";

/** Everything in a channel that can be brought up to date now; the number of messages that were. */
export async function editIn(
  context: ReportContext,
  channel: string,
  stopping: AbortSignal,
): Promise<number> {
  let edited = 0;
  while (!stopping.aborted) {
    const standing = await leaseEdit(context.metrics.db, channel);
    if (standing === null) break;
    if (await tryEdit(context, standing)) edited++;
  }
  return edited;
}

/** Keeps what is wrong with one message from holding up the others. */
async function tryEdit(context: ReportContext, standing: Standing): Promise<boolean> {
  try {
    return await edit(context, standing);
  } catch (error) {
    context.log.error("edit_broken", { delivery: standing.id, ...errorFields(error) });
    if (isConnectionLoss(error)) throw error;
    await setBack(context, standing, { kind: "unreachable", code: "broken" });
    return false;
  }
}

async function edit(context: ReportContext, standing: Standing): Promise<boolean> {
  const { db } = context.metrics;
  const channel = parseChannel(standing.channel);
  const port = channel && context.ports.get(channel.platform);
  const told = readTold(standing.told);
  if (!channel || !port || !told) return leave(context, standing, "unreadable_run");
  const moment = { dueAt: standing.dueAt, at: Temporal.Instant.from(standing.sentAt) };
  const message = await messageFor(context, told, channel, moment);
  if (!message.ok) return setBack(context, standing, message.fault);
  if (message.value === null) return leave(context, standing, "nothing_to_show");
  const facts = await port.channelFacts(channel);
  if (!facts.ok) return setBack(context, standing, facts.fault);
  const refused = refusePost(facts.value);
  if (refused !== null) return leave(context, standing, refused);
  const { messageId, thread } = standing;
  const ref: MessageRef = { ...channel, id: messageId, ...(thread === null ? {} : { thread }) };
  const done = await port.edit(ref, message.value);
  if (!done.ok) return setBack(context, standing, done.fault);
  if (await markShown(db, standing, null)) return true;
  // Another may have shown something newer, which ours has undone.
  await showAgain(db, standing);
  return false;
}

async function setBack(
  context: ReportContext,
  standing: Standing,
  fault: ChatFault,
): Promise<false> {
  if (fault.kind === "refused") return leave(context, standing, fault.code);
  const code = fault.kind === "limited" ? fault.kind : fault.code;
  const waitMs = fault.kind === "limited" ? fault.retryAfterMs : rebuildAfter(standing.attempts);
  context.log.warn("edit_waits", {
    delivery: standing.id,
    attempt: standing.attempts,
    code,
    waitMs,
  });
  await markEditWaiting(context.metrics.db, standing, code, waitMs);
  return false;
}

/** It stays as it stands: somebody has deleted it, or it may not be changed there any more. */
async function leave(context: ReportContext, standing: Standing, code: string): Promise<false> {
  context.log.warn("message_left_as_it_was", { delivery: standing.id, code });
  await markShown(context.metrics.db, standing, code);
  return false;
}
