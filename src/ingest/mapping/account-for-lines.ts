/**
 * Where every line of a mapping's files went. Each table notes the lines that its rows came from;
 * what no table took must be named under `left_out`, or the report says that nobody knows.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { Places } from "../../yaml-places.ts";
import type { ImportFault } from "../fault.ts";
import type { FileAccount } from "../report.ts";
import { constant } from "../sql-text.ts";
import { REJECTED, STAGE } from "../stage.ts";
import type { MappedFile } from "./definition.ts";
import { type RawFile, rawTable } from "./load-raw.ts";
import { runSelect } from "./run-select.ts";
import type { SelectStage } from "./stage-select.ts";

const LINES = "import_lines";
const LEFT_OUT = "import_left_out";

export async function createLineAccounts(sql: Sql): Promise<void> {
  await sql.run(`CREATE TEMP TABLE ${LINES} (
      file text NOT NULL, line bigint NOT NULL, target text NOT NULL,
      shared boolean NOT NULL, accepted boolean NOT NULL, row tid NOT NULL) ON COMMIT DROP;
    CREATE TEMP TABLE ${LEFT_OUT} (file text NOT NULL, line bigint NOT NULL, nth int NOT NULL) ON COMMIT DROP`);
}

/** Notes the lines behind the rows of the stage, those of rejected rows as such. */
export async function noteLines(
  sql: Sql,
  table: string,
  stage: SelectStage,
  from: string | undefined,
): Promise<void> {
  if (!stage.lines || (from === undefined && !stage.files)) return;
  await sql.run(`INSERT INTO ${LINES} (file, line, target, shared, accepted, row)
    SELECT coalesce(s._file, ${from === undefined ? "''" : constant(from)}), l.line, ${constant(table)},
      cardinality(s._lines) > 1, r.row IS NULL, s.ctid
    FROM ${STAGE} s CROSS JOIN LATERAL (SELECT DISTINCT unnest(s._lines) AS line) l
    LEFT JOIN (SELECT DISTINCT row FROM ${REJECTED} WHERE target = ${constant(table)}) r ON r.row = s.ctid
    WHERE l.line IS NOT NULL`);
}

/** Runs the file's `left_out` SELECTs; a line that several name belongs to the first. */
export async function noteLeftOut(
  sql: Sql,
  name: string,
  file: MappedFile,
  places: Places,
): Promise<Result<null, ImportFault>> {
  for (const [nth, { sql: text }] of file.left_out.entries()) {
    const path = ["files", name, "left_out", nth, "sql"];
    const select = { entry: path.join("."), sql: text, path, places };
    const columns = await runSelect(sql, "import_named", select);
    if (!columns.ok) return columns;
    if (!columns.value.includes("_line")) {
      const problem = {
        ...places.of(path),
        path: path.join("."),
        message: "the SELECT must give _line",
      };
      return failed({ kind: "mapping", problems: [problem] });
    }
    await sql.run(`INSERT INTO ${LEFT_OUT} (file, line, nth)
        SELECT DISTINCT ${constant(name)}, _line::bigint, ${nth} FROM import_named WHERE _line IS NOT NULL;
      DROP TABLE import_named`);
  }
  return ok(null);
}

const partsRow = z.strictObject({
  loaded: z.number(),
  merged: z.number(),
  rejected: z.number(),
  unexplained: z.number(),
  left_out: z.record(z.string(), z.number()),
});

/** The account of one file; its parts add up to the rows read. */
export async function accountForFile(
  sql: Sql,
  raw: RawFile,
  file: MappedFile,
): Promise<FileAccount> {
  const [parts] = await sql.rows(partsRow, partsOf(raw.name));
  const tables = await sql.rows(
    z.strictObject({ table: z.string(), lines: z.number(), rows: z.number() }),
    `SELECT target AS table, count(DISTINCT line) AS lines, count(DISTINCT row) AS rows
     FROM ${LINES} WHERE file = $1 AND accepted GROUP BY 1 ORDER BY 2 DESC, 1`,
    [raw.name],
  );
  const leftOut = file.left_out.map(({ why }, nth) => ({
    why,
    rows: parts?.left_out[String(nth)] ?? 0,
  }));
  return {
    name: raw.name,
    file: raw.file,
    read: raw.read,
    loaded: parts?.loaded ?? 0,
    merged: parts?.merged ?? 0,
    rejected: (parts?.rejected ?? 0) + raw.flawed,
    leftOut,
    unexplained: parts?.unexplained ?? 0,
    tables,
  };
}

function partsOf(name: string): string {
  return `WITH taken AS (
      SELECT line, bool_or(accepted AND NOT shared) AS own, bool_or(accepted) AS accepted
      FROM ${LINES} WHERE file = ${constant(name)} GROUP BY line),
    named AS (SELECT line, min(nth) AS nth FROM ${LEFT_OUT} WHERE file = ${constant(name)} GROUP BY line),
    fate AS (
      SELECT CASE WHEN t.own THEN 'loaded' WHEN t.accepted THEN 'merged' WHEN t.line IS NOT NULL THEN 'rejected'
                  WHEN n.line IS NOT NULL THEN 'left_out' ELSE 'unexplained' END AS fate, n.nth
      FROM ${rawTable(name)} r LEFT JOIN taken t ON t.line = r._line LEFT JOIN named n ON n.line = r._line)
    SELECT count(*) FILTER (WHERE fate = 'loaded') AS loaded, count(*) FILTER (WHERE fate = 'merged') AS merged,
      count(*) FILTER (WHERE fate = 'rejected') AS rejected,
      count(*) FILTER (WHERE fate = 'unexplained') AS unexplained,
      coalesce((SELECT json_object_agg(nth, rows) FROM
        (SELECT nth, count(*) AS rows FROM fate WHERE fate = 'left_out' GROUP BY nth) q), '{}') AS left_out
    FROM fate`;
}
