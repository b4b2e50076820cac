/** A server that fails over: every session ends, and what comes after finds it read-only for a while. */
import { openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import type { TwoBots } from "./two-bots.ts";

export async function turnReadOnly(world: TwoBots, to: "on" | "off"): Promise<void> {
  const { database } = world;
  const name = new URL(database.url).pathname.slice(1);
  const options = { max: 1, applicationName: "failover", statementTimeoutMs: 0, log: silentLog };
  const admin = openDatabase(database.url, options);
  try {
    // A transaction is READ WRITE whatever the database's default is.
    await admin.transaction(async (sql) => {
      await sql.run(`ALTER DATABASE ${name} SET default_transaction_read_only = ${to}`);
    });
    await admin.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name ~ 'throughline|pg-?boss'`,
    );
  } finally {
    await admin.close();
  }
}
