/** What to do with a delivery that one holds the lease of. Pure: FAULTS.md as a table of cases. */
import type { LookUp } from "../message.ts";

export interface Attempt {
  /** 1 for the first. */
  attempts: number;
  /** What the look-up before a second attempt saw; null for the first, which needs none. */
  seen: LookUp | null;
}

export type Step =
  | { kind: "post" }
  | { kind: "record"; messageId: string }
  | { kind: "mark_ambiguous"; code: string };

/** A first attempt posts; a later one posts only where the earlier is known not to have arrived. */
export function nextStep({ attempts, seen }: Attempt): Step {
  if (attempts <= 1 || seen === null) return { kind: "post" };
  switch (seen.kind) {
    case "found":
      return { kind: "record", messageId: seen.ref.id };
    case "absent":
      return { kind: "post" };
    case "unreadable":
      return { kind: "mark_ambiguous", code: seen.code };
  }
}

/** Milliseconds until the next try after `attempts` that failed; null: give up. */
export function retryAfter(attempts: number): number | null {
  const waits = [5_000, 30_000, 120_000, 600_000];
  return waits[attempts - 1] ?? null;
}
