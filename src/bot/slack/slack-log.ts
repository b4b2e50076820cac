import { type Logger, LogLevel } from "@slack/bolt";
import { errorFields, type Log, type LogFields } from "../../log.ts";

/**
 * Slack's libraries log through this. Their messages quote request bodies, and in a broken header
 * the token, so their words are never passed on: what a line is about is told by a word of ours for
 * how it begins, and by the class and code of the error that comes with it.
 */
export function slackLogger(log: Log): Logger {
  return {
    debug: () => {},
    info: () => {},
    warn: (...said) => log.warn("slack_library_warning", about(said)),
    error: (...said) => log.error("slack_library_error", about(said)),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}

function about(said: readonly unknown[]): LogFields {
  const [first] = said;
  const error = said.find((one) => one instanceof Error);
  return {
    what: typeof first === "string" ? whatOf(first) : "error",
    ...(error === undefined ? {} : errorFields(error)),
  };
}

function whatOf(line: string): string {
  const known = beginnings.find(([beginning]) => line.startsWith(beginning));
  if (known !== undefined) return known[1];
  // Slack's own warnings about a call are such words: "missing_charset".
  return /^[a-z_]{1,40}$/.test(line) ? line : "other";
}

/** As bolt 5.1, socket-mode 3.1 and web-api 8.2 write them. */
const beginnings: readonly (readonly [string, string])[] = [
  ["WebSocket error", "socket_failed"],
  ["WebSocket not available", "ping_not_sent"],
  ["Failed to send ping", "ping_not_sent"],
  ["A ping wasn't received", "no_ping"],
  ["A pong wasn't received", "no_pong"],
  ["Peer did not complete the close", "not_closed"],
  ["Failed to retrieve a new WSS URL", "no_socket_address"],
  ["apps.connections.open did not return", "no_socket_address"],
  ["Failed to send a", "not_sent"],
  ["http request failed", "call_failed"],
  ["Failed to parse and verify", "not_verified"],
  ["Failed to parse the request body", "unreadable_body"],
  ["Malformed request body", "unreadable_body"],
  ["Request body exceeded", "body_too_large"],
  ["An unexpected error occurred during a request", "request_failed"],
  ["An unhandled error occurred", "delivery_failed"],
  ["An incoming event was not acknowledged", "not_acknowledged"],
  ["ack() has already been called", "acknowledged_twice"],
  ["Could not determine the type", "unknown_delivery"],
  ["Authorization of incoming event", "not_authorized"],
];
