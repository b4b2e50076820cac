/** A source table that is a view over the user's own tables of the same database. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import { eventTimesOf } from "../event-times.ts";
import type { ImportFault } from "../fault.ts";
import type { ImportRun } from "../import-run.ts";
import { type MappedSelect, runSelect, selectFault } from "../mapping/run-select.ts";
import { matchColumns } from "../match-columns.ts";
import type { TableReport } from "../report.ts";
import { constant, identifier } from "../sql-text.ts";
import { SOURCE_SCHEMA, type TableColumn, type TableShape } from "../table-shape.ts";
import { brokenRows, readWhole } from "./broken-views.ts";
import { viewForTable } from "./take-place.ts";

const OFFERED = "view_offered";

/**
 * Makes the view and looks at all of its rows once. A value that cannot be read, and rows without what
 * the table needs, are faults of the mapping: nothing stands between such a row and the metrics later.
 */
export async function loadView(
  run: ImportRun,
  select: MappedSelect,
  shape: TableShape,
  lagDays: number,
): Promise<Result<TableReport, ImportFault>> {
  const { sql } = run;
  const none = { ...select, sql: `SELECT * FROM (\n${select.sql}\n) offered LIMIT 0` };
  const offered = await runSelect(sql, OFFERED, none);
  if (!offered.ok) return offered;
  const match = matchColumns(shape, offered.value, select.entry);
  if (!match.ok) return match;
  const types = await typesOf(sql);
  const columns = shape.columns.map((column) => viewColumn(column, types));
  await sql.run(`DROP TABLE ${OFFERED}`);
  await viewForTable(
    sql,
    shape,
    `SELECT ${columns.join(", ")} FROM (\n${select.sql}\n) m`,
    lagDays,
  );
  const rows = await readAll(sql, select, shape);
  if (!rows.ok) return rows;
  const broken = await brokenRows(sql, shape);
  if (broken !== null) return failed(problem(select, broken));
  const counts = { read: rows.value, new: 0, changed: 0, unchanged: rows.value };
  return ok({
    ...counts,
    table: shape.table,
    from: "a view",
    mode: "upsert",
    rejected: 0,
    repeated: 0,
    deleted: 0,
    completeThrough: await setViewWatermark(run, shape, lagDays),
  });
}

/** Days and times without a zone are the company's, whatever the session's zone is. */
function viewColumn(
  { name, type, fallback }: TableColumn,
  types: ReadonlyMap<string, string>,
): string {
  const offered = types.get(name);
  const own = identifier(name);
  if (offered === undefined) return `${fallback ?? "NULL"}::${type} AS ${own}`;
  const value = `m.${own}`;
  const isInstant = type === "timestamp with time zone";
  const read =
    isInstant && offered === "date"
      ? `source.ts(${value})`
      : isInstant && offered === "timestamp without time zone"
        ? `${value} AT TIME ZONE coalesce(nullif(current_setting('kpi.tz', true), ''), 'UTC')`
        : type === "date" && offered === "timestamp with time zone"
          ? `source.day_of(${value})`
          : offered === type
            ? value
            : `${value}::${type}`;
  return `${fallback === null ? read : `coalesce(${read}, ${fallback})`} AS ${own}`;
}

async function typesOf(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.rows(
    z.strictObject({ name: z.string(), type: z.string() }),
    `SELECT lower(attname) AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = 'pg_temp.${OFFERED}'::regclass AND attnum > 0 AND NOT attisdropped`,
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

async function readAll(
  sql: Sql,
  select: MappedSelect,
  shape: TableShape,
): Promise<Result<number, ImportFault>> {
  try {
    return ok(await readWhole(sql, shape));
  } catch (error) {
    return failed(selectFault(error, select, 0));
  }
}

function problem({ places, path, entry }: MappedSelect, message: string): ImportFault {
  return { kind: "mapping", problems: [{ ...places.of(path), path: entry, message }] };
}

/** What a refresh does for all views, so that a table is known to be there before the first. */
async function setViewWatermark(
  run: ImportRun,
  { table }: TableShape,
  lagDays: number,
): Promise<string | null> {
  if (eventTimesOf(table).length === 0) return null;
  const { now, timeZone } = run.options;
  const through = now
    .toZonedDateTimeISO(timeZone)
    .startOfDay()
    .subtract({ days: lagDays })
    .toInstant();
  await run.sql.run(
    `INSERT INTO ${SOURCE_SCHEMA}.source_watermarks VALUES (${constant(table)}, $1)
     ON CONFLICT (source_table) DO UPDATE SET complete_through = excluded.complete_through`,
    [through],
  );
  return through.toString();
}
