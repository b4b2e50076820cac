import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import type pg from "pg";
import type { z } from "zod";
import { bindValues } from "./bind-values.ts";
import { checkRows } from "./check-rows.ts";
import { ConnectionLost, errorCode } from "./connection-loss.ts";
import { copyIn, copyOut } from "./copy-rows.ts";
import { asGuest, type GuestConnection, type GuestSessions, GuestTooLarge } from "./guest.ts";
import type { CopySource, Guest } from "./sql.ts";

/** The statements of one connection. */
export class ClientSql implements GuestConnection {
  readonly #client: pg.Client;
  readonly #silenceMs: number | null;
  readonly #guests: GuestSessions | null;
  #ended = false;

  /** A statement that is not answered within `silenceMs` ends its connection; null: it may take for ever. */
  constructor(client: pg.Client, silenceMs: number | null, guests: GuestSessions | null) {
    this.#client = client;
    this.#silenceMs = silenceMs;
    this.#guests = guests;
    const end = (): void => {
      this.#ended = true;
    };
    client.once("end", end);
    // Of the whole connection: a server that ends it between two statements is told so before `end`.
    client.once("error", end);
  }

  async hearingAtMost<T>(
    most: number,
    work: () => Promise<T>,
  ): Promise<{ answer: T; bytes: number }> {
    const { stream } = this.#client.connection;
    let bytes = 0;
    const count = (chunk: Uint8Array): void => {
      bytes += chunk.length;
      if (bytes > most) stream.destroy();
    };
    stream.on("data", count);
    try {
      return { answer: await work(), bytes };
    } catch (error) {
      throw bytes > most ? new GuestTooLarge() : error;
    } finally {
      stream.off("data", count);
    }
  }

  async rows<T>(row: z.ZodType<T>, text: string, values: readonly unknown[] = []): Promise<T[]> {
    const result = await this.#query(text, values);
    return checkRows(row, result.rows, text);
  }

  /** Without `values` the text may hold several statements; their counts are added up. */
  async run(text: string, values?: readonly unknown[]): Promise<number> {
    const result: pg.QueryResult | pg.QueryResult[] = await this.#query(text, values);
    const results = Array.isArray(result) ? result : [result];
    return results.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
  }

  async command(text: string): Promise<string> {
    return (await this.#query(text, undefined)).command;
  }

  copyIn(text: string, source: CopySource): Promise<number> {
    return this.#guard(copyIn(this.#client, text, source));
  }

  /** The time that a statement has counts to the last row, as the server counts it. */
  async copyOut(text: string): Promise<Readable> {
    const timer = this.#closeInTime();
    const rows = copyOut(this.#client, text, (usable) => {
      clearTimeout(timer);
      if (!usable) this.close();
    });
    return Readable.from(this.#guardRows(rows), { objectMode: false });
  }

  asGuest<T>(carried: readonly string[], work: (guest: Guest) => Promise<T>): Promise<T> {
    return asGuest(this, this.#guests, carried, work);
  }

  /** Cuts the connection, whatever is under way on it. */
  close(): void {
    void this.#client.end().catch(() => {});
  }

  #query(text: string, values: readonly unknown[] | undefined): Promise<pg.QueryResult> {
    const query =
      values === undefined
        ? { text }
        : { text, values: bindValues(values), queryMode: "extended" as const };
    return this.#guard(this.#orClose(this.#client.query(query)));
  }

  async #orClose<T>(answer: Promise<T>): Promise<T> {
    const timer = this.#closeInTime();
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  #closeInTime(): NodeJS.Timeout | undefined {
    return this.#silenceMs === null ? undefined : setTimeout(() => this.close(), this.#silenceMs);
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw await this.#lossOr(error);
    }
  }

  async *#guardRows(rows: Readable): AsyncGenerator<Uint8Array> {
    try {
      yield* rows;
    } catch (error) {
      throw await this.#lossOr(error);
    }
  }

  /** The driver's errors of a broken connection have no code; `end` is what tells them apart. */
  async #lossOr(error: unknown): Promise<unknown> {
    if (errorCode(error) !== "") return error;
    // `end` is emitted a tick after the statements fail.
    await turn();
    return this.#ended ? new ConnectionLost(error) : error;
  }
}
