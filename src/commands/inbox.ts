/** What platforms delivered, stored before they are told that it arrived. */
import { z } from "zod";
import type { Database } from "../db/index.ts";
import type { Inbox, Platform } from "../message.ts";

export function inboxOf(db: Database): Inbox {
  return {
    async put(platform, id, body) {
      const stored = await db.run(
        "INSERT INTO inbox (platform, id, body) VALUES ($1, $2, $3) ON CONFLICT (platform, id) DO NOTHING",
        [platform, id, body === null ? null : JSON.stringify(body)],
      );
      return stored > 0;
    },
    async settle(platform, id) {
      await db.run(
        "UPDATE inbox SET settled_at = now(), body = NULL WHERE platform = $1 AND id = $2",
        [platform, id],
      );
    },
  };
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
