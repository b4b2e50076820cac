import { vi } from "vitest";
import { z } from "zod";
import type { Database } from "../../src/db/index.ts";
import { one } from "../support/rows.ts";

/** Waits until the server has none of these sessions any more, which it knows by the ports of their clients. */
export async function sessionsEnd(db: Database, ports: readonly number[]): Promise<void> {
  const left = async () =>
    one(
      db,
      z.object({ count: z.number() }),
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE client_port = ANY ($1::int[])",
      [ports],
    );
  await vi.waitUntil(async () => (await left()).count === 0, { timeout: 30_000, interval: 5 });
}
