/** How a post stands, in words: sent, waiting and for what, ended and why. */
import type { WeekStart } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { sayInstant } from "./say-week.ts";
import { troubleWords } from "./trouble-words.ts";
import type { Voice } from "./voice.ts";

/** One report of one week in one channel. */
export interface ListedPost {
  id: string;
  report: string;
  period: WeekStart;
  /** `slack:C0ALL`. */
  channel: string;
  state: "pending" | "sending" | "sent" | "ambiguous" | "dead";
  /** The platform's word, or ours. */
  fault: string | null;
  isBuilt: boolean;
  /** It stands in a thread whose head has not been sent. */
  awaitsParent: boolean;
  dueAt: string;
  sentAt: string | null;
  /** Milliseconds for which it has waited, and until it is tried again. */
  waitingMs: number | null;
  nextTryMs: number | null;
}

export interface Hour {
  now: Temporal.Instant;
  timeZone: string;
  voice: Voice;
}

export function sayPost(post: ListedPost, hour: Hour): string {
  switch (post.state) {
    case "sent":
      return `sent ${post.sentAt === null ? "" : at(post.sentAt, hour)}`.trim();
    case "sending":
      return "is being sent";
    case "pending":
      return sayPending(post, hour);
    case "ambiguous":
      return `may stand there or not: ${troubleWords("ambiguous").why}`;
    case "dead": {
      const why = troubleWords(post.fault ?? "unknown").why;
      return ends[post.fault ?? ""] ?? `${howEnded(post, hour)}: ${why}`;
    }
    default:
      return assertNever(post.state);
  }
}

function sayPending(post: ListedPost, hour: Hour): string {
  if (!post.isBuilt) return `waits to be built, since ${at(post.dueAt, hour)}`;
  if (post.awaitsParent) return "waits for the message that it belongs to";
  if (post.fault === null) return "is next to be sent";
  const since = hour.now.subtract({ milliseconds: Math.round(post.waitingMs ?? 0) });
  const again = hour.now.add({ milliseconds: Math.round(post.nextTryMs ?? 0) });
  const why = troubleWords(post.fault).why;
  return `waits since ${at(since.toString(), hour)}: ${why}; tried again at ${time(again, hour)}`;
}

/** What was sent and has ended all the same stands there no more. */
function howEnded({ sentAt }: ListedPost, hour: Hour): string {
  return sentAt === null ? "not sent" : `sent ${at(sentAt, hour)}, and taken away again`;
}

function at(instant: string, { timeZone, voice }: Hour): string {
  return sayInstant(instant, timeZone, voice);
}

function time(instant: Temporal.Instant, { timeZone }: Hour): string {
  const local = instant.toZonedDateTimeISO(timeZone).toPlainTime();
  return local.toString({ smallestUnit: "minute" });
}

/** Ends that are as they should be, or were wanted. */
const ends: Readonly<Record<string, string>> = {
  superseded: "not sent: a later week's took its place",
  nothing_to_show: "not sent: nothing of it may be seen there, or is wanted there",
  skipped: "skipped by an operator",
};
