import type { IncomingMessage, ServerResponse } from "node:http";
import type { BufferedIncomingMessage, ReceiverEvent } from "@slack/bolt";
import { HTTPModuleFunctions, HTTPReceiver, isRawBodyError } from "@slack/bolt";
import { errorFields, type Log } from "../../log.ts";
import { slackLogger } from "./slack-log.ts";

/** Slack's requests at /slack/events and nowhere else; Bolt checks signature and age. */
export function slackReceiver(signingSecret: string, log: Log): HTTPReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ["/slack/events"],
    logger: slackLogger(log),
    bodyLimit,
    customPropertiesExtractor: signatureHeaders,
    processEventErrorHandler: async ({ error, response }) => {
      // Not acknowledged on purpose: an event that could not be put down is sent again.
      if (!response.headersSent) {
        response.writeHead(error instanceof RefusedRequest ? 401 : 500);
        response.end();
      }
      return true;
    },
  });
  onlyObjects(receiver, log);
  return receiver;
}

const bodyLimit = 1024 * 1024;

/** A request whose signature is right and which is refused all the same. */
export class RefusedRequest extends Error {}

/**
 * Bolt looks into the body without asking whether it is an object: one that reads `null` would be a
 * rejection that nobody handles, which ends the process. So such a body never gets there.
 */
function onlyObjects(receiver: HTTPReceiver, log: Log): void {
  const pass = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (request.method !== "POST") return pass(request, response);
    refusalOf(request)
      .then((status) => (status === null ? pass(request, response) : answer(response, status)))
      .catch((error: unknown) => {
        log.warn("slack_request_unreadable", errorFields(error));
        // Bolt throws for an address of no meaning to it.
        answer(response, 404);
      });
  };
}

/** Null: Bolt may read it. What cannot be parsed at all is refused by Bolt itself. */
async function refusalOf(request: IncomingMessage): Promise<number | null> {
  try {
    const read = await HTTPModuleFunctions.bufferIncomingMessage(request, bodyLimit);
    return isObject(parsed(read)) ? null : 400;
  } catch (error) {
    return isRawBodyError(error) && error.statusCode === 413 ? 413 : 400;
  }
}

function parsed(request: BufferedIncomingMessage): unknown {
  try {
    return HTTPModuleFunctions.parseHTTPRequestBody(request);
  } catch {
    return {};
  }
}

function isObject(body: unknown): boolean {
  return typeof body === "object" && body !== null && !Array.isArray(body);
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status);
  response.end();
}

function signatureHeaders(request: BufferedIncomingMessage) {
  return {
    slackSignature: request.headers["x-slack-signature"],
    slackTimestamp: request.headers["x-slack-request-timestamp"],
  };
}

/** What Slack signed the request with; `timestamp` in seconds since 1970. */
export function stampOf({ customProperties }: ReceiverEvent) {
  return {
    signature: String(customProperties?.slackSignature),
    timestamp: Number(customProperties?.slackTimestamp),
  };
}
