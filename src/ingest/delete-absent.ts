import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { eventTimesOf } from "./event-times.ts";
import type { ImportFault } from "./fault.ts";
import { daysOf, markDays } from "./mark-dirty.ts";
import { constant, identifier, identifiers } from "./sql-text.ts";
import { type Loading, REJECTED, STAGE, sameKey, stagedValue, TYPED, target } from "./stage.ts";
import type { TableShape } from "./table-shape.ts";
import { readable } from "./value-rules.ts";

/** The keys that a full export names, kept until children are gone and parents may go. */
function keptKeys(shape: TableShape): string {
  return identifier(`import_kept_${shape.table}`);
}

/**
 * Keeps the keys of the stage's rows. A rejected row is wrong, not gone: its key is kept too.
 * Where a rejected row's key cannot be read, null stands for it and nothing is deleted.
 */
export async function keepKeys(loading: Loading): Promise<void> {
  const { sql, shape } = loading;
  const rejectedKeys = shape.key.map((name) => keyOfRejected(loading, name));
  await sql.run(
    `CREATE TEMP TABLE ${keptKeys(shape)} ON COMMIT DROP AS
    SELECT ${identifiers(shape.key)} FROM ${TYPED}
    UNION ALL SELECT ${rejectedKeys.join(", ")} FROM ${STAGE} s
    WHERE s.ctid IN (SELECT row FROM ${REJECTED} WHERE target = ${constant(shape.table)})`,
  );
  await sql.run(`ANALYZE ${keptKeys(shape)}`);
}

function keyOfRejected({ shape, stage, check }: Loading, name: string): string {
  const column = shape.columns.find((each) => each.name === name);
  if (column === undefined) return "NULL";
  const value = stagedValue(stage, column, "s");
  if (stage.assumed.includes(column)) return value;
  const text = `s.${identifier(name)}`;
  return `CASE WHEN s._flaw IS NULL AND (${text} IS NULL OR ${readable(text, column.type, check)}) THEN ${value} END`;
}

interface Deletion {
  deleted: number;
  /** Rows whose key cannot be read, because of which nothing was deleted. */
  unreadableKeys: number;
}

/**
 * Deletes the rows whose keys are not among those kept. Fault `empty_replacement` when that would
 * be every row: an export without rows is more likely a failed export.
 */
export async function deleteAbsent(
  sql: Sql,
  shape: TableShape,
): Promise<Result<Deletion, ImportFault>> {
  const kept = keptKeys(shape);
  const [state] = await sql.rows(
    z.strictObject({ kept: z.number(), unreadable: z.number(), present: z.number() }),
    `SELECT count(*) AS kept,
       count(*) FILTER (WHERE ${shape.key.map((name) => `${identifier(name)} IS NULL`).join(" OR ")}) AS unreadable,
       (SELECT count(*) FROM ${target(shape)}) AS present FROM ${kept}`,
  );
  if (state === undefined || state.unreadable > 0) {
    return ok({ deleted: 0, unreadableKeys: state?.unreadable ?? 0 });
  }
  if (state.kept === 0 && state.present > 0) {
    return failed({ kind: "empty_replacement", table: shape.table, rows: state.present });
  }
  return ok({ deleted: await deleteRows(sql, shape, kept), unreadableKeys: 0 });
}

async function deleteRows(sql: Sql, shape: TableShape, kept: string): Promise<number> {
  const events = eventTimesOf(shape.table);
  const days = daysOf(shape.table, events, "gone");
  const marked = events.length === 0 ? "" : `, marked AS (${markDays(shape.table, days)})`;
  const [row] = await sql.rows(
    z.strictObject({ deleted: z.number() }),
    `WITH gone AS (
       DELETE FROM ${target(shape)} o WHERE NOT EXISTS (SELECT FROM ${kept} k WHERE ${sameKey(shape, "k", "o")})
       RETURNING o.*)${marked}
     SELECT count(*) AS deleted FROM gone`,
  );
  return row?.deleted ?? 0;
}
