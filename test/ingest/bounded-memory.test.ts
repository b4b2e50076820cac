import { afterAll, beforeAll, expect } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { faultTest } from "../support/fault-test.ts";
import { type HugeShape, hugeShapes, importHuge } from "./bounded-memory.ts";

const MOST_BYTES = 64 << 20;

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase({ statementTimeoutMs: 0 });
});
afterAll(() => fresh.close());

const outcomes: Readonly<Record<HugeShape, unknown>> = {
  "one line": { ok: true, value: { tables: [{ read: 1, rejected: 1 }] } },
  "one value in quotes": { ok: true, value: { tables: [{ read: 1, rejected: 1 }] } },
  "a quote that nothing closes": { ok: false, fault: { kind: "unclosed_quote", line: 2 } },
  "commas alone": { ok: true, value: { tables: [{ read: 1, rejected: 1 }] } },
  "rows that are all wrong": { ok: true, value: { tables: [{ new: 0 }] } },
  "rows that are all good": { ok: true, value: { tables: [{ rejected: 0 }] } },
};

faultTest(38, "a file of any size takes no more memory than a small one", async (run) => {
  const grown: string[] = [];
  for (const shape of hugeShapes) {
    // Good rows are stored, which takes the most time.
    const isShorter = shape === "rows that are all good" && !run.isFull;
    const mebibytes = isShorter ? Math.ceil(run.cases / 4) : run.cases;
    const { result, grownBytes } = await importHuge(fresh.db, shape, mebibytes * 2 ** 20);
    expect(result, shape).toMatchObject(outcomes[shape] ?? {});
    expect(grownBytes, shape).toBeLessThan(MOST_BYTES);
    grown.push(`${shape} +${grownBytes >> 20}`);
    run.tried(mebibytes);
  }
  run.saw(`memory in MiB: ${grown.join(", ")}`);
});
