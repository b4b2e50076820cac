import { Buffer } from "node:buffer";

const BLOCK = 1 << 18;
const LF = 10;

/**
 * Gathers rows into blocks for COPY, so that a row costs a copy of its bytes and no object. The
 * memory is used again for the next block: buffers that are thrown away wait for the collector,
 * which is in no hurry before they are tens of MiB.
 */
export class RowBlock {
  #bytes = Buffer.allocUnsafeSlow(BLOCK);
  #filled = 0;

  /** `prefix` is ASCII. */
  write(prefix: string, row: Buffer | null): void {
    const size = prefix.length + (row?.length ?? 0) + 1;
    if (this.#filled + size > this.#bytes.length) this.#grow(size);
    this.#filled += this.#bytes.write(prefix, this.#filled, "latin1");
    if (row !== null) this.#filled += row.copy(this.#bytes, this.#filled);
    this.#bytes[this.#filled++] = LF;
  }

  /** What has gathered, valid until the next row is written; null when there is nothing. */
  take(): Buffer | null {
    if (this.#filled === 0) return null;
    const taken = this.#bytes.subarray(0, this.#filled);
    this.#filled = 0;
    return taken;
  }

  #grow(size: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#filled + size));
    this.#bytes.copy(larger, 0, 0, this.#filled);
    this.#bytes = larger;
  }
}
