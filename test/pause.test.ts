import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { pause } from "../src/pause.ts";

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

test("ten thousand pauses leave nothing with the signals that they listened to, and no timer", async () => {
  const [stopping, ended] = [new AbortController().signal, new AbortController().signal];
  const before = timers();
  for (let i = 0; i < 100; i++)
    await Promise.all(
      Array.from({ length: 100 }, () => {
        const own = new AbortController();
        const over = pause(60_000, stopping, own.signal, ended);
        own.abort();
        return over;
      }),
    );
  expect(getEventListeners(stopping, "abort")).toEqual([]);
  expect(getEventListeners(ended, "abort")).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before);
});

test("a pause ends in its time, at once when it is told to, and without waiting where it was before", async () => {
  const began = performance.now();
  await pause(50, new AbortController().signal);
  expect(performance.now() - began).toBeGreaterThan(45);
  const told = new AbortController();
  setTimeout(() => told.abort(), 10);
  await pause(600_000, told.signal);
  await pause(600_000, told.signal);
  expect(getEventListeners(told.signal, "abort")).toEqual([]);
});
