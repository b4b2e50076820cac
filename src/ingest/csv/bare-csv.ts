import type { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { CsvScanner } from "./csv-scanner.ts";
import { RowBlock } from "./row-block.ts";

const COMMA = 44;
const QUOTE = 34;
const HYPHEN = 45;

interface BareCsv {
  /** The file's rows as they are, without the header. Ends early at the first that is not plain. */
  rows: Readable;
  /** Whether all rows were plain, and how many there were; final once `rows` has ended. */
  counts(): { plain: boolean; rows: number };
}

/**
 * A file's rows for a COPY that nothing looks at afterwards, so only as long as they are plain: no
 * quotes, the header's number of values, and ISO days where `days` says that a column holds one.
 */
export function openBareCsv(path: string, days: readonly boolean[]): BareCsv {
  const block = new RowBlock();
  let rows = -1;
  let plain = true;
  const scanner = new CsvScanner((row, _line, flaw, fields) => {
    if (rows++ < 0 || !plain) return;
    plain = flaw === null && fields === days.length && isPlain(row, days);
    if (plain) block.write("", row);
  });
  async function* blocks(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      scanner.push(chunk);
      if (!plain) return;
      const ready = block.take();
      if (ready !== null) yield ready;
    }
    plain = scanner.end() === null && plain;
    const last = block.take();
    if (plain && last !== null) yield last;
  }
  return {
    rows: Readable.from(blocks(), { objectMode: true, highWaterMark: 1 }),
    counts: () => ({ plain, rows: Math.max(rows, 0) }),
  };
}

function isPlain(row: Buffer, days: readonly boolean[]): boolean {
  if (row.includes(QUOTE)) return false;
  let from = 0;
  for (const day of days) {
    const comma = row.indexOf(COMMA, from);
    const to = comma < 0 ? row.length : comma;
    if (day && to > from && !startsWithDay(row, from, to)) return false;
    from = to + 1;
  }
  return true;
}

/** `2024-01-31`, with or without something behind it. */
function startsWithDay(row: Buffer, from: number, to: number): boolean {
  if (to - from < 10) return false;
  for (let i = 0; i < 10; i++) {
    const byte = row[from + i] ?? 0;
    if (i === 4 || i === 7 ? byte !== HYPHEN : byte < 48 || byte > 57) return false;
  }
  return true;
}
