/** Files of any size, made while they are read, and what an import of one takes of memory (fault 38). */
import { Readable } from "node:stream";
import type { Database } from "../../src/db/index.ts";
import { importCsv } from "../../src/ingest/index.ts";
import { now } from "./importing.ts";

// Made once where they can be: what is thrown away here would count as held there.
const filler = Buffer.alloc(1 << 16, "x");
const commas = Buffer.alloc(1 << 16, ",");
const shortLines = Buffer.from("a,b\n".repeat(1 << 14));
const goodRow = (at: number, i: number) =>
  `f${at}-${i}${"x".repeat(900)},core,true,2024-01-01,2024-02-01\n`;
const wrongRow = Buffer.from(`${"x".repeat(4_000)},core,true,2024-01-01,soon\n`.repeat(16));

/** What comes after the header, piece by piece until there is enough, and how it ends. */
const shapes = {
  "one line": { begin: "", piece: () => filler, end: "\n" },
  "one value in quotes": { begin: '"', piece: () => filler, end: '",core,true,2024-01-01,\n' },
  "a quote that nothing closes": {
    begin: '"',
    piece: () => shortLines,
    end: "",
  },
  "commas alone": { begin: "", piece: () => commas, end: "\n" },
  "rows that are all wrong": { begin: "", piece: () => wrongRow, end: "" },
  "rows that are all good": {
    begin: "",
    piece: (at: number) =>
      Buffer.from(Array.from({ length: 64 }, (_, i) => goodRow(at, i)).join("")),
    end: "",
  },
} as const;

export type HugeShape = keyof typeof shapes;

export const hugeShapes: readonly HugeShape[] = [
  "one line",
  "one value in quotes",
  "a quote that nothing closes",
  "commas alone",
  "rows that are all wrong",
  "rows that are all good",
];

/**
 * Imports a file of `bytes` into `features`. `grownBytes`: the most that this process held at any
 * piece beyond what it held before the first.
 */
export async function importHuge(db: Database, shape: HugeShape, bytes: number) {
  const { begin, piece, end } = shapes[shape];
  const before = process.memoryUsage.rss();
  let grownBytes = 0;
  const stream = Readable.from(
    (function* () {
      yield Buffer.from(`feature_id,category,is_core,ga_on,retired_on\n${begin}`);
      for (let sent = 0, row = 0; sent < bytes; row++) {
        const next = piece(row);
        sent += next.length;
        grownBytes = Math.max(grownBytes, process.memoryUsage.rss() - before);
        yield next;
      }
      yield Buffer.from(end);
    })(),
  );
  const result = await importCsv(db, {
    table: "features",
    file: { name: "huge.csv", stream },
    mode: "upsert",
    completeThrough: null,
    now,
    timeZone: "UTC",
  });
  return { result, grownBytes };
}
