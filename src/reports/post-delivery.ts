/** Posts what is leased: look up before a second attempt, post, record. */
import { errorFields } from "../log.ts";
import {
  type ChannelRef,
  type ChatFault,
  type ChatPort,
  type Destination,
  parseChannel,
} from "../message.ts";
import { assertNever } from "../result.ts";
import { openThread } from "../threads/index.ts";
import {
  type Delivery,
  leaseDelivery,
  markEnded,
  markSent,
  markWaiting,
} from "./delivery-store.ts";
import { messageFor } from "./message-for.ts";
import { nextStep, retryAfter } from "./next-step.ts";
import type { ReportContext } from "./report-context.ts";
import { readTold, type Told } from "./told.ts";

/** Posts everything that can be posted now; the number of messages that were sent. */
async function postDeliveries(
  context: ReportContext,
  now: () => Temporal.Instant,
): Promise<number> {
  let sent = 0;
  for (;;) {
    const delivery = await leaseDelivery(context.metrics.db);
    if (delivery === null) return sent;
    if (await postDelivery(context, delivery, now)) sent++;
  }
}

/** True when the message stands in the channel and is recorded. */
async function postDelivery(
  context: ReportContext,
  delivery: Delivery,
  now: () => Temporal.Instant,
): Promise<boolean> {
  const { db } = context.metrics;
  const channel = parseChannel(delivery.channel);
  const port = channel && context.ports.get(channel.platform);
  const told = readTold(delivery.told);
  if (!channel || !port || !told) {
    await markEnded(db, delivery, "dead", !told ? "unreadable_run" : "platform_off");
    return false;
  }
  const to: Destination =
    delivery.thread === null ? channel : { ...channel, thread: delivery.thread };
  const seen =
    delivery.attempts > 1
      ? await port.find(to, delivery.id, Temporal.Instant.from(delivery.createdAt))
      : null;
  const step = nextStep({ attempts: delivery.attempts, seen });
  switch (step.kind) {
    case "record":
      return record(context, delivery, told, channel, step.messageId, now);
    case "mark_ambiguous":
      context.log.error("delivery_ambiguous", { delivery: delivery.id, code: step.code });
      await markEnded(db, delivery, "ambiguous", step.code);
      return false;
    case "post":
      return post(context, port, delivery, told, channel, to, now);
    default:
      return assertNever(step);
  }
}

async function post(
  context: ReportContext,
  port: ChatPort,
  delivery: Delivery,
  told: Told,
  channel: ChannelRef,
  to: Destination,
  now: () => Temporal.Instant,
): Promise<boolean> {
  const message = await messageFor(context, told, channel);
  if (message === null) {
    await markEnded(context.metrics.db, delivery, "dead", "nothing_to_show");
    return false;
  }
  const posted = await port.post(to, message, delivery.id);
  if (posted.ok) return record(context, delivery, told, channel, posted.value.ref.id, now);
  await holdBack(context, delivery, posted.fault);
  return false;
}

async function record(
  context: ReportContext,
  delivery: Delivery,
  told: Told,
  channel: ChannelRef,
  messageId: string,
  now: () => Temporal.Instant,
): Promise<boolean> {
  return context.metrics.db.transaction(async (sql) => {
    const ours = await markSent(sql, delivery, messageId, now());
    if (ours && told.kind === "signal")
      await openThread(sql, told.signalId, { ...channel, id: messageId });
    return ours;
  });
}

async function holdBack(
  context: ReportContext,
  delivery: Delivery,
  fault: ChatFault,
): Promise<void> {
  const { db } = context.metrics;
  const code = fault.kind === "limited" ? "limited" : fault.code;
  context.log.warn("delivery_failed", {
    delivery: delivery.id,
    attempt: delivery.attempts,
    kind: fault.kind,
    code,
  });
  const wait =
    fault.kind === "limited"
      ? fault.retryAfterMs
      : fault.kind === "refused"
        ? null
        : retryAfter(delivery.attempts);
  if (wait === null) await markEnded(db, delivery, "dead", code);
  else await markWaiting(db, delivery, code, wait);
}

/** Keeps one failed delivery from ending the tick of all others. */
export async function tryPostDeliveries(
  context: ReportContext,
  now: () => Temporal.Instant,
): Promise<number> {
  try {
    return await postDeliveries(context, now);
  } catch (error) {
    context.log.error("deliveries_failed", errorFields(error));
    return 0;
  }
}
