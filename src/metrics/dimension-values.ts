/** The values that a dimension is known to have, for typos and for suggestions. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";

/** Labels seen in any week, or reported of, in alphabetical order, without `(none)`. */
export async function dimensionValues(sql: Sql, dimension: string): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ label: z.string() }),
    `SELECT label FROM bot.dimension_code WHERE dimension = $1
     UNION SELECT said #>> '{}' FROM source.metric_observations o, jsonb_path_query(o.dims -> $1, '$[*]') said
     ORDER BY label`,
    [dimension],
  );
  return rows.map((row) => row.label);
}
