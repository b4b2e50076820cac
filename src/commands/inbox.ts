/** What platforms delivered, stored before they are told that it arrived. */
import { z } from "zod";
import { type Database, whyUnavailable } from "../db/index.ts";
import { DeadlinePassed, withDeadline } from "../deadline.ts";
import type { Inbox, Platform } from "../message.ts";

/**
 * While the database is away or takes no changes, what must not be lost is refused, so that the platform
 * delivers it again; of all else the ids are remembered here, so that a question gets an answer all
 * the same.
 */
export function inboxOf(db: Database): Inbox {
  const remembered = new Set<string>();
  return {
    async put(platform, id, body, mayBeLost = body === null) {
      const key = `${platform}:${id}`;
      if (remembered.has(key)) return false;
      try {
        const storing = db.run(
          "INSERT INTO inbox (platform, id, body) VALUES ($1, $2, $3) ON CONFLICT (platform, id) DO NOTHING",
          [platform, id, body === null ? null : storable(body)],
        );
        return (await withDeadline(storing, PATIENCE_MS)) > 0;
      } catch (error) {
        if (!mayBeLost || !mayWorkLater(error)) throw error;
        remember(remembered, key);
        return true;
      }
    },
    async settle(platform, id) {
      await db.run(
        "UPDATE inbox SET settled_at = now(), body = NULL WHERE platform = $1 AND id = $2",
        [platform, id],
      );
    },
  };
}

/**
 * Deletes the ids of what was dealt with longer ago than a platform delivers anything again. Slack
 * may replay events after an outage, so that is days. How many there were.
 */
export function pruneInbox(db: Database): Promise<number> {
  return db.run(
    "DELETE FROM inbox WHERE body IS NULL AND received_at < now() - make_interval(days => $1)",
    [DAYS_KEPT],
  );
}

const DAYS_KEPT = 7;

/** A platform waits three seconds for its acknowledgement. */
const PATIENCE_MS = 1_500;

function mayWorkLater(error: unknown): boolean {
  return error instanceof DeadlinePassed || whyUnavailable(error) !== null;
}

const MOST_REMEMBERED = 10_000;

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > MOST_REMEMBERED && oldest !== undefined) ids.delete(oldest);
}

/** JSON that Postgres takes: without NUL and without halves of surrogate pairs, which people can type. */
function storable(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value,
  );
}

export interface Unsettled {
  platform: Platform;
  id: string;
  body: unknown;
  receivedAt: Temporal.Instant;
}

/** What a program that was stopped had received and not dealt with, oldest first. */
export async function unsettled(db: Database): Promise<Unsettled[]> {
  const rows = await db.rows(
    z.object({
      platform: z.string(),
      id: z.string(),
      body: z.unknown(),
      received_ms: z.coerce.number(),
    }),
    `SELECT platform, id, body, floor(extract(epoch FROM received_at) * 1000) AS received_ms
     FROM inbox WHERE settled_at IS NULL AND body IS NOT NULL ORDER BY received_at`,
  );
  return rows.map(({ received_ms, ...row }) => ({
    ...row,
    receivedAt: Temporal.Instant.fromEpochMilliseconds(received_ms),
  }));
}
