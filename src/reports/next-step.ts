/** What to do with a delivery that one holds the lease of. Pure: FAULTS.md as a table of cases. */
import type { ChatFault, LookUp } from "../message.ts";
import { isMendable } from "./mendable.ts";

export interface Attempt {
  /** 1 for the first. */
  attempts: number;
  /** What the look-up saw; null when no earlier attempt can have arrived, so that none was needed. */
  seen: LookUp | null;
}

export type Step =
  | { kind: "post" }
  | { kind: "record"; messageId: string }
  /** Nobody can tell yet whether it stands there: look again after `waitMs`. */
  | { kind: "look_again"; code: string; waitMs: number }
  | { kind: "mark_ambiguous"; code: string }
  /** It is not there, and has been tried often enough. */
  | { kind: "give_up" };

/** Posts only where every earlier attempt is known not to have arrived. */
export function nextStep({ attempts, seen }: Attempt): Step {
  const exhausted = attempts > waits.length + 1;
  if (seen === null) return exhausted ? { kind: "give_up" } : { kind: "post" };
  switch (seen.kind) {
    case "found":
      return { kind: "record", messageId: seen.ref.id };
    case "absent":
      return exhausted ? { kind: "give_up" } : { kind: "post" };
    case "unreadable": {
      const waitMs = mayPass(seen.code) ? retryAfter(attempts) : null;
      return waitMs === null
        ? { kind: "mark_ambiguous", code: seen.code }
        : { kind: "look_again", code: seen.code, waitMs };
    }
    default:
      return seen satisfies never;
  }
}

/** What to do after a platform did not do what was asked; `waitMs` null: it ends here. */
export interface Setback {
  code: string;
  waitMs: number | null;
  inDoubt: boolean;
  counts: boolean;
  waitsFor: WaitsFor;
}

/** Who has to mend it: the platform recovers by itself, a person has to be told. */
export type WaitsFor = "platform" | "person";

/**
 * It waits for a person as long as it takes, at most until its report's next period takes its place,
 * and is no nearer to being given up for it.
 */
export function paused(code: string): Setback {
  return { code, waitMs: PAUSE, inDoubt: false, counts: false, waitsFor: "person" };
}

export function afterFault(fault: ChatFault, attempts: number): Setback {
  switch (fault.kind) {
    case "limited": {
      const waitMs = Math.min(Math.max(fault.retryAfterMs, SHORTEST_WAIT), LONGEST_WAIT);
      return { ...passing("limited", waitMs), counts: false };
    }
    case "refused":
      return isMendable(fault.code) ? paused(fault.code) : passing(fault.code, null);
    case "unreachable":
      return passing(fault.code, retryAfter(attempts));
    case "ambiguous":
      // Not given up without a last look: it may be there.
      return { ...passing(fault.code, retryAfter(attempts) ?? LAST_LOOK), inDoubt: true };
    default:
      return fault satisfies never;
  }
}

function passing(code: string, waitMs: number | null): Setback {
  return { code, waitMs, inDoubt: false, counts: true, waitsFor: "platform" };
}

/** Of a question or an edit: whatever became of it, there is no message to be in doubt about. */
export function certain(fault: ChatFault): ChatFault {
  return fault.kind === "ambiguous" ? { kind: "unreachable", code: fault.code } : fault;
}

/** Milliseconds. A limit that names no time must not make a busy loop, nor a wrong one wait for days. */
const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 3_600_000;
const LAST_LOOK = 5_000;
const PAUSE = 600_000;
const waits = [5_000, 30_000, 120_000, 600_000];

/** Milliseconds until the next try after `attempts` that failed; null: give up. */
function retryAfter(attempts: number): number | null {
  return waits[attempts - 1] ?? null;
}

/** Milliseconds until a run that could not be built is built again; it is never given up. */
export function rebuildAfter(failures: number): number {
  return retryAfter(Math.min(failures, waits.length)) ?? SHORTEST_WAIT;
}

/** Whether a place that could not be read may be readable later: a limit, a time-out, an outage. */
function mayPass(code: string): boolean {
  return /^(ratelimited|rate_limited|limited|timeout|http_5\d\d|internal_error|fatal_error|service_unavailable|request_timeout|unreadable_answer|unexpected_answer|UND_ERR_\w+|E[A-Z_]+)$/.test(
    code,
  );
}
