/**
 * Statements that are not ours: SELECTs out of a company's own files. They run under a login of their
 * own, whose grants say what they can reach (restrict-login.ts), and leave nothing behind.
 */
import pg from "pg";
import { z } from "zod";
import { sqlState } from "./connection-loss.ts";
import { databaseCode } from "./database-code.ts";
import type { Connection } from "./run-transaction.ts";
import type { Guest, Sql } from "./sql.ts";

/** No login for statements that are not ours is named. */
export class NoGuestLogin extends Error {
  override name = "NoGuestLogin";

  constructor() {
    super("no login is named for statements that are not ours");
  }
}

/** The login is not let in, or into another database than ours; `code` as of `databaseCode`. */
export class GuestShutOut extends Error {
  override name = "GuestShutOut";
  readonly code: string;

  constructor(cause: unknown) {
    super("the login for statements that are not ours cannot be used", { cause });
    this.code = databaseCode(cause);
  }
}

/** All pages together took longer than one statement may. */
export class GuestTooSlow extends Error {
  override name = "GuestTooSlow";

  constructor() {
    super("reading all pages took longer than a statement may");
  }
}

/** A page, or all of them, came to more bytes than are held for anybody; the connection is cut. */
export class GuestTooLarge extends Error {
  override name = "GuestTooLarge";

  constructor() {
    super("what was read is larger than anybody can hold");
  }
}

/**
 * The statement was refused as it was read, before any row was: what the database says is of its names,
 * and holds neither a value of the data nor a literal.
 */
export class GuestMisread extends Error {
  override name = "GuestMisread";
  readonly code: string;
  /** The line of the statement that it is about. */
  readonly line: string;

  constructor(code: string, line: string, cause: Error) {
    super(cause.message, { cause });
    this.code = code;
    this.line = line;
  }
}

/** Who opens sessions of the login: a pool of its own. */
export interface GuestSessions {
  guestSession<T>(
    snapshot: string,
    settings: Readonly<Record<string, string>>,
    work: (guest: Guest) => Promise<T>,
  ): Promise<T>;
}

const exported = z.object({ snapshot: z.string(), settings: z.array(z.string()) });

/**
 * `Sql.asGuest` of a transaction: the session sees its snapshot, so that sums read by both logins are
 * of one moment, and of the facts that the transaction holds still.
 */
export async function asGuest<T>(
  owner: Sql,
  guests: GuestSessions | null,
  carried: readonly string[],
  work: (guest: Guest) => Promise<T>,
): Promise<T> {
  if (guests === null) throw new NoGuestLogin();
  const [now] = await owner.rows(
    exported,
    `SELECT pg_export_snapshot() AS snapshot,
            ARRAY(SELECT coalesce(current_setting(c.name, true), '')
                  FROM unnest($1::text[]) WITH ORDINALITY AS c(name, i) ORDER BY c.i) AS settings`,
    [carried],
  );
  const settings = carried
    .map((name, i) => [name, now?.settings[i] ?? ""] as const)
    .filter(([, value]) => value !== "");
  let isIn = false;
  const enter = (guest: Guest): Promise<T> => {
    isIn = true;
    return work(guest);
  };
  try {
    return await guests.guestSession(now?.snapshot ?? "", Object.fromEntries(settings), enter);
  } catch (error) {
    throw isIn ? error : new GuestShutOut(error);
  }
}

/** Rows that are fetched at once. */
const PAGE = 5_000;

/** A row has room for 6 KB; a value of 512 MB would be more than any text of this process can be. */
const MOST_PAGE_BYTES = 32_000_000;
/** What passes through on its way into a table of ours. */
const MOST_BYTES = 1_000_000_000;

/** A connection that can be told what is too much to hear. */
export interface GuestConnection extends Connection {
  /** Cuts the connection once more than `most` bytes come while `work` runs, which then fails. */
  hearingAtMost<T>(most: number, work: () => Promise<T>): Promise<{ answer: T; bytes: number }>;
}

/** One transaction of the login. It is always rolled back: `set_config` in a SELECT lasts no longer. */
export async function runGuestSession<T>(
  connection: GuestConnection,
  snapshot: string,
  settings: Readonly<Record<string, string>>,
  longestMs: number,
  work: (guest: Guest) => Promise<T>,
): Promise<T> {
  try {
    await connection.command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await connection.command(`SET TRANSACTION SNAPSHOT '${snapshot}'`);
    // A cursor is planned for its first rows, and all are fetched.
    await changeSettings(connection, { ...settings, cursor_tuple_fraction: "1" });
    const limit = await limitOf(connection);
    return await work({
      pages: (row, text, values) => readPages(connection, row, text, values, { longestMs, limit }),
    });
  } finally {
    // A lock of the session would outlast the transaction, where the login may take one.
    await connection.run("ROLLBACK; SELECT pg_advisory_unlock_all()").catch(() => {});
  }
}

/** How long a statement of the session may take, as the server writes it. */
async function limitOf(connection: Connection): Promise<string> {
  const [row] = await connection.rows(
    z.object({ limit: z.string() }),
    `SELECT current_setting('statement_timeout') AS "limit"`,
  );
  return row?.limit ?? "";
}

/** By SET, since the login may not call set_config: limits would be what its SQL says. */
async function changeSettings(
  connection: Connection,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const statements = Object.entries(settings).map(([name, value]) => {
    // A list is of names, which `current_setting` gives with quotation marks where they need some.
    const written = name === "search_path" ? value : pg.escapeLiteral(value);
    return `SET LOCAL ${name} = ${written}`;
  });
  await connection.run(statements.join("; "));
}

/** In the extended protocol, which takes one statement; a cursor takes nothing but a SELECT. */
async function* readPages<T>(
  connection: GuestConnection,
  row: z.ZodType<T>,
  text: string,
  values: readonly unknown[],
  { longestMs, limit }: { longestMs: number; limit: string },
): AsyncGenerator<T[]> {
  const until = performance.now() + longestMs;
  let left = MOST_BYTES;
  await declare(connection, `DECLARE guest NO SCROLL CURSOR FOR ${text}`, values);
  for (;;) {
    const { answer: page, bytes } = await connection.hearingAtMost(
      Math.min(MOST_PAGE_BYTES, left),
      () => connection.rows(row, `FETCH ${PAGE} FROM guest`),
    );
    left -= bytes;
    if (page.length > 0) yield page;
    if (page.length < PAGE) break;
    if (performance.now() > until) throw new GuestTooSlow();
    // Where the login may call set_config, the SELECT may have lifted it; of a statement under way it
    // holds as it was.
    await changeSettings(connection, { statement_timeout: limit });
  }
  await connection.run("CLOSE guest");
}

async function declare(
  connection: GuestConnection,
  statement: string,
  values: readonly unknown[],
): Promise<void> {
  try {
    await connection.run(statement, values);
  } catch (error) {
    throw misread(error, statement) ?? error;
  }
}

/**
 * What is refused while rows are read has no position in the text, or says within what it happened:
 * such as a value that is taken for the name of a table.
 */
function misread(error: unknown, statement: string): GuestMisread | null {
  const code = sqlState(error);
  if (!(error instanceof pg.DatabaseError) || !code?.startsWith("42")) return null;
  if (error.position === undefined || error.internalQuery || error.where) return null;
  const signs = [...statement];
  const at = Number(error.position) - 1;
  const rest = signs.slice(at).join("");
  if (/^(['$\d]|[ebxn]'|u&['"])/i.test(rest)) return null;
  const before = signs.slice(0, at).join("").split("\n").at(-1) ?? "";
  return new GuestMisread(code, `${before}${rest.split("\n")[0]}`.trim(), error);
}
