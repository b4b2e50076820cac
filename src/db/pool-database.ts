import type { Readable } from "node:stream";
import type pg from "pg";
import type { z } from "zod";
import { ClientSql } from "./client-sql.ts";
import { ConnectionLost, errorCode } from "./connection-loss.ts";
import { copyOut } from "./copy-rows.ts";
import { sessionOf } from "./end-sessions.ts";
import { type GuestSessions, runGuestSession } from "./guest.ts";
import { beginTransaction, runTransaction } from "./run-transaction.ts";
import type { CopySource, Database, Guest, Sql, TransactionOptions } from "./sql.ts";

type Settings = Readonly<Record<string, string>>;
type EndSessions = (pids: readonly number[]) => Promise<void>;

/** Each statement on any connection of the pool; a transaction on one. */
export class PoolDatabase implements Database, GuestSessions {
  readonly #pool: pg.Pool;
  #closing: Promise<void> | null = null;
  readonly #perTransaction: Settings | null;
  readonly #silenceMs: number | null;
  readonly #connections = new WeakMap<pg.PoolClient, ClientSql>();
  readonly #endSessions: EndSessions;
  readonly #guests: PoolDatabase | null;
  readonly #busy = new Set<pg.PoolClient>();
  #interrupted = false;

  /**
   * `perTransaction`: settings that connections do not keep, see session-options.ts; `silenceMs`: as
   * ClientSql's; `guests`: the pool of the restricted login, which is opened and closed with this one.
   */
  constructor(
    pool: pg.Pool,
    perTransaction: Settings | null,
    silenceMs: number | null,
    endSessions: EndSessions,
    guests: PoolDatabase | null,
  ) {
    this.#pool = pool;
    this.#guests = guests;
    this.#perTransaction = perTransaction;
    this.#silenceMs = silenceMs;
    this.#endSessions = endSessions;
  }

  rows<T>(row: z.ZodType<T>, text: string, values?: readonly unknown[]): Promise<T[]> {
    return this.#statement((sql) => sql.rows(row, text, values));
  }

  run(text: string, values?: readonly unknown[]): Promise<number> {
    return this.#statement((sql) => sql.run(text, values));
  }

  copyIn(text: string, source: CopySource): Promise<number> {
    return this.#statement((sql) => sql.copyIn(text, source));
  }

  async copyOut(text: string): Promise<Readable> {
    const client = await this.#connect();
    const sql = this.#sqlOf(client);
    if (this.#perTransaction !== null) await beginTransaction(sql, this.#inPool({}));
    return copyOut(client, text, (usable) => {
      if (this.#perTransaction === null || !usable) client.release(!usable);
      else
        sql.command("COMMIT").then(
          () => client.release(),
          (error) => client.release(error),
        );
    });
  }

  transaction<T>(work: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#withConnection((sql) => runTransaction(sql, work, this.#inPool(options)));
  }

  asGuest<T>(carried: readonly string[], work: (guest: Guest) => Promise<T>): Promise<T> {
    return this.transaction((sql) => sql.asGuest(carried, work));
  }

  guestSession<T>(
    snapshot: string,
    settings: Settings,
    work: (guest: Guest) => Promise<T>,
  ): Promise<T> {
    const all = { ...this.#perTransaction, ...settings };
    const longestMs = this.#silenceMs ?? Number.POSITIVE_INFINITY;
    return this.#withConnection((sql) => runGuestSession(sql, snapshot, all, longestMs, work));
  }

  #statement<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#perTransaction === null ? this.#withConnection(work) : this.transaction(work);
  }

  #inPool(options: TransactionOptions): TransactionOptions {
    return { ...options, settings: { ...this.#perTransaction, ...options.settings } };
  }

  /** Waits for the statements under way; calling it again waits for the same end. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#pool.end(), this.#guests?.close()]).then(() => {});
    return this.#closing;
  }

  usage(): ReturnType<Database["usage"]> {
    const { totalCount, idleCount: idle, waitingCount: waiting, options } = this.#pool;
    return { busy: totalCount - idle, idle, waiting, most: options.max };
  }

  async interrupt(): Promise<void> {
    this.#interrupted = true;
    const busy = [...this.#busy];
    const guests = this.#guests;
    // Ours may end the guests' sessions where theirs may not, and the other way round.
    const pids = [...this.#sessions(), ...(guests === null ? [] : guests.#sessions())];
    await Promise.all([pids.length > 0 ? this.#endSessions(pids) : undefined, guests?.interrupt()]);
    for (const client of busy) if (this.#busy.has(client)) this.#sqlOf(client).close();
  }

  /** The server's processes at work for us. Behind a pooler none: the ids may be those of somebody else's. */
  #sessions(): number[] {
    const pids = this.#perTransaction === null ? [...this.#busy].map(sessionOf) : [];
    return pids.filter((pid) => pid !== null);
  }

  async #withConnection<T>(work: (sql: ClientSql) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    this.#busy.add(client);
    try {
      return await work(this.#sqlOf(client));
    } finally {
      this.#busy.delete(client);
      // A connection that ended is dropped by the pool; one whose statement failed is as good as new.
      client.release();
    }
  }

  #sqlOf(client: pg.PoolClient): ClientSql {
    const known = this.#connections.get(client);
    if (known !== undefined) return known;
    const made = new ClientSql(client, this.#silenceMs, this.#guests);
    this.#connections.set(client, made);
    return made;
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#closing !== null) throw new Error("the database is closed");
    const client = await this.#pool.connect().catch((error: unknown) => {
      // Without a code: no connection within the time limit.
      throw errorCode(error) === "" ? new ConnectionLost(error) : error;
    });
    if (!this.#interrupted) return client;
    client.release();
    throw new ConnectionLost(new Error("it was interrupted"));
  }
}
