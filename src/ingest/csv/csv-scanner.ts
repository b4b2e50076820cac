/**
 * Frames CSV (RFC 4180, or with another separator than the comma: quotes doubled inside quotes, LF,
 * CRLF or CR) for COPY without parsing it twice: Postgres reads the values, this finds where rows end,
 * counts their fields and says on which line each begins, so that one bad row is rejected and not the
 * whole COPY. Blank lines are skipped. It holds back one unfinished row, at most `rowBytes`; of a
 * flawed row nothing.
 */
import { Buffer, isAscii, isUtf8 } from "node:buffer";
import { limits } from "../limits.ts";
import { HeldRow } from "./held-row.ts";
import type { Separator } from "./separator.ts";

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** Where the next byte falls. `Closing`: after a quote inside quotes, which ends or doubles it. */
const At = { Start: 0, Plain: 1, Quoted: 2, Closing: 3 } as const;
type At = (typeof At)[keyof typeof At];

/** Why a row cannot be read. A wrong number of fields is for the caller to tell. */
export type RowFlaw = "stray_quote" | "large_field" | "large_row" | "not_utf8" | "nul";

interface ScannerLimits {
  readonly fieldBytes: number;
  readonly rowBytes: number;
}

interface ScannerOptions {
  limits?: ScannerLimits;
  separator?: Separator;
  /** Of the first row, in the file. */
  firstLine?: number;
}

export class CsvScanner {
  readonly #limits: ScannerLimits;
  readonly #onRow: (row: Buffer, line: number, flaw: RowFlaw | null, fields: number) => void;
  readonly #held = new HeldRow();
  #at: At = At.Start;
  #fields = 1;
  #fieldBytes = 0;
  #rowBytes = 0;
  #flaw: RowFlaw | null = null;
  readonly #separator: number;
  #line: number;
  #rowLine: number;
  #afterCr = false;

  /** `onRow` gets the bytes without the line end; they are valid only during the call. */
  constructor(
    onRow: (row: Buffer, line: number, flaw: RowFlaw | null, fields: number) => void,
    options: ScannerOptions = {},
  ) {
    this.#onRow = onRow;
    this.#limits = options.limits ?? limits;
    this.#separator = (options.separator ?? ",").charCodeAt(0);
    this.#line = options.firstLine ?? 1;
    this.#rowLine = this.#line;
  }

  push(chunk: Uint8Array): void {
    const from = this.#held.length;
    const bytes = this.#held.followedBy(chunk);
    const plain = isAscii(bytes) && !bytes.includes(0);
    let start = 0;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (this.#afterCr) {
        this.#afterCr = false;
        if (byte === LF) {
          start = i + 1;
          continue;
        }
      }
      if (this.#take(byte)) {
        this.#endRow(bytes.subarray(start, i), plain);
        start = i + 1;
      }
    }
    this.#hold(bytes, start);
  }

  /** The line on which a quote was opened that nothing closes, or null. Ends the last row. */
  end(): number | null {
    if (this.#at === At.Quoted) return this.#rowLine;
    const last = this.#held.followedBy(Buffer.alloc(0));
    this.#endRow(last, isAscii(last) && !last.includes(0));
    this.#held.keep(last, last.length);
    return null;
  }

  /** Moves on by one byte; true when it ends the row. */
  #take(byte: number): boolean {
    if (this.#at === At.Quoted) {
      if (byte === QUOTE) this.#at = At.Closing;
      else if (byte === LF) this.#line++;
      this.#grow();
      return false;
    }
    if (byte === LF || byte === CR) {
      this.#afterCr = byte === CR;
      this.#line++;
      return true;
    }
    if (byte === this.#separator) {
      this.#fields++;
      this.#fieldBytes = -1;
      this.#at = At.Start;
    } else if (byte === QUOTE) {
      if (this.#at === At.Plain) this.#flaw ??= "stray_quote";
      else this.#at = At.Quoted;
    } else {
      if (this.#at === At.Closing) this.#flaw ??= "stray_quote";
      this.#at = At.Plain;
    }
    this.#grow();
    return false;
  }

  #grow(): void {
    this.#rowBytes++;
    if (++this.#fieldBytes > this.#limits.fieldBytes) this.#flaw ??= "large_field";
    else if (this.#rowBytes > this.#limits.rowBytes) this.#flaw ??= "large_row";
  }

  #endRow(row: Buffer, plain: boolean): void {
    if (this.#rowBytes > 0) {
      if (this.#flaw === null && !plain) this.#flaw = flawOfText(row);
      this.#onRow(row, this.#rowLine, this.#flaw, this.#fields);
    }
    this.#at = At.Start;
    this.#fields = 1;
    this.#fieldBytes = 0;
    this.#rowBytes = 0;
    this.#flaw = null;
    this.#rowLine = this.#line;
  }

  /** A row that is flawed already is counted to its end but not kept: memory stays bounded. */
  #hold(bytes: Buffer, start: number): void {
    this.#held.keep(bytes, this.#flaw === null ? start : bytes.length);
  }
}

function flawOfText(row: Buffer): RowFlaw | null {
  if (row.includes(0)) return "nul";
  return isUtf8(row) ? null : "not_utf8";
}
