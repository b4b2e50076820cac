/** What the rooms see of a database: rows through a zod schema, and transactions. */
import type { Readable } from "node:stream";
import type { z } from "zod";

/** A Readable, or a generator, which is not read ahead of what was sent. */
export type CopySource = AsyncIterable<Uint8Array | string>;

export interface Sql {
  /** Every row is checked against `row`. Values are bound, never spliced into `text`. */
  rows<T>(row: z.ZodType<T>, text: string, values?: readonly unknown[]): Promise<T[]>;
  /** The number of rows that the statement touched. */
  run(text: string, values?: readonly unknown[]): Promise<number>;
  /**
   * Streams into `COPY ... FROM STDIN`; the number of bytes sent. A chunk's memory is the source's
   * again once the next chunk is asked for.
   */
  copyIn(text: string, source: CopySource): Promise<number>;
  /** Streams out of `COPY ... TO STDOUT`. */
  copyOut(text: string): Promise<Readable>;
  /**
   * A session of the restricted login beside this transaction, for statements that are not ours: it
   * sees what this one sees and has not written itself, and nothing of it is kept. `carried`: settings
   * of this transaction that hold there too. Throws NoGuestLogin, GuestShutOut and GuestTooSlow.
   */
  asGuest<T>(carried: readonly string[], work: (guest: Guest) => Promise<T>): Promise<T>;
}

export interface Guest {
  /** The rows of one SELECT, some thousand at a time; all pages together within a statement's time. */
  pages<T>(row: z.ZodType<T>, text: string, values: readonly unknown[]): AsyncGenerator<T[]>;
}

export interface Database extends Sql {
  /** One connection, one transaction; rolled back when `work` throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Ends what is under way, which fails like a lost connection and is rolled back; so does all that follows. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
  /** Connections now, and callers that wait for one. */
  usage(): { busy: number; idle: number; waiting: number; most: number };
}

export interface TransactionOptions {
  readOnly?: boolean;
  isolation?: "read committed" | "repeatable read" | "serializable";
  /** Settings for this transaction alone, such as search_path or kpi.tz. */
  settings?: Readonly<Record<string, string>>;
}
