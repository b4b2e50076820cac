import { type FetchFunction, WebClient, type WebClientOptions } from "@slack/web-api";
import type { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { slackFault } from "./slack-fault.ts";
import { slackLogger } from "./slack-log.ts";

/** Calls a method of the Web API once, for at most `requestTimeoutMs`, and reads its answer. */
export type SlackCall = <T>(
  method: string,
  given: Record<string, unknown>,
  shape: z.ZodType<T>,
) => Promise<Result<T, ChatFault>>;

/** Milliseconds for one request, its answer read to the end. */
export const requestTimeoutMs = 10_000;

export function slackCaller(client: WebClient): SlackCall {
  return async (method, given, shape) => {
    try {
      const answer = shape.safeParse(await client.apiCall(method, given));
      if (answer.success) return ok(answer.data);
      return failed({ kind: "ambiguous", code: "unexpected_answer" });
    } catch (error) {
      return failed(slackFault(error));
    }
  };
}

export function slackClient(
  token: string,
  apiUrl: string | undefined,
  timeoutMs: number,
  log: Log,
): WebClient {
  return new WebClient(token, { ...callOptions(apiUrl, log), timeout: timeoutMs });
}

/**
 * For clients that never try twice and never wait out a limit: their own retries post a message again
 * whose acceptance was lost, and their own waiting holds up every other channel. `stopping` ends a call
 * that is under way.
 */
export function callOptions(
  apiUrl: string | undefined,
  log: Log,
  stopping?: AbortSignal,
): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    logger: slackLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: requestTimeoutMs,
    allowAbsoluteUrls: false,
    fetch: stopping === undefined ? withRetryAfter : endingWith(stopping),
  };
}

function endingWith(stopping: AbortSignal): FetchFunction {
  return (url, init) => {
    const signals = init?.signal ? [init.signal, stopping] : [stopping];
    return withRetryAfter(url, { ...init, signal: AbortSignal.any(signals) });
  };
}

/** Without this header the client throws an error that says nothing of a limit. */
const withRetryAfter: FetchFunction = async (url, init) => {
  const response = await fetch(url, init);
  if (response.status !== 429 || response.headers.has("retry-after")) return response;
  return new Response(await response.text(), { status: 429, headers: { "retry-after": "30" } });
};
