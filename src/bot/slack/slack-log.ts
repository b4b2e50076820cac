import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../../log.ts";

/**
 * Slack's libraries log through this. Their messages quote request bodies, and in a broken header
 * the token, so the level of a line is passed on and its words never are.
 */
export function slackLogger(log: Log): Logger {
  return {
    debug: () => {},
    info: () => {},
    warn: () => log.warn("slack_library_warning"),
    error: () => log.error("slack_library_error"),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
