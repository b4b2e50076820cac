/** Posts what is leased: look up what may have arrived, check the channel, post, record. */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { type ChatFault, type Destination, type Message, parseChannel } from "../message.ts";
import { assertNever } from "../result.ts";
import { auditReportRefused } from "./audit-report.ts";
import { composeMessage } from "./compose-message.ts";
import {
  type Delivery,
  leaseDelivery,
  markEnded,
  markWaiting,
  renewLease,
} from "./delivery-store.ts";
import { afterFault, certain, nextStep, paused, type Setback } from "./next-step.ts";
import { inThread, placeOf } from "./place-of.ts";
import type { Posting } from "./posting.ts";
import { recordDelivery } from "./record-delivery.ts";
import type { ReportContext } from "./report-context.ts";
import { hasPicture, readTold } from "./told.ts";

/** Posts everything that can be posted into a channel now; the number of messages that were sent. */
export async function postTo(
  context: ReportContext,
  channel: string,
  now: () => Temporal.Instant,
  stopping: AbortSignal,
): Promise<number> {
  let sent = 0;
  while (!stopping.aborted) {
    const delivery = await leaseDelivery(context.metrics.db, channel);
    if (delivery === null) break;
    if (await tryPostDelivery(context, delivery, now)) sent++;
  }
  return sent;
}

/** Keeps what is wrong with one delivery from holding up all others. */
async function tryPostDelivery(
  context: ReportContext,
  delivery: Delivery,
  now: () => Temporal.Instant,
): Promise<boolean> {
  try {
    return await postDelivery(context, delivery, now);
  } catch (error) {
    context.log.error("delivery_broken", { delivery: delivery.id, ...errorFields(error) });
    if (isConnectionLoss(error)) throw error;
    await setBack(
      context,
      delivery,
      afterFault({ kind: "ambiguous", code: "broken" }, delivery.attempts),
    );
    return false;
  }
}

/** True when the message stands in the channel and is recorded. */
export async function postDelivery(
  context: ReportContext,
  delivery: Delivery,
  now: () => Temporal.Instant,
): Promise<boolean> {
  const posting = await postingOf(context, delivery);
  if (posting === null) return false;
  const { told, port, channel } = posting;
  const seen = delivery.inDoubt
    ? await port.find(destination(posting), delivery.id, Temporal.Instant.from(delivery.since))
    : null;
  const step = nextStep({ attempts: delivery.attempts, seen });
  switch (step.kind) {
    case "record": {
      const ref = { ...channel, id: step.messageId };
      // Whoever posted it may not have come to its picture.
      return recordDelivery(context, posting, ref, { at: now(), isWhole: !hasPicture(told) });
    }
    case "post":
      return post(context, posting, now);
    case "look_again":
      await setBack(context, delivery, {
        ...step,
        inDoubt: true,
        counts: true,
        waitsFor: "platform",
      });
      return false;
    case "mark_ambiguous":
      await end(context, delivery, "ambiguous", step.code);
      return false;
    case "give_up":
      await end(context, delivery, "dead", "given_up");
      return false;
    default:
      return assertNever(step);
  }
}

/** What is to be posted where; null after the delivery was set back or ended because that cannot be known. */
async function postingOf(context: ReportContext, delivery: Delivery): Promise<Posting | null> {
  const named = parseChannel(delivery.channel);
  const port = named && context.ports.get(named.platform);
  const told = readTold(delivery.told);
  if (!named || !port || !told) {
    await end(context, delivery, "dead", told ? "platform_off" : "unreadable_run");
    return null;
  }
  const place = await placeOf(port, told, named);
  if (place.ok) return { delivery, told, port, channel: place.value };
  await setBack(context, delivery, stillInDoubt(place.fault, delivery));
  return null;
}

/** Nothing was posted by a question that failed, but an earlier attempt may have arrived all the same. */
function stillInDoubt(fault: ChatFault, { attempts, inDoubt }: Delivery): Setback {
  return { ...afterFault(certain(fault), attempts), inDoubt };
}

async function post(
  context: ReportContext,
  posting: Posting,
  now: () => Temporal.Instant,
): Promise<boolean> {
  const { delivery, told } = posting;
  const at = now();
  const entry = { ...delivery, by: "post", at } as const;
  const moment = { dueAt: delivery.dueAt, at };
  const composed = await composeMessage(context, { ...posting, moment, entry });
  switch (composed.kind) {
    case "message":
      return send(context, posting, composed.message, at);
    case "nothing":
      await end(context, delivery, "dead", "nothing_to_show");
      return false;
    case "unchecked":
      // Nothing has been posted yet, whatever the platform's answer to a question was.
      await setBack(context, delivery, afterFault(certain(composed.fault), delivery.attempts));
      return false;
    case "refused":
      await auditReportRefused(context, entry, told, composed.code);
      await setBack(context, delivery, paused(composed.code));
      return false;
    default:
      return assertNever(composed);
  }
}

async function send(
  context: ReportContext,
  posting: Posting,
  message: Message,
  at: Temporal.Instant,
): Promise<boolean> {
  const { delivery, port } = posting;
  if (!(await renewLease(context.metrics.db, delivery))) {
    context.log.warn("delivery_taken_over", { delivery: delivery.id });
    return false;
  }
  const posted = await port.post(destination(posting), message, delivery.id);
  if (!posted.ok) {
    await setBack(context, delivery, afterFault(posted.fault, delivery.attempts));
    return false;
  }
  const isWhole = posted.value.pictured || message.image === undefined;
  return recordDelivery(context, posting, posted.value.ref, { at, isWhole });
}

function destination({ delivery, channel }: Posting): Destination {
  return inThread(channel, delivery.thread);
}

async function setBack(
  context: ReportContext,
  delivery: Delivery,
  { code, waitMs, ...setback }: Setback,
): Promise<void> {
  if (waitMs === null) return end(context, delivery, "dead", code);
  context.log.warn("delivery_waits", {
    delivery: delivery.id,
    attempt: delivery.attempts,
    code,
    waitMs,
    waitsFor: setback.waitsFor,
  });
  await markWaiting(context.metrics.db, delivery, { fault: code, waitMs, ...setback });
}

/** `nothing_to_show` is as it should be; everything else is for somebody to look at. */
async function end(
  context: ReportContext,
  delivery: Delivery,
  state: "ambiguous" | "dead",
  code: string,
): Promise<void> {
  const level = code === "nothing_to_show" ? "info" : "error";
  context.log[level](`delivery_${state}`, { delivery: delivery.id, code });
  await markEnded(context.metrics.db, delivery, state, code);
}
