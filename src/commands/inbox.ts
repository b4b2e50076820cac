/** What platforms delivered, stored before they are told that it arrived. */
import type { Database } from "../db/index.ts";
import type { Inbox } from "../message.ts";

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
