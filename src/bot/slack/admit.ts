import type { App, ReceiverEvent } from "@slack/bolt";
import type { Inbox } from "../../chat-connection.ts";
import { errorFields, type Log } from "../../log.ts";
import type { InFlight } from "../in-flight.ts";
import { inboxBody } from "../inbox-body.ts";
import type { SeenSignatures } from "./seen-signatures.ts";
import { keptOf, readDelivery } from "./slack-delivery.ts";
import { RefusedRequest, stampOf } from "./slack-receiver.ts";
import type { SlackSelf } from "./slack-self.ts";

export interface Gate {
  self: SlackSelf;
  inbox: Inbox;
  /** Null: nothing is signed, as in Socket Mode, where the connection itself is Slack's. */
  signed: { seen: SeenSignatures; machineNow: () => Temporal.Instant } | null;
  running: InFlight;
  /** Called when Slack brings what it had not been able to bring before. */
  onLate: () => void;
  log: Log;
}

/**
 * Puts everything into the inbox before Bolt acknowledges it, and drops what was seen before.
 * Bolt itself acknowledges an event first and listens then, and would run the same one twice.
 */
export function guard(app: App, gate: Gate): void {
  const listen = app.processEvent.bind(app);
  app.processEvent = (event) => gate.running.track(admit(event, gate, listen));
}

async function admit(event: ReceiverEvent, gate: Gate, listen: App["processEvent"]) {
  const forget = admitSignature(event, gate);
  try {
    const admitted = { ...event, ack: quietly(event.ack, gate.log, performance.now()) };
    if (!(await isNew(event.body, gate))) return await admitted.ack();
    if ((event.retryNum ?? 0) > 0) {
      gate.log.warn("slack_delivered_late", { retry: event.retryNum });
      gate.onLate();
    }
    await listen(admitted);
  } catch (error) {
    forget();
    gate.log.error("slack_request_failed", errorFields(error));
    throw error;
  }
}

/** What lets the same request in again, for when it could not be dealt with. */
function admitSignature(event: ReceiverEvent, { signed, log }: Gate): () => void {
  if (signed === null) return () => {};
  const { signature, timestamp } = stampOf(event);
  const fault = signed.seen.admit(signature, timestamp, signed.machineNow());
  if (fault === null) return () => signed.seen.forget(signature);
  log.warn("slack_request_refused", { fault });
  throw new RefusedRequest(fault);
}

/**
 * An acknowledgement that finds the socket closed must not end the work: what is in the inbox is
 * dealt with now, for Slack's second delivery will be dropped as known.
 */
function quietly(ack: ReceiverEvent["ack"], log: Log, arrivedMs: number): ReceiverEvent["ack"] {
  return async (response) => {
    try {
      await ack(response);
      const ms = Math.round(performance.now() - arrivedMs);
      log.debug("acknowledged", { platform: "slack", ms });
    } catch (error) {
      log.warn("slack_not_acknowledged", errorFields(error));
    }
  };
}

/**
 * A person waits for an answer for seconds only, so a question may be lost where the store is away. What
 * was said in a thread is kept before anything else, or Slack has to send it again.
 */
async function isNew(body: unknown, { inbox, self }: Gate): Promise<boolean> {
  const delivery = readDelivery(body, self);
  if (delivery.kind === "unknown") return true;
  const kept = keptOf(delivery);
  const stored = kept === null ? null : inboxBody(kept);
  return inbox.put("slack", delivery.id, stored, delivery.kind !== "thread_reply");
}
