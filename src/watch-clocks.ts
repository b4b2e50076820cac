/** The program's clock beside the database's: weeks follow the one, leases the other. */
import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { Sql } from "./db/index.ts";
import type { Log } from "./log.ts";

/** More than machines differ that ask the same network for the time. */
const TOLERANCE_MS = 5_000;

const reading = z.object({ ms: z.coerce.number() });

/**
 * Looks how far the clocks are apart, and tells the log when they part and when they agree again, not
 * at each look. Milliseconds; positive: the program's is ahead. The way there and back counts for nothing.
 */
export function clockWatch(sql: Sql, clock: Clock, log: Log): () => Promise<number> {
  let areApart = false;
  return async () => {
    const before = clock().epochMilliseconds;
    const [there] = await sql.rows(
      reading,
      "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms",
    );
    const after = clock().epochMilliseconds;
    const aheadMs = there === undefined ? 0 : apart(before, there.ms, after);
    const wereApart = areApart;
    areApart = Math.abs(aheadMs) > TOLERANCE_MS;
    if (areApart && !wereApart) log.warn("clocks_part", { aheadMs });
    if (!areApart && wereApart) log.info("clocks_agree", { aheadMs });
    return aheadMs;
  };
}

function apart(before: number, there: number, after: number): number {
  if (there < before) return before - there;
  return there > after ? after - there : 0;
}
