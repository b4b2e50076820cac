/**
 * Takes away what was computed of definitions that are no longer the catalogue's. With the marks, and
 * not after: those that a refresh has cleared tell a definition that comes back of nothing.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Catalogue } from "../catalogue/index.ts";

const versionRow = z.object({ metric: z.string(), version: z.string() });
type Version = z.infer<typeof versionRow>;

const TABLES = ["cell", "account_count", "told_total"] as const;

export async function forgetOtherVersions(sql: Sql, { computed }: Catalogue): Promise<void> {
  const nameOf = ({ metric, version }: Version): string => `${metric}@${version}`;
  const current = new Set(computed.map(({ cells }) => nameOf(cells)));
  for (const table of TABLES) {
    const others = (await versionsIn(sql, table)).filter((each) => !current.has(nameOf(each)));
    if (others.length === 0) continue;
    await sql.run(
      `DELETE FROM bot.${table}
       WHERE (metric, version) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      [others.map(({ metric }) => metric), others.map(({ version }) => version)],
    );
  }
}

/** Each looked up behind the one before it: there are a hundred of them, and a million rows. */
function versionsIn(sql: Sql, table: (typeof TABLES)[number]): Promise<Version[]> {
  return sql.rows(
    versionRow,
    `WITH RECURSIVE stored AS (
       (SELECT metric, version FROM bot.${table} ORDER BY metric, version LIMIT 1)
       UNION ALL
       SELECT next.metric, next.version FROM stored s, LATERAL (
         SELECT metric, version FROM bot.${table} t WHERE (t.metric, t.version) > (s.metric, s.version)
         ORDER BY metric, version LIMIT 1) next)
     SELECT metric, version FROM stored`,
  );
}
