import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import type { ChatFault } from "../../message.ts";
import { networkFault } from "../network-fault.ts";

/** What a failed call of Slack's Web API means for whoever asked for it. */
export function slackFault(error: unknown): ChatFault {
  if (error instanceof WebAPIPlatformError) return faultOfCode(error.data.error);
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "limited", retryAfterMs: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIHTTPError) return faultOfStatus(error.statusCode);
  if (error instanceof WebAPIRequestError) return networkFault(error.original);
  return networkFault(error);
}

/** Slack's `data.error`. */
export function faultOfCode(code: unknown): ChatFault {
  // A body that is not Slack's JSON arrives here as its text: a proxy spoke, nobody knows for what.
  // Slack's own words are small letters; all else may quote anything, and codes are logged.
  if (typeof code !== "string" || !/^[a-z_]+$/.test(code)) {
    return { kind: "ambiguous", code: "unreadable_answer" };
  }
  if (perhapsDone.has(code)) return { kind: "ambiguous", code };
  if (notNow.has(code)) return { kind: "unreachable", code };
  if (code === "ratelimited" || code === "rate_limited") {
    return { kind: "limited", retryAfterMs: 30_000 };
  }
  return { kind: "refused", code };
}

export function faultOfStatus(status: number): ChatFault {
  const code = `http_${status}`;
  return status >= 500 ? { kind: "ambiguous", code } : { kind: "refused", code };
}

/** Slack's own words for these: "some aspect of the operation" may have succeeded. */
const perhapsDone = new Set(["internal_error", "fatal_error"]);
const notNow = new Set(["service_unavailable", "team_added_to_org", "request_timeout"]);
