import { expect } from "vitest";
import { z } from "zod";
import type { Database } from "../../src/db/index.ts";
import { one } from "./rows.ts";

/** Until so many connections wait for a lock in the database. */
export async function waitingForLocks(db: Database, count: number): Promise<void> {
  const waiting = async (): Promise<number> => {
    const row = await one(
      db,
      z.object({ count: z.number() }),
      "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    return row.count;
  };
  await expect.poll(waiting, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
}
