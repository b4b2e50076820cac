import { Buffer } from "node:buffer";
import { open, stat } from "node:fs/promises";

const CHUNK = 1 << 18;

export interface Reading {
  file: string;
  bytes: number;
  /** Null where nobody knows, as of a pipe. */
  of: number | null;
}

interface ReadOptions {
  /** Ends the reading with an AbortError. */
  signal?: AbortSignal | undefined;
  /** Called for each piece that was read. */
  onRead?: ((reading: Reading) => void) | undefined;
}

/** A file on disk that is read, perhaps twice, and must stay what it was meanwhile. */
export class CsvFile {
  readonly path: string;
  readonly #options: ReadOptions;
  readonly #before: FileState;

  private constructor(path: string, before: FileState, options: ReadOptions) {
    this.path = path;
    this.#before = before;
    this.#options = options;
  }

  /** Throws the system's error where there is no such file. */
  static async find(path: string, options: ReadOptions = {}): Promise<CsvFile> {
    return new CsvFile(path, await stateOf(path), options);
  }

  /** A pipe gives its bytes once only. */
  get isRegular(): boolean {
    return this.#before.isRegular;
  }

  /** When somebody last wrote to it; null for a pipe, which is written as it is read. */
  get writtenAt(): Temporal.Instant | null {
    if (!this.isRegular) return null;
    return Temporal.Instant.fromEpochNanoseconds(this.#before.modified);
  }

  /** Each chunk is valid until the next is asked for: they share their memory. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const { signal, onRead } = this.#options;
    const of = this.isRegular ? this.#before.size : null;
    const memory = Buffer.allocUnsafeSlow(CHUNK);
    await using handle = await open(this.path);
    for (let bytes = 0; ; ) {
      const { bytesRead } = await handle.read(memory, 0, CHUNK, null);
      signal?.throwIfAborted();
      if (bytesRead === 0) return;
      bytes += bytesRead;
      onRead?.({ file: this.path, bytes, of });
      yield memory.subarray(0, bytesRead);
    }
  }

  /**
   * Whether it was written to or replaced since it was found: its last row may have been cut where
   * the writer stood, and would still look like a row.
   */
  async hasChanged(): Promise<boolean> {
    if (!this.isRegular) return false;
    const { size, modified, inode } = await stateOf(this.path);
    const before = this.#before;
    return size !== before.size || modified !== before.modified || inode !== before.inode;
  }
}

interface FileState {
  isRegular: boolean;
  size: number;
  modified: bigint;
  inode: bigint;
}

async function stateOf(path: string): Promise<FileState> {
  const found = await stat(path, { bigint: true });
  // To be told like a file that cannot be read, which a folder is.
  if (found.isDirectory())
    throw Object.assign(new Error("a folder"), { code: "EISDIR", syscall: "read", path });
  return {
    isRegular: found.isFile(),
    size: Number(found.size),
    modified: found.mtimeNs,
    inode: found.ino,
  };
}
