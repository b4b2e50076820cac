import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Sql } from "../db/index.ts";
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

/** Rejections in a file are written so many at a time; many more would outlive their first collection. */
const PAGE = 50;
/** Values of a parent table that a reason names. */
const NAMED_VALUES = 20;

interface ToldRejections {
  rejections: Rejection[];
  rejectionsInAll: number;
  rejectionsFile: string | null;
}

/** The first rejections, and all of them written to `file` where one is given and there are any. */
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
  const first = await readFirst(sql);
  if (file !== null) {
    await mkdir(dirname(file), { recursive: true });
    await pipeline(csvPages(sql, tell), createWriteStream(file, { mode: 0o600 }));
  }
  return { rejections: first.map(tell), rejectionsInAll, rejectionsFile: file };
}

function readFirst(sql: Sql): Promise<z.infer<typeof recorded>[]> {
  return sql.rows(
    recorded,
    `SELECT seq, target, line, column_name, code, detail, value FROM ${REJECTED}
     ORDER BY min(seq) OVER (PARTITION BY target), line, seq LIMIT $1`,
    [limits.toldRows],
  );
}

function readPage(sql: Sql, after: number, count: number): Promise<z.infer<typeof recorded>[]> {
  return sql.rows(
    recorded,
    `SELECT seq, target, line, column_name, code, detail, value FROM ${REJECTED}
     WHERE seq > $1 ORDER BY seq LIMIT $2`,
    [after, count],
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

async function* csvPages(
  sql: Sql,
  tell: (row: RecordedRejection) => Rejection,
): AsyncGenerator<string> {
  yield csvLine(["target", "line", "column", "reason", "value"]);
  for (let after = 0; ; ) {
    const page = await readPage(sql, after, PAGE);
    if (page.length === 0) return;
    const lines = page
      .map(tell)
      .map(({ target, line, column, reason, value }) =>
        csvLine([target, line, column, reason, inert(value)]),
      );
    yield lines.join("");
    after = page.at(-1)?.seq ?? after;
  }
}

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
