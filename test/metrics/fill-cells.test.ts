import { expect, test } from "vitest";
import type { Metric } from "../../src/metrics/catalogue/index.ts";
import { fillAll } from "../../src/metrics/fill-cells.ts";

const metrics = ["a", "b", "c", "d"].map((id) => ({ id }) as Metric);

test("when one metric's work is lost with the connection, nothing runs on unseen", async () => {
  const slow = Promise.withResolvers<number>();
  const begun: string[] = [];
  const filled: string[] = [];
  const lost = new Error("connection lost");
  const all = fillAll(
    metrics,
    async ({ id }) => {
      begun.push(id);
      if (id === "b") throw lost;
      return slow.promise;
    },
    ({ metric }) => filled.push(metric),
  );
  let settled = false;
  const outcome = all.then(
    () => null,
    (error: unknown) => error,
  );
  void outcome.then(() => {
    settled = true;
  });
  await new Promise(setImmediate);
  expect(settled).toBe(false);
  slow.resolve(1);
  expect(await outcome).toBe(lost);
  expect(begun).toEqual(["a", "b"]);
  expect(filled).toEqual(["a"]);
});
