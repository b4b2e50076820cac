/** Brings a message that stands to what its run says now. Doing it twice is doing it once. */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { type ChatFault, type MessageRef, parseChannel } from "../message.ts";
import { auditReport } from "./audit-report.ts";
import { type Authorised, authoriseChannel } from "./authorise-channel.ts";
import { leaseEdit, markEditWaiting, markShown, type Standing, showAgain } from "./edit-store.ts";
import { messageFor } from "./message-for.ts";
import { afterFault, certain, rebuildAfter } from "./next-step.ts";
import { placeOf } from "./place-of.ts";
import type { ReportContext } from "./report-context.ts";
import { readTold } from "./told.ts";

/** Everything in a channel that can be brought up to date now. */
export async function editIn(
  context: ReportContext,
  channel: string,
  now: () => Temporal.Instant,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const standing = await leaseEdit(context.metrics.db, channel);
    if (standing === null) break;
    await tryEdit(context, standing, now());
  }
}

/** Keeps what is wrong with one message from holding up the others. */
async function tryEdit(
  context: ReportContext,
  standing: Standing,
  now: Temporal.Instant,
): Promise<void> {
  try {
    await edit(context, standing, now);
  } catch (error) {
    context.log.error("edit_broken", { delivery: standing.id, ...errorFields(error) });
    if (isConnectionLoss(error)) throw error;
    await setBack(context, standing, { kind: "unreachable", code: "broken" });
  }
}

async function edit(
  context: ReportContext,
  standing: Standing,
  now: Temporal.Instant,
): Promise<void> {
  const { db } = context.metrics;
  const named = parseChannel(standing.channel);
  const port = named && context.ports.get(named.platform);
  const told = readTold(standing.told);
  if (!named || !port || !told) return leave(context, standing, "unreadable_run");
  const place = await placeOf(port, told, named);
  if (!place.ok) return setBack(context, standing, place.fault);
  const channel = place.value;
  const moment = { dueAt: standing.dueAt, at: Temporal.Instant.from(standing.sentAt) };
  const first = await authoriseChannel(context, port, channel, told);
  if (first.kind !== "may") return stop(context, standing, first);
  const message = await messageFor(context, told, first.reader, moment);
  if (!message.ok) return setBack(context, standing, message.fault);
  if (message.value === null) return leave(context, standing, "nothing_to_show");
  // As late as can be, for a channel may have been opened to others meanwhile.
  const last = await authoriseChannel(context, port, channel, told);
  if (last.kind !== "may") return stop(context, standing, last);
  if (last.reader.readers !== first.reader.readers)
    return setBack(context, standing, { kind: "limited", retryAfterMs: 0 });
  await auditReport(context, { ...standing, by: "edit", at: now }, told, last.reader);
  const { messageId, thread } = standing;
  const ref: MessageRef = { ...channel, id: messageId, ...(thread === null ? {} : { thread }) };
  const done = await port.edit(ref, message.value);
  if (!done.ok) return setBack(context, standing, done.fault);
  if (message.value.image && !done.value.pictured) return tryPictureLater(context, standing);
  // If not, another may have shown something newer, which ours has undone.
  if (!(await markShown(db, standing, null))) await showAgain(db, standing);
}

/** Where it may stand no more, it is taken away by whoever looks after what stands (withdraw-figures.ts). */
function stop(
  context: ReportContext,
  standing: Standing,
  authorised: Exclude<Authorised, { kind: "may" }>,
): Promise<void> {
  return authorised.kind === "refused"
    ? leave(context, standing, authorised.code)
    : setBack(context, standing, authorised.fault);
}

async function setBack(
  context: ReportContext,
  standing: Standing,
  fault: ChatFault,
): Promise<void> {
  if (fault.kind === "refused") return leave(context, standing, fault.code);
  // Never in doubt, for doing it twice is doing it once; and never given up.
  const { code, waitMs } = afterFault(certain(fault), standing.attempts);
  const pauseMs = waitMs ?? rebuildAfter(standing.attempts);
  context.log.warn("edit_waits", {
    delivery: standing.id,
    attempt: standing.attempts,
    code,
    waitMs: pauseMs,
  });
  await markEditWaiting(context.metrics.db, standing, code, pauseMs);
}

/** The words stand; what keeps the picture away may pass, and after some tries they stand without it. */
async function tryPictureLater(context: ReportContext, standing: Standing): Promise<void> {
  const missing: ChatFault = { kind: "unreachable", code: "picture_missing" };
  const { waitMs } = afterFault(missing, standing.attempts);
  if (waitMs === null) await leave(context, standing, "picture_lost");
  else await setBack(context, standing, missing);
}

/** It stays as it stands: somebody has deleted it, or it may not be changed there any more. */
async function leave(context: ReportContext, standing: Standing, code: string): Promise<void> {
  context.log.warn("message_left_as_it_was", { delivery: standing.id, code });
  await markShown(context.metrics.db, standing, code);
}
