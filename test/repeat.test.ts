import { expect, test } from "vitest";
import { repeat } from "../src/repeat.ts";

const quick = { everyMs: 1, retryMs: 1, longestRetryMs: 4 };

test("what fails is told with how often it has in a row, and goes on", async () => {
  const told: number[] = [];
  let runs = 0;
  const work = async () => {
    runs += 1;
    if (runs % 4 !== 0) throw new Error("not now");
  };
  const stop = repeat(work, quick, (_, failures) => told.push(failures));
  await expect.poll(() => runs).toBeGreaterThan(8);
  await stop();
  expect(told.slice(0, 6)).toEqual([1, 2, 3, 1, 2, 3]);
});

test("nothing is done twice at a time, and stopping waits for what is under way and begins nothing more", async () => {
  const under = { way: 0, most: 0, done: 0 };
  const begun = Promise.withResolvers<void>();
  const work = async (stopping: AbortSignal) => {
    under.way += 1;
    under.most = Math.max(under.most, under.way);
    begun.resolve();
    await new Promise((done) => stopping.addEventListener("abort", done));
    under.way -= 1;
    under.done += 1;
  };
  const stop = repeat(work, quick, () => {});
  await begun.promise;
  await stop();
  expect(under).toEqual({ way: 0, most: 1, done: 1 });
});

test("a pause after a failure is cut short by stopping", async () => {
  const rhythm = { everyMs: 600_000, retryMs: 600_000, longestRetryMs: 600_000 };
  const failed = Promise.withResolvers<void>();
  const stop = repeat(
    () => Promise.reject(new Error("no")),
    rhythm,
    () => failed.resolve(),
  );
  await failed.promise;
  await stop();
});
