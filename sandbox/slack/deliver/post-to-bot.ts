import { isObject, type JsonObject, parseJson } from "../../json.ts";
import type { BotAnswer, Delivery } from "./delivery.ts";
import { signatureHeaders } from "./sign.ts";

/** The bot at an address of its own. */
export interface HttpWay {
  requestUrl: string;
  signingSecret: string;
  signedAt: () => Date;
}

/** Sends one signed request. Only 2xx in time counts. */
export async function postToBot(
  way: HttpWay,
  delivery: Delivery,
  stopped: AbortSignal,
): Promise<BotAnswer> {
  const timeout = AbortSignal.timeout(delivery.withinMs);
  const body = bodyOf(delivery);
  const signedAt = new Date(way.signedAt().getTime() + (delivery.signedLaterMs ?? 0));
  try {
    const response = await fetch(way.requestUrl, {
      method: "POST",
      headers: {
        // Bolt takes a form only under exactly this type, so no charset is added.
        "content-type":
          delivery.kind === "event" ? "application/json" : "application/x-www-form-urlencoded",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        ...signatureHeaders(way.signingSecret, body, signedAt),
        ...retryHeaders(delivery),
      },
      body,
      signal: AbortSignal.any([timeout, stopped]),
    });
    const reply = replyOf(response.headers.get("content-type") ?? "", await response.text());
    const outcome = response.ok ? "acknowledged" : "refused";
    const noRetry = response.headers.get("x-slack-no-retry") === "1";
    return { outcome, status: response.status, reply, noRetry };
  } catch {
    return { outcome: timeout.aborted ? "timeout" : "unreachable", status: 0, reply: null };
  }
}

/** An event is JSON, a command a form of its fields, an interaction a form with JSON in it. */
function bodyOf({ kind, payload }: Delivery): string {
  switch (kind) {
    case "event":
      return JSON.stringify(payload);
    case "command":
      return new URLSearchParams(
        Object.entries(payload).map(([name, value]) => [name, String(value)]),
      ).toString();
    case "interaction":
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }
}

const RETRY_REASONS = {
  timeout: "http_timeout",
  unreachable: "connection_failed",
  refused: "http_error",
} as const;

function retryHeaders({ retry }: Delivery): Record<string, string> {
  if (!retry) return {};
  return {
    "x-slack-retry-num": String(retry.attempt),
    "x-slack-retry-reason": RETRY_REASONS[retry.after],
  };
}

function replyOf(contentType: string, body: string): JsonObject | null {
  if (body.trim() === "") return null;
  const parsed = contentType.includes("application/json") ? parseJson(body) : undefined;
  return isObject(parsed) ? parsed : { text: body };
}
