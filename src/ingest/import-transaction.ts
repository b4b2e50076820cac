import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Database, type Sql, sqlState } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { BrokenUtf16 } from "./csv/decode-utf16.ts";
import { fileErrorCode } from "./csv/open-csv.ts";
import type { ImportFault } from "./fault.ts";
import { ThrownFault } from "./thrown-fault.ts";

/** How long an import waits for another writer of the same table. */
const LOCK_TIMEOUT = "30s";
/** For the sorts and hashes over a whole file; the default of 4 MB sends them to disk. */
const WORK_MEM = "64MB";

/**
 * All of an import or nothing of it: a fault rolls back like a throw. Inside, days and times
 * without a zone are those of `timeZone`.
 */
export async function importTransaction<T>(
  db: Database,
  timeZone: string,
  signal: AbortSignal | undefined,
  work: (sql: Sql) => Promise<Result<T, ImportFault>>,
): Promise<Result<T, ImportFault>> {
  if (signal?.aborted) return failed({ kind: "interrupted" });
  const settings = {
    TimeZone: timeZone,
    "kpi.tz": timeZone,
    DateStyle: "ISO, YMD",
    statement_timeout: "0",
    lock_timeout: LOCK_TIMEOUT,
    work_mem: WORK_MEM,
  };
  const attempt = async (sql: Sql): Promise<T> => {
    const result = await cancellable(db, sql, signal, () => work(sql));
    if (!result.ok) throw new ThrownFault(result.fault);
    return result.value;
  };
  try {
    return ok(await db.transaction(attempt, { settings }));
  } catch (error) {
    if (signal?.aborted) return failed({ kind: "interrupted" });
    const fault = faultOf(error);
    if (fault === null) throw error;
    return failed(fault);
  }
}

/** How often a server is asked to give up a statement: between two there is none to give up. */
const CANCEL_EVERY_MS = 100;

/** Runs `work`; from the moment that `signal` is aborted on, no statement of it goes on. */
async function cancellable<T>(
  db: Database,
  sql: Sql,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return work();
  const [backend] = await sql.rows(
    z.strictObject({ pid: z.number() }),
    "SELECT pg_backend_pid() AS pid",
  );
  const ended = new AbortController();
  const cancel = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await db.run("SELECT pg_cancel_backend($1)", [backend?.pid]).catch(() => {});
      await wait(CANCEL_EVERY_MS);
    }
  };
  let cancelling: Promise<void> | null = null;
  const begin = (): void => {
    cancelling ??= cancel();
  };
  signal.addEventListener("abort", begin, { once: true });
  try {
    const value = await work();
    signal.throwIfAborted();
    return value;
  } finally {
    signal.removeEventListener("abort", begin);
    ended.abort();
    // None may arrive later, when the connection does something else.
    await cancelling;
  }
}

function faultOf(error: unknown): ImportFault | null {
  if (error instanceof ThrownFault) return error.fault;
  if (error instanceof BrokenUtf16) return { kind: "broken_utf16", file: error.file };
  const code = fileErrorCode(error);
  if (code !== null) return { kind: "unreadable_file", file: pathOf(error), code };
  const state = sqlState(error);
  // A lock that did not come in time, and two imports that waited for each other.
  if (state === "55P03" || state === "40P01") return { kind: "busy", table: named(error, "table") };
  if (state?.startsWith("23") !== true) return null;
  return {
    kind: "constraint",
    table: named(error, "table"),
    constraint: named(error, "constraint"),
    sqlState: state,
  };
}

/** A field that node and pg put on their errors. */
function named(error: unknown, field: string): string {
  if (!(error instanceof Error)) return "";
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" ? value : "";
}

function pathOf(error: unknown): string {
  return named(error, "path") || "the file";
}
