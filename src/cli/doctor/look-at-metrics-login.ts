/** Whether the company's own SQL has a login, which gets in, may read what it needs, and nothing more. */
import { z } from "zod";
import type { Config } from "../../config/index.ts";
import {
  type Database,
  databaseCode,
  GuestShutOut,
  type LoginFault,
  loginFaults,
  openDatabase,
  unreadable,
} from "../../db/index.ts";
import type { Log } from "../../log.ts";
import type { Catalogue } from "../../metrics/catalogue/index.ts";
import { hasOwnSql, roleOf } from "../../metrics-login.ts";

export type MetricsLoginLook =
  /** Nothing is the company's own, or the embedded server makes the login when it is needed. */
  | { kind: "not_needed" }
  /** How many definitions wait for it. */
  | { kind: "none"; definitions: number }
  | { kind: "shut_out"; code: string }
  /** `unreadable`: relations of metrics that it may not read. */
  | { kind: "in"; faults: readonly LoginFault[]; unreadable: readonly string[] };

/** `db` is our own login's, to `url`. */
export async function lookAtMetricsLogin(
  { databaseUrl: url, metricsDatabaseUrl: login }: Config,
  catalogue: Catalogue,
  db: Database,
  log: Log,
): Promise<MetricsLoginLook> {
  if (url === null || !hasOwnSql(catalogue)) return { kind: "not_needed" };
  if (login === null) {
    const own = catalogue.metrics.filter(({ origin }) => origin !== null);
    return { kind: "none", definitions: own.length + catalogue.dimensions.length };
  }
  const code = await whyShutOut(url, login, log);
  if (code !== null) return { kind: "shut_out", code };
  const role = roleOf(login);
  return {
    kind: "in",
    faults: await loginFaults(db, role),
    unreadable: await unreadable(db, role),
  };
}

/** Null: it gets in, into the same database, whose snapshot it knows. */
async function whyShutOut(url: string, login: string, log: Log): Promise<string | null> {
  const limits = { max: 1, statementTimeoutMs: 5_000 };
  const applicationName = "throughline doctor";
  const db = openDatabase(url, {
    ...limits,
    applicationName,
    guest: { url: login, ...limits },
    log,
  });
  try {
    await db.asGuest([], async (guest) => {
      for await (const _ of guest.pages(z.object({ one: z.number() }), "SELECT 1 AS one", []));
    });
    return null;
  } catch (error) {
    return error instanceof GuestShutOut ? error.code : databaseCode(error);
  } finally {
    await db.close();
  }
}
