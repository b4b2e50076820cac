/** Files of any size, on disk before they are read, and what `kpi import` of one holds (fault 38). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

const PIECE_BYTES = 1 << 16;
const filler = Buffer.alloc(PIECE_BYTES, "x");
const commas = Buffer.alloc(PIECE_BYTES, ",");
const shortLines = Buffer.from("a,b\n".repeat(PIECE_BYTES / 4));
const wrongRows = Buffer.from(`${"x".repeat(4_000)},core,true,2024-01-01,soon\n`.repeat(16));
const goodRows = (piece: number): Buffer =>
  Buffer.from(
    Array.from(
      { length: 64 },
      (_, i) => `f${piece}-${i}${"x".repeat(900)},core,true,2024-01-01,2024-02-01\n`,
    ).join(""),
  );

/** What comes after the header, piece by piece until there is enough, and how it ends. */
const shapes = {
  "one line": { begin: "", piece: () => filler, end: "\n" },
  "one value in quotes": { begin: '"', piece: () => filler, end: '",core,true,2024-01-01,\n' },
  "a quote that nothing closes": { begin: '"', piece: () => shortLines, end: "" },
  "commas alone": { begin: "", piece: () => commas, end: "\n" },
  "rows that are all wrong": { begin: "", piece: () => wrongRows, end: "" },
  "rows that are all good": { begin: "", piece: goodRows, end: "" },
} as const;

export type HugeShape = keyof typeof shapes;

/** Writes a file for `features` of at least `bytes`. */
export async function writeHuge(file: string, shape: HugeShape, bytes: number): Promise<void> {
  const { begin, piece, end } = shapes[shape];
  const pieces = function* () {
    yield Buffer.from(`feature_id,category,is_core,ga_on,retired_on\n${begin}`);
    for (let written = 0, at = 0; written < bytes; at++) {
      const next = piece(at);
      written += next.length;
      yield next;
    }
    yield Buffer.from(end);
  };
  await pipeline(Readable.from(pieces()), createWriteStream(file));
}

/** All that one wants to know of a `kpi import` that has ended. */
export interface MeasuredImport {
  status: number | null;
  said: string;
  peakBytes: number;
}

/** `kpi import features <file>` as a process of its own, which starts in the file's folder. */
export async function importAlone(url: string, file: string): Promise<MeasuredImport> {
  const child = spawn(
    process.execPath,
    [
      "--import",
      path.join(import.meta.dirname, "tell-peak-memory.ts"),
      path.resolve(import.meta.dirname, "../../src/cli/kpi.ts"),
      ...["import", "features", file],
    ],
    {
      cwd: path.dirname(file),
      env: { DATABASE_URL: url },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  const [closed, ...texts] = await Promise.all([
    once(child, "close"),
    ...[1, 2, 3].map((i) => {
      const stream = child.stdio[i];
      return stream instanceof Readable ? text(stream) : "";
    }),
  ]);
  const [said = "", complained = "", peak = ""] = texts;
  const [status] = closed;
  return {
    status: typeof status === "number" ? status : null,
    said: `${said}${complained}`,
    peakBytes: Number(peak),
  };
}
