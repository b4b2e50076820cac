/**
 * What the facts and cells rest on that no dirty day tells of: the time zone of their days, and the
 * tables without event times. What was taken is kept with the facts and compared at each refresh.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { timelessTables } from "../catalogue/source-tables.ts";
import { readFresh } from "./read-fresh.ts";

const TIME_ZONE = "time zone";

export interface BasisChanges {
  timeZone: boolean;
  tables: string[];
}

/** Compares with what was kept, and keeps what is. */
export async function renewBasis(sql: Sql, settings: MetricSettings): Promise<BasisChanges> {
  const prints = timelessTables.map(
    (table) =>
      `SELECT '${table}', md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM source."${table}" t`,
  );
  const changed = await sql.rows(
    z.object({ name: z.string() }),
    `INSERT INTO facts.basis AS b (name, print)
     SELECT $1::text, $2::text UNION ALL ${prints.join(" UNION ALL ")}
     ON CONFLICT (name) DO UPDATE SET print = excluded.print WHERE b.print <> excluded.print
     RETURNING name`,
    [TIME_ZONE, settings.timeZone],
  );
  const names = changed.map((row) => row.name);
  return {
    timeZone: names.includes(TIME_ZONE),
    tables: names.filter((name) => name !== TIME_ZONE),
  };
}

/** The days on which features were used that count otherwise than before; `facts.feature` follows. */
export async function daysOfChangedFeatures(sql: Sql): Promise<string[]> {
  await readFresh(sql, "feature");
  const changed = await sql.rows(
    z.object({ feature_id: z.string() }),
    `SELECT DISTINCT feature_id FROM (
       (SELECT * FROM facts.feature EXCEPT SELECT * FROM fresh_feature)
       UNION ALL (SELECT * FROM fresh_feature EXCEPT SELECT * FROM facts.feature)) x`,
  );
  if (changed.length === 0) return [];
  await sql.run("DELETE FROM facts.feature");
  await sql.run("INSERT INTO facts.feature SELECT * FROM fresh_feature");
  const days = await sql.rows(
    z.object({ day: z.string() }),
    "SELECT DISTINCT usage_date::text AS day FROM source.usage_daily WHERE feature_id = ANY ($1::text[])",
    [changed.map((row) => row.feature_id)],
  );
  return days.map((row) => row.day);
}
