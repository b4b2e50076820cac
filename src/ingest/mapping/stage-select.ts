import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { ImportFault } from "../fault.ts";
import { matchColumns } from "../match-columns.ts";
import { identifier } from "../sql-text.ts";
import { STAGE, type Stage, stagedColumns } from "../stage.ts";
import type { TableShape } from "../table-shape.ts";
import { type MappedSelect, runSelect } from "./run-select.ts";

const MAPPED = "import_mapped";
/** What a SELECT may offer beside the table's columns: where its rows came from. */
const provenance = ["_line", "_file"];

export interface SelectStage extends Stage {
  /** Whether the stage has `_lines`, and whether each row names its own file in `_file`. */
  lines: boolean;
  files: boolean;
}

/** Runs a table's SELECT and puts its rows into the stage as text, like those of a file. */
export async function stageSelect(
  sql: Sql,
  select: MappedSelect,
  shape: TableShape,
): Promise<Result<SelectStage, ImportFault>> {
  const offered = await runSelect(sql, MAPPED, select);
  if (!offered.ok) return offered;
  const columns = offered.value.filter((name) => !provenance.includes(name));
  const match = matchColumns(shape, columns, select.entry);
  if (!match.ok) return match;
  const type = await typeOfLine(sql);
  if (type === "other") return failed(wrongLine(select));
  const files = offered.value.includes("_file");
  const texts = match.value.matched.flatMap((column, index) =>
    column === null
      ? []
      : [`nullif(m.${identifier(columns[index] ?? "")}::text, '') AS ${identifier(column.name)}`],
  );
  const rows = await sql.run(`CREATE TEMP TABLE ${STAGE} ON COMMIT DROP AS
    SELECT ${lineColumns[type]}, ${files ? "m._file::text" : "NULL::text AS _file"},
      NULL::text AS _flaw, ${texts.join(", ")} FROM ${MAPPED} m`);
  await sql.run(`DROP TABLE ${MAPPED}`);
  const { ignored, matched } = match.value;
  return ok({
    ...stagedColumns(shape, matched),
    rows,
    flawed: 0,
    ignored,
    lines: type !== "none",
    files,
  });
}

const lineColumns = {
  none: "NULL::bigint AS _line, NULL::bigint[] AS _lines",
  one: "m._line::bigint AS _line, CASE WHEN m._line IS NOT NULL THEN ARRAY[m._line::bigint] END AS _lines",
  many: "(SELECT min(l) FROM unnest(m._line) l)::bigint AS _line, m._line::bigint[] AS _lines",
} as const;

async function typeOfLine(sql: Sql): Promise<keyof typeof lineColumns | "other"> {
  const [column] = await sql.rows(
    z.strictObject({ type: z.string() }),
    `SELECT format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = 'pg_temp.${MAPPED}'::regclass AND attname = '_line'`,
  );
  if (column === undefined) return "none";
  if (/^(bigint|integer|smallint)$/.test(column.type)) return "one";
  return /^(bigint|integer|smallint)\[\]$/.test(column.type) ? "many" : "other";
}

function wrongLine({ places, path, entry }: MappedSelect): ImportFault {
  const message = "_line must be a whole number or an array of them";
  return { kind: "mapping", problems: [{ ...places.of(path), path: entry, message }] };
}
