import { keepNewest } from "../../keep-newest.ts";

/** A file on its way: an address was handed out, then its bytes came, then it was completed, then Slack settled it. */
export interface StoredFile {
  id: string;
  name: string;
  title: string;
  altText: string;
  /** As announced; the upload must have exactly as many bytes. */
  length: number;
  bytes: Buffer | null;
  complete: boolean;
  createdAt: Date;
  /** How often it has been looked at since it was complete. */
  looks: number;
  /** More looks than these are needed before its type, and its shares, are known. */
  looksBeforeType: number;
  looksBeforeShares: number;
  /** Channels it was shared to, with the ts of each share. */
  shares: readonly { channel: string; ts: string }[];
}

/** So many are kept, with their bytes; pictures of older messages are gone. */
const MOST_FILES = 1_000;

export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #looksBeforeReady: number;
  #count = 0;

  constructor(looksBeforeReady: number) {
    this.#looksBeforeReady = looksBeforeReady;
  }

  announce(file: { name: string; length: number; altText: string; createdAt: Date }): StoredFile {
    this.#count += 1;
    const stored: StoredFile = {
      ...file,
      id: `F0${String(this.#count).padStart(6, "0")}`,
      title: file.name,
      bytes: null,
      complete: false,
      looks: 0,
      looksBeforeType: this.#looksBeforeReady,
      looksBeforeShares: this.#looksBeforeReady,
      shares: [],
    };
    this.#files.set(stored.id, stored);
    keepNewest(this.#files, MOST_FILES);
    return stored;
  }

  find(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  all(): StoredFile[] {
    return [...this.#files.values()];
  }

  /**
   * Whether Slack has settled the file. Each look brings it nearer, so that a bot that polls, or
   * posts and tries again, meets the lateness once and then gets on, with no clock in between.
   */
  look(id: string): boolean {
    const file = this.#files.get(id);
    if (!file?.complete) return false;
    file.looks += 1;
    return this.isReady(file);
  }

  isReady(file: StoredFile): boolean {
    return file.complete && file.looks > file.looksBeforeType;
  }

  showsShares(file: StoredFile): boolean {
    return file.shares.length > 0 && file.looks > file.looksBeforeShares;
  }
}
