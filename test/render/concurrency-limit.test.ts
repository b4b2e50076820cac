import { expect, test } from "vitest";
import { concurrencyLimit } from "../../src/render/concurrency-limit.ts";

test("no more tasks than the limit run at a time, all of them run, in order", async () => {
  const inTurn = concurrencyLimit(4);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const tasks = Array.from({ length: 40 }, (_, i) =>
    inTurn(async () => {
      started.push(i);
      most = Math.max(most, ++running);
      for (let turn = 0; turn <= i % 3; turn++) await new Promise(setImmediate);
      running--;
    }),
  );
  await Promise.all(tasks);
  expect(most).toBe(4);
  expect(started).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

test("a task that throws gives its place to the next", async () => {
  const inTurn = concurrencyLimit(1);
  const failing = inTurn(async () => {
    throw new Error("no");
  });
  const next = inTurn(async () => "yes");
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("yes");
});
