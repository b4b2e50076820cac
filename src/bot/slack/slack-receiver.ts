import type { App, BufferedIncomingMessage, ReceiverEvent } from "@slack/bolt";
import { HTTPReceiver } from "@slack/bolt";
import { errorFields, type Log } from "../../log.ts";
import type { Inbox } from "../../message.ts";
import type { InFlight } from "../in-flight.ts";
import { inboxBody } from "../inbox-body.ts";
import type { SeenSignatures } from "./seen-signatures.ts";
import { replyInEvent, slackEnvelope } from "./slack-event.ts";
import { slackLogger } from "./slack-log.ts";
import type { SlackSelf } from "./slack-self.ts";

export interface Gate {
  self: SlackSelf;
  inbox: Inbox;
  seen: SeenSignatures;
  running: InFlight;
  /** The machine's clock: Slack dates its signatures by the true time. */
  machineNow: () => Temporal.Instant;
  log: Log;
}

/** Slack's requests at /slack/events and nowhere else; Bolt checks signature and age. */
export function slackReceiver(signingSecret: string, log: Log): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret,
    endpoints: ["/slack/events"],
    logger: slackLogger(log),
    bodyLimit: 1024 * 1024,
    customPropertiesExtractor: signatureOf,
    processEventErrorHandler: async ({ error, response }) => {
      // Not acknowledged on purpose: an event that could not be put down is sent again.
      if (!response.headersSent) {
        response.writeHead(error instanceof RefusedRequest ? 401 : 500);
        response.end();
      }
      return true;
    },
  });
}

/**
 * Puts every event into the inbox before Bolt acknowledges it, and drops what was seen before.
 * Bolt itself acknowledges first and listens then, and would run the same event twice.
 */
export function guard(app: App, gate: Gate): void {
  const listen = app.processEvent.bind(app);
  app.processEvent = (event) => gate.running.track(admit(event, gate, listen));
}

async function admit(event: ReceiverEvent, gate: Gate, listen: App["processEvent"]) {
  const { signature, timestamp } = readStamp(event.customProperties);
  const fault = gate.seen.admit(signature, timestamp, gate.machineNow());
  if (fault !== null) {
    gate.log.warn("slack_request_refused", { fault });
    throw new RefusedRequest(fault);
  }
  try {
    if (!(await isNew(event, gate))) return await event.ack();
    await listen(event);
  } catch (error) {
    gate.seen.forget(signature);
    gate.log.error("slack_request_failed", errorFields(error));
    throw error;
  }
}

/** Of an event that is no reply in a thread only the id is kept. Commands are put down after they are acknowledged. */
async function isNew({ body }: ReceiverEvent, { inbox, self }: Gate): Promise<boolean> {
  const envelope = slackEnvelope.safeParse(body);
  if (!envelope.success) return true;
  const reply = replyInEvent(body.event, self);
  return inbox.put("slack", envelope.data.event_id, reply === null ? null : inboxBody(reply));
}

class RefusedRequest extends Error {}

function signatureOf(request: BufferedIncomingMessage) {
  return {
    slackSignature: request.headers["x-slack-signature"],
    slackTimestamp: request.headers["x-slack-request-timestamp"],
  };
}

function readStamp(properties: ReceiverEvent["customProperties"]) {
  return {
    signature: String(properties?.slackSignature),
    timestamp: Number(properties?.slackTimestamp),
  };
}
