import { Buffer } from "node:buffer";

const SMALL = 1 << 20;

/** The beginning of a row whose end has not come yet, in memory that grows with it and is used again. */
export class HeldRow {
  #memory: Buffer = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What is held and the chunk in one; valid until the next call. */
  followedBy(chunk: Uint8Array): Buffer {
    if (this.#length === 0) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const length = this.#length + chunk.length;
    this.#reserve(length);
    this.#memory.set(chunk, this.#length);
    return this.#memory.subarray(0, length);
  }

  /** Holds what stands from `start` on in `bytes`, which `followedBy` gave. */
  keep(bytes: Buffer, start: number): void {
    const rest = bytes.subarray(start);
    if (rest.length > 0) {
      this.#reserve(rest.length);
      // Within one memory this moves the bytes, also where they overlap.
      this.#memory.set(rest);
    } else if (this.#memory.length > SMALL) this.#memory = Buffer.alloc(0);
    this.#length = rest.length;
  }

  #reserve(length: number): void {
    if (length <= this.#memory.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#memory.length, length));
    this.#memory.copy(larger, 0, 0, this.#length);
    this.#memory = larger;
  }
}
