import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type HugeShape, hugeShapes, importHuge } from "./bounded-memory.ts";

/** More than may be held, and of what the database must store less; the full run takes a gigabyte. */
const bytesOf = (shape: HugeShape) => (shape === "rows that are all good" ? 24 : 80) << 20;
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

test.each(hugeShapes)(
  "%s, many times larger than what is held of it",
  {
    timeout: 180_000,
  },
  async (shape) => {
    const { result, grownBytes } = await importHuge(fresh.db, shape, bytesOf(shape));
    expect(result).toMatchObject(outcomes[shape] ?? {});
    process.stdout.write(
      `${bytesOf(shape) >> 20} MiB, ${shape}: memory +${grownBytes >> 20} MiB\n`,
    );
    expect(grownBytes).toBeLessThan(MOST_BYTES);
  },
);
