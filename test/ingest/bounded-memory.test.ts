import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { faultTest } from "../support/fault-test.ts";
import { type HugeShape, importAlone, writeHuge } from "./bounded-memory.ts";

const MOST_BYTES = 64 << 20;
const SMALL_BYTES = 1 << 20;
const GOOD = "rows that are all good";

let fresh: FreshDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  fresh = await freshDatabase({ statementTimeoutMs: 0 });
  folder = await mkdtemp(path.join(tmpdir(), "throughline-bounded-"));
  file = path.join(folder, "features.csv");
});
afterAll(async () => {
  await fresh?.close();
  await rm(folder, { recursive: true });
});

const taken = /^features +([\d,]+) +\1 +0 +0 +0 +0 /m;
const rejected = /^features +([\d,]+) +0 +0 +0 +0 +\1 /m;

interface Case {
  shape: HugeShape;
  /** Where it goes, where that makes a difference. */
  into?: string;
  status: number;
  says: RegExp;
}

/** The table is empty when they begin, and full after the first. */
const cases: readonly Case[] = [
  { shape: GOOD, into: "an empty table", status: 0, says: taken },
  { shape: GOOD, into: "a full table", status: 0, says: /^features +([\d,]+) +0 +0 +\1 /m },
  { shape: "one line", status: 1, says: rejected },
  { shape: "one value in quotes", status: 1, says: rejected },
  { shape: "a quote that nothing closes", status: 1, says: /:2: a quote .* never closed/ },
  { shape: "commas alone", status: 1, says: rejected },
  { shape: "rows that are all wrong", status: 1, says: rejected },
];

faultTest(38, "a file of any size takes no more memory than a small one", async (run) => {
  await writeHuge(file, GOOD, SMALL_BYTES);
  const small = await importAlone(fresh.url, file);
  expect(small.said).toMatch(taken);
  await fresh.db.run("DELETE FROM source.features");
  const grown: string[] = [];
  for (const { shape, into, status, says } of cases) {
    // Good rows are stored, which takes the most time.
    const mebibytes = shape === GOOD && !run.isFull ? Math.ceil(run.cases / 4) : run.cases;
    await writeHuge(file, shape, mebibytes * 2 ** 20);
    const huge = await importAlone(fresh.url, file);
    expect(huge.said, shape).toMatch(says);
    expect(huge.status, shape).toBe(status);
    const more = huge.peakBytes - small.peakBytes;
    expect(more, shape).toBeLessThan(MOST_BYTES);
    grown.push(
      `${into === undefined ? shape : `${shape} into ${into}`} +${Math.max(0, more) >> 20}`,
    );
    run.tried(mebibytes);
  }
  run.saw(
    `memory of \`kpi import\` in MiB beyond the ${small.peakBytes >> 20} of a small file: ${grown.join(", ")}`,
  );
});
