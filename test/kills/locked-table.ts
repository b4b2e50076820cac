/** A table that nobody gets at for a while. */
import { vi } from "vitest";
import { z } from "zod";
import { openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { one } from "../support/rows.ts";
import type { TwoBots } from "./two-bots.ts";

export async function whileLocked(
  { database }: TwoBots,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  const options = { max: 1, applicationName: "locker", statementTimeoutMs: 0, log: silentLog };
  const locker = openDatabase(database.url, options);
  try {
    await locker.transaction(async (sql) => {
      await sql.run(`LOCK TABLE bot.${table} IN ACCESS EXCLUSIVE MODE`);
      await work();
    });
  } finally {
    await locker.close();
  }
}

/** Until somebody of that name waits for a lock. */
export async function untilWaiting({ database }: TwoBots, application: string): Promise<void> {
  const waiting = z.object({ isWaiting: z.boolean() });
  const look = async (): Promise<boolean> => {
    const { isWaiting } = await one(
      database.db,
      waiting,
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
         AND application_name = $1 AND wait_event_type = 'Lock') AS "isWaiting"`,
      [application],
    );
    return isWaiting;
  };
  await vi.waitUntil(look, { timeout: 60_000, interval: 50 });
}
