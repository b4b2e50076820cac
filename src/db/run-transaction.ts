import type { Readable } from "node:stream";
import type { z } from "zod";
import type { CopySource, Guest, Sql, TransactionOptions } from "./sql.ts";

/** The work swallowed the failure of a statement, so that the server could only roll back. */
class NothingCommitted extends Error {
  override name = "NothingCommitted";

  constructor() {
    super("a statement of the transaction failed, so nothing was committed");
  }
}

/** What a transaction needs of its connection; `command` tells what COMMIT really did. */
export interface Connection extends Sql {
  command(text: string): Promise<string>;
}

/** Rolls back when `work` throws; throws its error, or that of the connection if that broke. */
export async function runTransaction<T>(
  connection: Connection,
  work: (sql: Sql) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const sql = new TransactionSql(connection);
  try {
    await beginTransaction(connection, options);
    const result = await work(sql);
    sql.finish();
    // A failed transaction answers COMMIT with ROLLBACK and no error.
    if ((await connection.command("COMMIT")) !== "COMMIT") throw new NothingCommitted();
    return result;
  } catch (error) {
    sql.finish();
    await connection.command("ROLLBACK").catch(() => {});
    throw error;
  }
}

export async function beginTransaction(
  connection: Connection,
  options: TransactionOptions,
): Promise<void> {
  await connection.command(beginStatement(options));
  await applySettings(connection, options.settings ?? {});
}

function beginStatement({ isolation = "read committed", readOnly = false }: TransactionOptions) {
  return `BEGIN ISOLATION LEVEL ${isolation.toUpperCase()} READ ${readOnly ? "ONLY" : "WRITE"}`;
}

/** For the transaction alone. */
async function applySettings(sql: Sql, settings: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(settings);
  if (entries.length === 0) return;
  const calls = entries.map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, true)`);
  await sql.run(`SELECT ${calls.join(", ")}`, entries.flat());
}

/** Refuses statements after the end, which would run on a connection that others use by then. */
class TransactionSql implements Sql {
  readonly #connection: Sql;
  #finished = false;

  constructor(connection: Sql) {
    this.#connection = connection;
  }

  finish(): void {
    this.#finished = true;
  }

  async rows<T>(row: z.ZodType<T>, text: string, values?: readonly unknown[]): Promise<T[]> {
    return this.#open().rows(row, text, values);
  }

  async run(text: string, values?: readonly unknown[]): Promise<number> {
    return this.#open().run(text, values);
  }

  async copyIn(text: string, source: CopySource): Promise<number> {
    return this.#open().copyIn(text, source);
  }

  async copyOut(text: string): Promise<Readable> {
    return this.#open().copyOut(text);
  }

  async asGuest<T>(carried: readonly string[], work: (guest: Guest) => Promise<T>): Promise<T> {
    return this.#open().asGuest(carried, work);
  }

  #open(): Sql {
    if (this.#finished) throw new Error("a statement came after the end of its transaction");
    return this.#connection;
  }
}
