/** What platforms delivered, stored before they are told that it arrived. */
import { z } from "zod";
import { type Database, isConnectionLoss } from "../db/index.ts";
import type { Inbox, Platform } from "../message.ts";

/**
 * While the database is away, what has a body is refused, so that the platform delivers it again; of
 * all else the ids are remembered here, so that a question gets an answer all the same.
 */
export function inboxOf(db: Database): Inbox {
  const remembered = new Set<string>();
  return {
    async put(platform, id, body) {
      const key = `${platform}:${id}`;
      if (remembered.has(key)) return false;
      try {
        const stored = await db.run(
          "INSERT INTO inbox (platform, id, body) VALUES ($1, $2, $3) ON CONFLICT (platform, id) DO NOTHING",
          [platform, id, body === null ? null : storable(body)],
        );
        return stored > 0;
      } catch (error) {
        if (body !== null || !isConnectionLoss(error)) throw error;
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
}

/** What a program that was stopped had received and not dealt with, oldest first. */
export function unsettled(db: Database): Promise<Unsettled[]> {
  return db.rows(
    z.object({ platform: z.string(), id: z.string(), body: z.unknown() }),
    "SELECT platform, id, body FROM inbox WHERE settled_at IS NULL AND body IS NOT NULL ORDER BY received_at",
  );
}
