import { z } from "zod";
import { recordRejections } from "./record-rejections.ts";
import { identifiers } from "./sql-text.ts";
import { type Loading, TYPED, typedColumns } from "./stage.ts";

const REPEATS = "import_repeats";
/** Of the other lines of a key, so many are named: a key may come a million times. */
const NAMED_LINES = 5;

/**
 * A key that comes twice with the same values is one row. With different values none of its rows
 * is taken: to choose one would be to guess. The number of rows that were folded into another.
 */
export async function settleRepeats(loading: Loading): Promise<number> {
  const { sql, shape } = loading;
  const key = identifiers(shape.key, "t.");
  const [any] = await sql.rows(
    z.object({ found: z.boolean() }),
    `SELECT EXISTS (SELECT FROM ${TYPED} t GROUP BY ${key} HAVING count(*) > 1) AS found`,
  );
  if (any?.found !== true) return 0;
  await sql.run(findRepeats(loading, key));
  const select = {
    row: "r._row",
    line: "r._line",
    column: `'${shape.key.join(", ").replaceAll("'", "''")}'`,
    code: "'repeated'",
    detail: `array_to_string((array_remove(g.lines, r._line))[1:${NAMED_LINES}], ', ')`,
    value: "r.key",
  };
  await recordRejections(
    loading,
    select,
    `FROM ${REPEATS} r JOIN (
       SELECT group_number, array_agg(_line ORDER BY nth) AS lines FROM ${REPEATS}
       WHERE nth <= ${NAMED_LINES + 1} GROUP BY group_number) g USING (group_number)
     WHERE r.differs ORDER BY r._line`,
  );
  await sql.run(`DELETE FROM ${TYPED} t USING ${REPEATS} r WHERE r._row = t._row AND r.differs`);
  const folded = await sql.run(
    `DELETE FROM ${TYPED} t USING ${REPEATS} r WHERE r._row = t._row AND NOT r.differs AND r.nth > 1`,
  );
  await sql.run(`DROP TABLE ${REPEATS}`);
  return folded;
}

function findRepeats({ shape, stage }: Loading, key: string): string {
  const columns = typedColumns(stage).map(({ name }) => name);
  const ofKey = `PARTITION BY ${key}`;
  const texts = shape.key.map((name) => `${identifiers([name], "t.")}::text`).join(", ");
  return `CREATE TEMP TABLE ${REPEATS} ON COMMIT DROP AS
    SELECT q.*, max(same) OVER (PARTITION BY group_number) > 1 AS differs FROM (
      SELECT t._row, t._line, concat_ws(', ', ${texts}) AS key,
        dense_rank() OVER (ORDER BY ${key}) AS group_number,
        row_number() OVER (${ofKey} ORDER BY t._line, t._row) AS nth,
        count(*) OVER (${ofKey}) AS times,
        rank() OVER (${ofKey} ORDER BY ROW(${identifiers(columns, "t.")})) AS same
      FROM ${TYPED} t) q
    WHERE times > 1`;
}
