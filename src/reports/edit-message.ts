/** Brings a message that stands to what its run says now. Doing it twice is doing it once. */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import {
  type ChannelRef,
  type ChatFault,
  type ChatPort,
  type Message,
  parseChannel,
} from "../message.ts";
import { assertNever } from "../result.ts";
import { composeMessage } from "./compose-message.ts";
import { leaseEdit, markEditWaiting, markShown, type Standing, showAgain } from "./edit-store.ts";
import { afterFault, certain, rebuildAfter } from "./next-step.ts";
import { inThread, placeOf } from "./place-of.ts";
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
  const named = parseChannel(standing.channel);
  const port = named && context.ports.get(named.platform);
  const told = readTold(standing.told);
  if (!named || !port || !told) return leave(context, standing, "unreadable_run");
  const place = await placeOf(port, told, named);
  if (!place.ok) return setBack(context, standing, place.fault);
  const channel = place.value;
  const moment = { dueAt: standing.dueAt, at: Temporal.Instant.from(standing.sentAt) };
  const entry = { ...standing, by: "edit", at: now } as const;
  const composed = await composeMessage(context, { told, port, channel, moment, entry });
  switch (composed.kind) {
    case "message":
      return show(context, { standing, port, channel }, composed.message);
    case "nothing":
      return leave(context, standing, "nothing_to_show");
    case "unchecked":
      return setBack(context, standing, composed.fault);
    case "refused":
      // It is taken away by whoever looks after what stands (withdraw-figures.ts).
      return leave(context, standing, composed.code);
    default:
      return assertNever(composed);
  }
}

async function show(
  context: ReportContext,
  { standing, port, channel }: { standing: Standing; port: ChatPort; channel: ChannelRef },
  message: Message,
): Promise<void> {
  const { db } = context.metrics;
  const ref = { ...inThread(channel, standing.thread), id: standing.messageId };
  const done = await port.edit(ref, message);
  if (!done.ok) return setBack(context, standing, done.fault);
  if (message.image && !done.value.pictured) return tryPictureLater(context, standing);
  // If not, another may have shown something newer, which ours has undone.
  if (!(await markShown(db, standing, null))) await showAgain(db, standing);
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
