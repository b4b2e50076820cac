import type { Buffer } from "node:buffer";
import { failed, ok, type Result } from "../../result.ts";
import type { HeaderProblem, ImportFault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { RowFlaw } from "./csv-scanner.ts";
import { BrokenUtf16 } from "./decode-utf16.ts";
import { openText, readDialect } from "./open-text.ts";
import { readHeader } from "./read-header.ts";
import { RowFramer } from "./row-framer.ts";
import type { Separator } from "./separator.ts";

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
  separator: Separator;
  /** UTF-8 with commas from its first line on, so that COPY can take the file's own bytes. */
  isPlain: boolean;
  /**
   * `_line, _flaw` and the columns, for COPY ... (FORMAT csv, DELIMITER `separator`). To be read once;
   * a block is valid until the next is asked for.
   */
  rows: AsyncIterable<Buffer>;
  /** Of the rows read so far; final once `rows` has ended. */
  counts(): { rows: number; flawed: number; unclosedQuote: number | null };
  /** When the rows are not wanted after all. */
  close(): void;
}

/** Reads the header. UTF-8, with or without a byte order mark, or UTF-16 with one. */
export async function openCsv(source: NamedBytes): Promise<Result<OpenCsv, ImportFault>> {
  const { name } = source;
  const text = await openText(source);
  if (!text.ok) return failed({ kind: "not_csv", file: name, is: text.fault });
  const { chunks, isUtf8 } = text.value;
  const close = () => void chunks.return(undefined);
  try {
    const { begin, dialect } = await readDialect(chunks);
    const framer = new RowFramer(dialect);
    framer.push(begin.subarray(dialect.skip));
    let unclosed: number | null = null;
    while (framer.header === null) {
      const { done, value } = await chunks.next();
      if (done === true) {
        unclosed = framer.end();
        break;
      }
      framer.push(value);
    }
    if (unclosed !== null)
      return closing(close, { kind: "unclosed_quote", file: name, line: unclosed });
    const header = headerOf(framer, name, dialect.separator);
    if (!header.ok) return closing(close, header.fault);
    const { separator, skip } = dialect;
    const isPlain = isUtf8 && separator === "," && skip === 0;
    return ok({
      name,
      columns: header.value,
      separator,
      isPlain,
      ...framed(framer, chunks, close),
      close,
    });
  } catch (error) {
    close();
    if (error instanceof BrokenUtf16) return failed({ kind: "broken_utf16", file: name });
    throw error;
  }
}

/** The rows behind the header, as `OpenCsv` gives them. */
function framed(
  framer: RowFramer,
  chunks: AsyncIterator<Uint8Array>,
  close: () => void,
): Pick<OpenCsv, "rows" | "counts"> {
  let unclosedQuote: number | null = null;
  async function* rows(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const block = framer.take();
        if (block !== null) yield block;
        const { done, value } = await chunks.next();
        if (done === true) break;
        framer.push(value);
      }
      unclosedQuote = framer.end();
      const last = framer.take();
      if (last !== null) yield last;
    } finally {
      close();
    }
  }
  return {
    rows: rows(),
    counts: () => ({ rows: framer.rows, flawed: framer.flawed, unclosedQuote }),
  };
}

function headerOf(
  framer: RowFramer,
  file: string,
  separator: Separator,
): Result<string[], ImportFault> {
  const header = framer.header;
  if (header === null) return failed({ kind: "no_header", file });
  const text = header.row.toString("utf8");
  if (header.flaw !== null) {
    const problem = headerFlaws[header.flaw] ?? "unreadable";
    return failed({ kind: "bad_header", file, column: text.slice(0, limits.nameBytes), problem });
  }
  const names = readHeader(text, separator);
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

/** The code of an error of the file system, else null. */
export function fileErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  return String(error.code);
}
