/** After the post: what stands where, and the thread in which a signal is discussed. */
import { errorFields } from "../log.ts";
import type { ChatPort, MessageRef } from "../message.ts";
import { catchUpThread, openThread } from "../threads/index.ts";
import { markSent, recordedMessage, type Stands } from "./delivery-store.ts";
import type { Posting } from "./posting.ts";
import type { ReportContext } from "./report-context.ts";

/** False when another message has been recorded meanwhile: then ours is taken back. */
export async function recordDelivery(
  context: ReportContext,
  { delivery, told, port }: Posting,
  ref: MessageRef,
  stands: Omit<Stands, "messageId">,
): Promise<boolean> {
  const { db } = context.metrics;
  const isFirst = await db.transaction(async (sql) => {
    if (!(await markSent(sql, delivery, { messageId: ref.id, ...stands }))) return false;
    if (told.kind === "signal") await openThread(sql, told.signalId, ref);
    return true;
  });
  if (!isFirst) {
    if ((await recordedMessage(db, delivery.id)) !== ref.id) await takeBack(context, port, ref);
    return false;
  }
  if (told.kind === "signal") await readEarlyReplies(context, port, ref);
  return true;
}

async function takeBack(context: ReportContext, port: ChatPort, ref: MessageRef): Promise<void> {
  const { platform, channel } = ref;
  const deleted = await port.delete(ref);
  if (deleted.ok) context.log.warn("message_taken_back", { platform, channel });
  else context.log.error("message_stands_twice", { platform, channel, kind: deleted.fault.kind });
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
