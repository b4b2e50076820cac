import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { copiedLines, copyFields } from "./copy-text.ts";
import { csvLine } from "./csv/csv-line.ts";
import { limits } from "./limits.ts";
import { type AllowedValues, type RecordedRejection, rejectionReason } from "./rejection-reason.ts";
import type { Rejection } from "./report.ts";
import { identifier } from "./sql-text.ts";
import { REJECTED } from "./stage.ts";
import { SOURCE_SCHEMA, type TableShape } from "./table-shape.ts";

const recorded = z.strictObject({
  seq: z.number(),
  target: z.string(),
  line: z.number().nullable(),
  column_name: z.string().nullable(),
  code: z.string(),
  detail: z.string().nullable(),
  value: z.string().nullable(),
});

/** Values of a parent table that a reason names. */
const NAMED_VALUES = 20;

interface ToldRejections {
  rejections: Rejection[];
  rejectionsInAll: number;
  rejectionsFile: string | null;
}

/** A hundred rejections, and all of them written to `file` where one is given and there are any. */
export async function readRejections(
  sql: Sql,
  shapes: ReadonlyMap<string, TableShape>,
  file: string | null,
): Promise<ToldRejections> {
  const [all] = await sql.rows(
    z.strictObject({ count: z.number() }),
    `SELECT count(*) AS count FROM ${REJECTED}`,
  );
  const rejectionsInAll = all?.count ?? 0;
  if (rejectionsInAll === 0) return { rejections: [], rejectionsInAll, rejectionsFile: null };
  const allowed = await readAllowedValues(sql, shapes);
  const tell = (row: RecordedRejection) => toRejection(row, shapes, allowed);
  const chosen = await readChosen(sql);
  if (file !== null) {
    await mkdir(dirname(file), { recursive: true });
    await pipeline(csvLines(sql, tell), createWriteStream(file, { mode: 0o600 }));
  }
  return { rejections: chosen.map(tell), rejectionsInAll, rejectionsFile: file };
}

/** Some of every kind: a thousand times the same fault would hide the one that comes after it. */
function readChosen(sql: Sql): Promise<z.infer<typeof recorded>[]> {
  return sql.rows(
    recorded,
    `SELECT seq, target, line, column_name, code, detail, value FROM (
       SELECT *, min(seq) OVER (PARTITION BY target) AS place,
         row_number() OVER (PARTITION BY target, column_name, code ORDER BY line, seq) AS nth
       FROM ${REJECTED} ORDER BY nth, place, line, seq LIMIT $1) chosen
     ORDER BY place, line, seq`,
    [limits.toldRows],
  );
}

function toRejection(
  row: RecordedRejection,
  shapes: ReadonlyMap<string, TableShape>,
  allowed: AllowedValues,
): Rejection {
  return {
    target: row.target,
    line: row.line,
    column: row.column_name,
    reason: rejectionReason(row, shapes.get(row.target), allowed),
    value: row.value,
  };
}

/** Streamed, so that a row leaves no more behind than its own text: there may be as many as a file has. */
async function* csvLines(
  sql: Sql,
  tell: (row: RecordedRejection) => Rejection,
): AsyncGenerator<string> {
  yield csvLine(["target", "line", "column", "reason", "value"]);
  const rows = await sql.copyOut(
    `COPY (SELECT target, line, column_name, code, detail, value FROM ${REJECTED} ORDER BY seq) TO STDOUT`,
  );
  for await (const lines of copiedLines(rows)) {
    let text = "";
    for (const copied of lines) {
      const [target, line, column, code, detail, value] = copyFields(copied);
      const row = { target, line, column_name: column, code, detail, value };
      const told = tell(fromCopy.parse(row));
      text += csvLine([told.target, told.line, told.column, told.reason, inert(told.value)]);
    }
    yield text;
  }
}

const fromCopy = recorded.omit({ seq: true }).extend({ line: z.coerce.number().nullable() });

/** A spreadsheet would run a text that begins like a formula; a number stays as it is. */
function inert(value: string | null): string | null {
  if (value === null || /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return value;
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

async function readAllowedValues(
  sql: Sql,
  shapes: ReadonlyMap<string, TableShape>,
): Promise<AllowedValues> {
  const broken = await sql.rows(
    z.strictObject({ target: z.string(), name: z.string() }),
    `SELECT DISTINCT target, detail AS name FROM ${REJECTED} WHERE code = 'reference'`,
  );
  const allowed = new Map<string, string[]>();
  for (const { target, name } of broken) {
    const reference = shapes.get(target)?.references.find((each) => each.name === name);
    if (reference === undefined) continue;
    const key = reference.parentColumns.map((column) => `${identifier(column)}::text`).join(", ");
    const rows = await sql.rows(
      z.strictObject({ value: z.string() }),
      `SELECT concat_ws(', ', ${key}) AS value FROM ${SOURCE_SCHEMA}.${identifier(reference.parent)}
       ORDER BY 1 LIMIT ${NAMED_VALUES}`,
    );
    allowed.set(
      name,
      rows.map(({ value }) => value),
    );
  }
  return allowed;
}
