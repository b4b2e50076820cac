import { Buffer } from "node:buffer";
import { failed, ok, type Result } from "../../result.ts";
import type { HeaderProblem, ImportFault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { RowFlaw } from "./csv-scanner.ts";
import { readHeader } from "./read-header.ts";
import { RowFramer } from "./row-framer.ts";

/** Bytes, with the name that reports call them by. */
interface NamedBytes {
  name: string;
  /** Each need hold only until the next is asked for. */
  chunks: AsyncIterable<unknown>;
}

export interface OpenCsv {
  /** The file's name without its folder. */
  name: string;
  /** As in the header. */
  columns: readonly string[];
  /**
   * `_line, _flaw` and the columns, for COPY ... (FORMAT csv). To be read once; a block is valid
   * until the next is asked for.
   */
  rows: AsyncIterable<Buffer>;
  /** Of the rows read so far; final once `rows` has ended. */
  counts(): { rows: number; flawed: number; unclosedQuote: number | null };
  /** When the rows are not wanted after all. */
  close(): void;
}

/** Reads the header. UTF-8, with or without a byte order mark. */
export async function openCsv(source: NamedBytes): Promise<Result<OpenCsv, ImportFault>> {
  const { name } = source;
  const framer = new RowFramer();
  const chunks = source.chunks[Symbol.asyncIterator]();
  const close = () => void chunks.return?.();
  try {
    const first = await firstChunk(chunks);
    const encoding = otherEncoding(first);
    if (encoding !== null) return closing(close, { kind: "not_utf8", file: name, encoding });
    framer.push(withoutMark(first));
    let unclosed: number | null = null;
    while (framer.header === null) {
      const { done, value } = await chunks.next();
      if (done === true) {
        unclosed = framer.end();
        break;
      }
      framer.push(asBytes(value));
    }
    if (unclosed !== null)
      return closing(close, { kind: "unclosed_quote", file: name, line: unclosed });
    const header = headerOf(framer, name);
    if (!header.ok) return closing(close, header.fault);
    return ok(opened(name, header.value, framer, chunks, close));
  } catch (error) {
    close();
    throw error;
  }
}

function opened(
  name: string,
  columns: readonly string[],
  framer: RowFramer,
  chunks: AsyncIterator<unknown>,
  close: () => void,
): OpenCsv {
  let unclosedQuote: number | null = null;
  async function* rows(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const block = framer.take();
        if (block !== null) yield block;
        const { done, value } = await chunks.next();
        if (done === true) break;
        framer.push(asBytes(value));
      }
      unclosedQuote = framer.end();
      const last = framer.take();
      if (last !== null) yield last;
    } finally {
      close();
    }
  }
  return {
    name,
    columns,
    rows: rows(),
    counts: () => ({ rows: framer.rows, flawed: framer.flawed, unclosedQuote }),
    close,
  };
}

function headerOf(framer: RowFramer, file: string): Result<string[], ImportFault> {
  const header = framer.header;
  if (header === null) return failed({ kind: "no_header", file });
  const text = header.row.toString("utf8");
  if (header.flaw !== null) {
    const problem = headerFlaws[header.flaw] ?? "unreadable";
    return failed({ kind: "bad_header", file, column: text.slice(0, limits.nameBytes), problem });
  }
  const names = readHeader(text);
  return names.ok ? names : failed({ kind: "bad_header", file, ...names.fault });
}

const headerFlaws: Partial<Record<RowFlaw, HeaderProblem>> = {
  large_field: "too_large",
  large_row: "too_large",
  // Every other byte of UTF-16 is NUL where the letters are Latin; a byte order mark may be missing.
  nul: "utf16",
};

function closing(close: () => void, fault: ImportFault): { ok: false; fault: ImportFault } {
  close();
  return failed(fault);
}

/** At least the three bytes in which a byte order mark shows, or the whole of a shorter file. */
async function firstChunk(chunks: AsyncIterator<unknown>): Promise<Buffer> {
  let first = Buffer.alloc(0);
  while (first.length < 3) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    first = Buffer.concat([first, asBytes(value)]);
  }
  return first;
}

function asBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  return Buffer.from(String(chunk), "utf8");
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function otherEncoding(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "UTF-16 (little endian)";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "UTF-16 (big endian)";
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03
    ? "zip (is it a spreadsheet?)"
    : null;
}

/** The code of an error of the file system, else null. */
export function fileErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  return String(error.code);
}
