import fc from "fast-check";
import { expect, test } from "vitest";
import { seenSignatures } from "../../../src/bot/slack/seen-signatures.ts";

const start = Temporal.Instant.from("2026-11-16T09:00:00Z");
const seconds = start.epochMilliseconds / 1000;

test("a signature is let in once, and never again while Bolt would let it in", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 304 }), { maxLength: 30 }), (delays) => {
      const seen = seenSignatures();
      expect(seen.admit("v0=a", seconds, start)).toBeNull();
      for (const delay of delays.toSorted((a, b) => a - b)) {
        expect(seen.admit("v0=a", seconds, start.add({ seconds: delay }))).toBe("replayed");
      }
    }),
  );
});

test("a request from the future is refused, whatever Bolt thinks of it", () => {
  const seen = seenSignatures();
  expect(seen.admit("v0=a", seconds + 6, start)).toBe("future");
  expect(seen.admit("v0=b", seconds + 299, start)).toBe("future");
  expect(seen.admit("v0=c", Number.NaN, start)).toBe("future");
  expect(seen.admit("v0=d", seconds + 2, start)).toBeNull();
});

test("a request that could not be dealt with may come again", () => {
  const seen = seenSignatures();
  seen.admit("v0=a", seconds, start);
  seen.forget("v0=a");
  expect(seen.admit("v0=a", seconds, start)).toBeNull();
});
