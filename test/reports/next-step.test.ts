import { describe, expect, test } from "vitest";
import type { ChatFault, LookUp } from "../../src/message.ts";
import {
  afterFault,
  nextStep,
  rebuildAfter,
  type Setback,
  type Step,
} from "../../src/reports/next-step.ts";

const found: LookUp = { kind: "found", ref: { platform: "slack", channel: "C0ALL", id: "1.2" } };
const absent: LookUp = { kind: "absent" };
const unreadable = (code: string): LookUp => ({ kind: "unreadable", code });

describe("a delivery that is leased", () => {
  test.each<[string, number, LookUp | null, Step]>([
    ["for the first time is posted", 1, null, { kind: "post" }],
    ["again, after it certainly did not arrive, is posted", 4, null, { kind: "post" }],
    ["and found is recorded", 2, found, { kind: "record", messageId: "1.2" }],
    ["and found after all tries is recorded", 9, found, { kind: "record", messageId: "1.2" }],
    ["and not there is posted", 2, absent, { kind: "post" }],
    ["and not there after all tries is given up", 6, absent, { kind: "give_up" }],
    ["after all tries is given up", 6, null, { kind: "give_up" }],
    [
      "where reading is limited is looked for again",
      2,
      unreadable("ratelimited"),
      { kind: "look_again", code: "ratelimited", waitMs: 30_000 },
    ],
    [
      "where reading never comes back is ambiguous",
      6,
      unreadable("http_503"),
      { kind: "mark_ambiguous", code: "http_503" },
    ],
    [
      "where reading is not allowed is ambiguous",
      2,
      unreadable("missing_scope"),
      { kind: "mark_ambiguous", code: "missing_scope" },
    ],
  ])("%s", (_, attempts, seen, step) => {
    expect(nextStep({ attempts, seen })).toEqual(step);
  });
});

describe("after a platform's fault", () => {
  test.each<[string, ChatFault, number, Partial<Setback>]>([
    [
      "a refusal that nobody can mend ends it",
      { kind: "refused", code: "invalid_blocks" },
      1,
      { waitMs: null, code: "invalid_blocks" },
    ],
    [
      "a refusal that a person can mend is waited out, however often it comes",
      { kind: "refused", code: "not_in_channel" },
      5,
      { waitMs: 600_000, code: "not_in_channel", counts: false, waitsFor: "person" },
    ],
    [
      "a limit is waited out and not counted",
      { kind: "limited", retryAfterMs: 7_000 },
      5,
      { waitMs: 7_000, counts: false, inDoubt: false },
    ],
    [
      "a limit without a time makes no busy loop",
      { kind: "limited", retryAfterMs: 0 },
      1,
      { waitMs: 1_000 },
    ],
    [
      "a limit of days is asked about after an hour",
      { kind: "limited", retryAfterMs: 9e8 },
      1,
      { waitMs: 3_600_000 },
    ],
    [
      "what was never sent is tried again without doubt",
      { kind: "unreachable", code: "ECONNREFUSED" },
      1,
      { waitMs: 5_000, inDoubt: false },
    ],
    [
      "what was never sent is given up after five tries",
      { kind: "unreachable", code: "ECONNREFUSED" },
      5,
      { waitMs: null },
    ],
    [
      "a lost reply is in doubt",
      { kind: "ambiguous", code: "timeout" },
      1,
      { waitMs: 5_000, inDoubt: true },
    ],
    [
      "a lost reply is looked up even after the last try",
      { kind: "ambiguous", code: "timeout" },
      5,
      { waitMs: 5_000, inDoubt: true },
    ],
  ])("%s", (_, fault, attempts, setback) => {
    expect(afterFault(fault, attempts)).toMatchObject(setback);
  });

  test("a run that cannot be built waits longer and longer, and never for ever", () => {
    expect([1, 2, 3, 4, 50].map(rebuildAfter)).toEqual([5_000, 30_000, 120_000, 600_000, 600_000]);
  });
});
