/** From the stage into the source table: what is new, what changed, and with `replace` what is gone. */
import { z } from "zod";
import { sqlState } from "../db/index.ts";
import { keepKeys } from "./delete-absent.ts";
import { eventTimesOf } from "./event-times.ts";
import { acceptableRow, judgeStage } from "./judge-stage.ts";
import { markChanged, markDirty } from "./mark-dirty.ts";
import { type ImportMode, noRows, type RowCounts } from "./row-counts.ts";
import { identifier, identifiers } from "./sql-text.ts";
import {
  DELTA,
  isEmpty,
  isFaultOfData,
  type Loading,
  lockTable,
  REJECTED,
  STAGE,
  sameKey,
  stagedValue,
  TYPED,
  target,
  typedColumns,
} from "./stage.ts";

interface Applied {
  counts: RowCounts;
  /** Whether `deleteAbsent` has something to decide. */
  keysKept: boolean;
  /** Where the rows that were taken stand, until the stage is dropped. */
  taken: string;
}

/** Rows to analyse a table for at once, so that what reads it next does not plan for an empty one. */
const LARGE = 10_000;

/**
 * Loads the stage. The table is locked against other writers until the transaction ends; readers
 * go on. For `replace` the keys are kept for `deleteAbsent`.
 */
export async function applyStage(loading: Loading, mode: ImportMode): Promise<Applied> {
  const { sql, stage } = loading;
  await lockTable(sql, loading.shape);
  const empty = await isEmpty(sql, loading.shape);
  if (empty && stage.flawed === 0 && loading.rules === null && (await insertWhole(loading))) {
    await markDirty(
      sql,
      loading.shape.table,
      eventTimesOf(loading.shape.table),
      target(loading.shape),
    );
    if (stage.rows > LARGE) await sql.run(`ANALYZE ${target(loading.shape)}`);
    const counts = { ...noRows, read: stage.rows, new: stage.rows };
    return { counts, keysKept: false, taken: target(loading.shape) };
  }
  const { repeated } = await judgeStage(loading);
  if (mode === "replace") await keepKeys(loading);
  const counts = await mergeDelta(loading);
  const rejected = await countRejected(loading);
  const unchanged = stage.rows - rejected - repeated - counts.new - counts.changed;
  return {
    counts: { read: stage.rows, ...counts, unchanged, rejected, repeated },
    keysKept: mode === "replace",
    taken: TYPED,
  };
}

/**
 * Into an empty table, and as though no row were wrong: the table's own constraints judge, at half
 * the cost. False when one row is not good; nothing was inserted then, and the careful way finds
 * out which.
 */
async function insertWhole(loading: Loading): Promise<boolean> {
  const { sql, shape, stage } = loading;
  const columns = typedColumns(stage);
  await sql.run("SAVEPOINT whole");
  try {
    const values = columns.map((column) => stagedValue(stage, column, "s"));
    const inserted = await sql.run(
      `INSERT INTO ${target(shape)} (${identifiers(columns.map(({ name }) => name))})
       SELECT ${values.join(", ")} FROM ${STAGE} s WHERE ${acceptableRow(loading, "s")}`,
    );
    if (inserted === stage.rows) {
      await sql.run("RELEASE SAVEPOINT whole");
      return true;
    }
  } catch (error) {
    if (!isFaultOfData(sqlState(error))) throw error;
  }
  await sql.run("ROLLBACK TO SAVEPOINT whole; RELEASE SAVEPOINT whole");
  return false;
}

/** Only rows that differ from what is there are written: the same file twice touches nothing. */
async function mergeDelta(loading: Loading): Promise<{ new: number; changed: number }> {
  const { sql, shape, stage } = loading;
  const columns = typedColumns(stage).map(({ name }) => name);
  const events = eventTimesOf(shape.table);
  const others = columns.filter((name) => !events.includes(name));
  const old = events.map((name) => `o.${identifier(name)} AS ${identifier(`_old_${name}`)}`);
  await sql.run(`CREATE TEMP TABLE ${DELTA} ON COMMIT DROP AS
    SELECT ${[identifiers(columns, "t."), ...old].join(", ")},
      o.${identifier(shape.key[0] ?? "")} IS NOT NULL AS _existed,
      ROW(${identifiers(others, "t.")}) IS DISTINCT FROM ROW(${identifiers(others, "o.")}) AS _altered
    FROM ${TYPED} t LEFT JOIN ${target(shape)} o ON ${sameKey(shape, "t", "o")}
    WHERE o.${identifier(shape.key[0] ?? "")} IS NULL
       OR ROW(${identifiers(columns, "t.")}) IS DISTINCT FROM ROW(${identifiers(columns, "o.")})`);
  const [counts] = await sql.rows(
    z.strictObject({ new: z.number(), changed: z.number() }),
    `SELECT count(*) FILTER (WHERE NOT _existed) AS new, count(*) FILTER (WHERE _existed) AS changed FROM ${DELTA}`,
  );
  const found = counts ?? { new: 0, changed: 0 };
  if (found.new + found.changed > 0) {
    const offered = events.filter((name) => columns.includes(name));
    await markChanged(sql, shape.table, offered, DELTA, found.new + found.changed);
    await writeDelta(loading, columns, found);
  }
  return found;
}

/**
 * The table is locked against other writers, so that what was not there still is not: rows that are
 * new need not look for others of their key, which takes half as long again.
 */
async function writeDelta(
  { sql, shape }: Loading,
  columns: readonly string[],
  found: { new: number; changed: number },
): Promise<void> {
  const list = identifiers(columns);
  if (found.new > 0)
    await sql.run(
      `INSERT INTO ${target(shape)} (${list}) SELECT ${list} FROM ${DELTA} WHERE NOT _existed`,
    );
  const others = columns.filter((name) => !shape.key.includes(name));
  const changes = others.map((name) => `${identifier(name)} = d.${identifier(name)}`).join(", ");
  if (found.changed > 0)
    await sql.run(
      `UPDATE ${target(shape)} o SET ${changes} FROM ${DELTA} d WHERE d._existed AND ${sameKey(shape, "o", "d")}`,
    );
}

async function countRejected({ sql, shape }: Loading): Promise<number> {
  const [row] = await sql.rows(
    z.object({ rejected: z.number() }),
    `SELECT count(DISTINCT row) AS rejected FROM ${REJECTED} WHERE target = $1`,
    [shape.table],
  );
  return row?.rejected ?? 0;
}
