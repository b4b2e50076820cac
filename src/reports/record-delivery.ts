/** After the post: what stands where, and the thread in which a signal is discussed. */
import { errorFields } from "../log.ts";
import type { ChatPort, MessageRef } from "../message.ts";
import { catchUpThread, openThread } from "../threads/index.ts";
import { markSent, recordedMessage } from "./delivery-store.ts";
import { messageFor } from "./message-for.ts";
import type { Posting } from "./posting.ts";
import type { ReportContext } from "./report-context.ts";

/** False when another has taken over; if it has recorded another message, ours is taken back. */
export async function recordDelivery(
  context: ReportContext,
  { delivery, told, port }: Posting,
  ref: MessageRef,
  now: Temporal.Instant,
): Promise<boolean> {
  const { db } = context.metrics;
  const ours = await db.transaction(async (sql) => {
    if (!(await markSent(sql, delivery, ref.id, now))) return false;
    if (told.kind === "signal") await openThread(sql, told.signalId, ref);
    return true;
  });
  if (!ours) {
    const other = await recordedMessage(db, delivery.id);
    if (other !== null && other !== ref.id) await port.delete(ref);
    return false;
  }
  if (told.kind === "signal") await readEarlyReplies(context, port, ref);
  return true;
}

/**
 * Somebody may have answered while the picture was on its way, before the thread was known as ours.
 * What fails here has not undone the post; the next start reads the thread again.
 */
async function readEarlyReplies(
  context: ReportContext,
  port: ChatPort,
  ref: MessageRef,
): Promise<void> {
  try {
    await catchUpThread(context.metrics.db, port, ref, context.log);
  } catch (error) {
    context.log.warn("replies_not_read", errorFields(error));
  }
}

/** A message whose reply was lost may stand without its picture; adding it again changes nothing. */
export async function completePicture(
  context: ReportContext,
  { delivery, told, port, channel }: Posting,
  ref: MessageRef,
  at: Temporal.Instant,
): Promise<void> {
  try {
    const message = await messageFor(context, told, channel, { dueAt: delivery.dueAt, at });
    if (message.ok && message.value?.image) await port.edit(ref, message.value);
  } catch (error) {
    context.log.warn("picture_not_completed", errorFields(error));
  }
}
