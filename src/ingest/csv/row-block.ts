import { Buffer } from "node:buffer";

const BLOCK = 1 << 18;
const LF = 10;

/** Gathers rows into blocks for COPY, so that a row costs a copy of its bytes and no object. */
export class RowBlock {
  #bytes = Buffer.allocUnsafe(BLOCK);
  #filled = 0;

  /** `prefix` is ASCII. */
  write(prefix: string, row: Buffer | null): void {
    const size = prefix.length + (row?.length ?? 0) + 1;
    if (this.#filled + size > this.#bytes.length) this.#grow(size);
    this.#filled += this.#bytes.write(prefix, this.#filled, "latin1");
    if (row !== null) this.#filled += row.copy(this.#bytes, this.#filled);
    this.#bytes[this.#filled++] = LF;
  }

  /** What has gathered, which the caller now owns; null when there is nothing. */
  take(): Buffer | null {
    if (this.#filled === 0) return null;
    const taken = this.#bytes.subarray(0, this.#filled);
    this.#bytes = Buffer.allocUnsafe(BLOCK);
    this.#filled = 0;
    return taken;
  }

  #grow(size: number): void {
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#filled + size));
    this.#bytes.copy(larger, 0, 0, this.#filled);
    this.#bytes = larger;
  }
}
