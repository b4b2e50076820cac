import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { ok, type Result } from "../../result.ts";
import type { Places } from "../../yaml-places.ts";
import type { ImportFault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { CheckReport } from "../report.ts";
import { constant, identifier } from "../sql-text.ts";
import type { Mapping } from "./definition.ts";
import { runSelect } from "./run-select.ts";

const CHECKED = "import_checked";

/**
 * Runs the mapping's checks: how many rows each finds, and the first of them as text. `file` gets
 * all of them as CSV, a line a value, because each check has columns of its own.
 */
export async function runChecks(
  sql: Sql,
  checks: Mapping["checks"],
  places: Places,
  file: string | null,
): Promise<Result<CheckReport[], ImportFault>> {
  const reports: CheckReport[] = [];
  if (file !== null) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "check,row,column,value\n", { mode: 0o600 });
  }
  for (const [name, check] of Object.entries(checks)) {
    const path = ["checks", name, "sql"];
    const select = { entry: `checks.${name}`, sql: check.sql, path, places };
    const columns = await runSelect(sql, CHECKED, select);
    if (!columns.ok) return columns;
    const found = await readFound(sql, columns.value);
    reports.push({ name, what: check.what, columns: columns.value, ...found });
    if (file !== null) await appendFound(sql, name, file);
    await sql.run(`DROP TABLE ${CHECKED}`);
  }
  return ok(reports);
}

/** A spreadsheet would run a text that begins like a formula; a number stays as it is. */
const inertValue = `CASE WHEN v.value ~ '^[=+@\t\r-]' AND v.value !~* '^[+-]?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?$'
  THEN '''' || v.value ELSE v.value END`;

async function appendFound(sql: Sql, name: string, file: string): Promise<void> {
  const rows = await sql.copyOut(
    `COPY (SELECT ${constant(name)}, c.nth, v.key, ${inertValue}
       FROM (SELECT row_number() OVER () AS nth, to_json(f) AS found FROM ${CHECKED} f) c
       CROSS JOIN LATERAL json_each_text(c.found) v) TO STDOUT (FORMAT csv)`,
  );
  await pipeline(rows, createWriteStream(file, { flags: "a" }));
}

async function readFound(
  sql: Sql,
  columns: readonly string[],
): Promise<Pick<CheckReport, "rows" | "examples">> {
  const [count] = await sql.rows(
    z.strictObject({ rows: z.number() }),
    `SELECT count(*) AS rows FROM ${CHECKED}`,
  );
  const cells = columns.map(
    (name) => `left(${identifier(name)}::text, ${limits.quotedCharacters})`,
  );
  const found = await sql.rows(
    z.strictObject({ cells: z.array(z.string().nullable()) }),
    `SELECT ARRAY[${cells.join(", ")}]::text[] AS cells FROM ${CHECKED} LIMIT ${limits.toldRows}`,
  );
  return { rows: count?.rows ?? 0, examples: found.map((row) => row.cells) };
}
