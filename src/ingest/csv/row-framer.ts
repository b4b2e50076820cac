import { Buffer } from "node:buffer";
import { CsvScanner, type RowFlaw } from "./csv-scanner.ts";
import { RowBlock } from "./row-block.ts";
import type { Dialect } from "./separator.ts";

/**
 * Turns chunks of a CSV file into rows for COPY: `_line, _flaw, <the columns>`, with the file's own
 * separator between them. The first row is the header and goes to `header`; the rest gather until they
 * are taken.
 */
export class RowFramer {
  readonly #scanner: CsvScanner;
  #header: { row: Buffer; flaw: RowFlaw | null } | null = null;
  #fields = 0;
  readonly #block = new RowBlock();
  #rows = 0;
  #flawed = 0;

  constructor({ separator, skip }: Dialect) {
    const options = { separator, firstLine: skip > 0 ? 2 : 1 };
    this.#scanner = new CsvScanner((row, line, flaw, fields) => {
      if (this.#header === null) {
        this.#header = { row: Buffer.from(row), flaw };
        this.#fields = fields;
        return;
      }
      this.#rows++;
      const wrong = flaw ?? (fields === this.#fields ? null : `fields ${fields} ${this.#fields}`);
      if (wrong === null) return this.#block.write(`${line}${separator}${separator}`, row);
      this.#flawed++;
      const empty = separator.repeat(this.#fields - 1);
      this.#block.write(`${line}${separator}${wrong}${separator}${empty}`, null);
    }, options);
  }

  get header(): { row: Buffer; flaw: RowFlaw | null } | null {
    return this.#header;
  }
  get rows(): number {
    return this.#rows;
  }
  get flawed(): number {
    return this.#flawed;
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
  }

  /** The line of a quote that nothing closes, else null. */
  end(): number | null {
    return this.#scanner.end();
  }

  /** What has gathered, valid until the next chunk is pushed; null when there is nothing. */
  take(): Buffer | null {
    return this.#block.take();
  }
}
