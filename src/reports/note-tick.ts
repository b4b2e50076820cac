import type { Sql } from "../db/index.ts";

/** Leaves a sign that somebody looks for what is due, for whoever watches from outside. */
export async function noteTick(sql: Sql): Promise<void> {
  await sql.run(
    `INSERT INTO scheduler AS s (ticked_at) VALUES (now())
     ON CONFLICT (only_one) DO UPDATE SET ticked_at = now() WHERE s.ticked_at < now() - interval '10 seconds'`,
  );
}
