import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { ImportNote } from "./report.ts";

const foundRow = z.strictObject({
  dimension: z.string(),
  rows: z.number(),
  examples: z.array(z.string()),
});

/**
 * What targets say of a dimension that no row of the data has: they count for nothing that anyone can
 * ask about. The values are those of the latest refresh; of a dimension without any, nothing is known.
 */
export async function findUnknownValues(sql: Sql): Promise<ImportNote[]> {
  const found = await sql.rows(
    foundRow,
    `SELECT d.key AS dimension, count(DISTINCT t.target_id)::bigint AS rows,
            (array_agg(DISTINCT left(v.value, 80) ORDER BY left(v.value, 80)))[1:5] AS examples
     FROM source.targets t, jsonb_each(t.dims) d,
          jsonb_array_elements_text(CASE jsonb_typeof(d.value) WHEN 'array' THEN d.value ELSE jsonb_build_array(d.value) END) v(value)
     WHERE EXISTS (SELECT FROM bot.dimension_code k WHERE k.dimension = d.key) AND v.value <> '(none)'
       AND NOT EXISTS (SELECT FROM bot.dimension_code k WHERE k.dimension = d.key AND k.label = v.value)
     GROUP BY d.key ORDER BY d.key`,
  );
  return found.map((each) => ({ kind: "unknown_values", table: "targets", ...each }));
}
