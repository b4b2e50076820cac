import type { Message } from "../workspace/message.ts";
import { compareTs, isTimestamp } from "../workspace/timestamp.ts";
import type { ArgumentRules, Arguments } from "./arguments.ts";

export const RANGE_ARGUMENTS = {
  oldest: { kind: "string" },
  latest: { kind: "string" },
  inclusive: { kind: "boolean" },
  limit: { kind: "integer" },
  cursor: { kind: "string" },
  include_all_metadata: { kind: "boolean" },
} as const satisfies ArgumentRules;

interface Range {
  oldest: string | null;
  latest: string | null;
  inclusive: boolean;
}

/** The range of a history; a string is Slack's error for one that cannot be read. */
export function readRange(given: Arguments): Range | string {
  const oldest = readBound(given.text("oldest"));
  if (oldest === undefined) return "invalid_ts_oldest";
  const latest = readBound(given.text("latest"));
  if (latest === undefined) return "invalid_ts_latest";
  return { oldest, latest, inclusive: given.flag("inclusive") };
}

/** A bound may be a ts or plain seconds; "0" is none. */
function readBound(text: string): string | null | undefined {
  if (text === "" || text === "0") return null;
  if (isTimestamp(text)) return text;
  return /^\d{1,12}(\.\d{0,6})?$/.test(text) ? Number(text).toFixed(6) : undefined;
}

export function inRange(message: Message, range: Range): boolean {
  const { oldest, latest, inclusive } = range;
  const afterOldest = oldest === null ? 1 : compareTs(message.ts, oldest);
  const beforeLatest = latest === null ? 1 : compareTs(latest, message.ts);
  return inclusive ? afterOldest >= 0 && beforeLatest >= 0 : afterOldest > 0 && beforeLatest > 0;
}
