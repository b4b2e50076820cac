import { Buffer } from "node:buffer";
import { CsvScanner } from "./csv-scanner.ts";
import { RowBlock } from "./row-block.ts";

const COMMA = 44;
const QUOTE = 34;
const HYPHEN = 45;

interface BareCsv {
  /**
   * The file's rows as they are, without the header; a block is valid until the next is asked for.
   * Ends early at the first row that is not plain.
   */
  rows: AsyncIterable<Buffer>;
  /** Whether all rows were plain, and how many there were; final once `rows` has ended. */
  counts(): { plain: boolean; rows: number };
}

/** What a column of a plain row may hold: an ISO day with or without a time, a number, or anything. */
export type PlainKind = "moment" | "number" | "any";

/**
 * A file's rows for a COPY that nothing looks at afterwards, so only as long as they are plain: no
 * quotes, the header's number of values, and what `kinds` says of each.
 */
export function openBareCsv(
  chunks: AsyncIterable<Uint8Array>,
  kinds: readonly PlainKind[],
): BareCsv {
  const block = new RowBlock();
  let rows = -1;
  let plain = true;
  const scanner = new CsvScanner((row, _line, flaw, fields) => {
    if (rows++ < 0 || !plain) return;
    plain = flaw === null && fields === kinds.length && isPlain(row, kinds);
    if (plain) block.write("", row);
  });
  async function* blocks(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
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
    rows: blocks(),
    counts: () => ({ plain, rows: Math.max(rows, 0) }),
  };
}

function isPlain(row: Buffer, kinds: readonly PlainKind[]): boolean {
  if (row.includes(QUOTE)) return false;
  let from = 0;
  for (const kind of kinds) {
    const comma = row.indexOf(COMMA, from);
    const to = comma < 0 ? row.length : comma;
    if (kind === "number" && !isAll(inNumber, row, from, to)) return false;
    if (kind === "moment" && to > from && !isMoment(row, from, to)) return false;
    from = to + 1;
  }
  return true;
}

/** `2024-01-31`, with or without a time and an offset behind it. */
function isMoment(row: Buffer, from: number, to: number): boolean {
  if (to - from < 10) return false;
  for (let i = 0; i < 10; i++) {
    const byte = row[from + i] ?? 0;
    if (i === 4 || i === 7 ? byte !== HYPHEN : byte < 48 || byte > 57) return false;
  }
  return isAll(inTime, row, from + 10, to);
}

// Postgres alone would also read 1_000, 0x1F, 2024-01-31 BC and 2024-01-31 allballs.
const inNumber = bytesOf("0123456789+-.eE");
const inTime = bytesOf("0123456789+-.: TZ");

/** By byte, 1 where it is among `characters`, which are ASCII. */
function bytesOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}

function isAll(table: Uint8Array, row: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (table[row[i] ?? 0] === 0) return false;
  return true;
}
