import { expect, test } from "vitest";
import { type MemoryUse, shortOf } from "../src/watch-memory.ts";

const heap: MemoryUse = { of: "heap", usedBytes: 500, limitBytes: 1_000 };
const container: MemoryUse = { of: "container", usedBytes: 910, limitBytes: 1_000 };

test("memory is short from nine tenths of a limit on, whichever it is", () => {
  expect(shortOf([heap, container])).toBe(container);
  expect(shortOf([{ ...heap, usedBytes: 901 }])).toMatchObject({ of: "heap" });
  expect(shortOf([{ ...heap, usedBytes: 900 }])).toBe(null);
});

test("outside a container there is no limit to come near to", () => {
  expect(shortOf([heap, { ...container, limitBytes: 0 }])).toBe(null);
});
