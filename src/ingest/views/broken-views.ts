/**
 * Whether views give what the tables need in whose place they are: when they are made, and later, for
 * nothing stands between their rows and the metrics.
 */
import { z } from "zod";
import { type Database, type Sql, sqlState } from "../../db/index.ts";
import { identifier } from "../sql-text.ts";
import { readTableShapes, SOURCE_SCHEMA, type TableShape } from "../table-shape.ts";
import { ASIDE } from "./take-place.ts";

export interface BrokenView {
  table: string;
  /** What is wrong, without a value. */
  problem: string;
}

/** Of a view that is longer at it nothing is told. */
const LONGEST = "5s";
const QUERY_CANCELED = "57014";

/** Those that no longer do: each is read whole. */
export async function brokenViews(db: Database): Promise<BrokenView[]> {
  const found: BrokenView[] = [];
  // A table stands aside while a view has its place.
  for (const [table, shape] of await readTableShapes(db, ASIDE)) {
    const problem = await problemOf(db, shape);
    if (problem !== null) found.push({ table, problem });
  }
  return found;
}

async function problemOf(db: Database, shape: TableShape): Promise<string | null> {
  const look = async (sql: Sql): Promise<string | null> => {
    await readWhole(sql, shape);
    return brokenRows(sql, shape);
  };
  try {
    return await db.transaction(look, { settings: { statement_timeout: LONGEST } });
  } catch (error) {
    const state = sqlState(error);
    if (state === null) throw error;
    return state === QUERY_CANCELED
      ? null
      : `a value in it cannot be read as what it should be (${state})`;
  }
}

/** Each value is read as its type, so that one which is none fails here and not in an answer. The number of rows. */
export async function readWhole(sql: Sql, shape: TableShape): Promise<number> {
  const [row] = await sql.rows(
    z.object({ rows: z.number() }),
    `SELECT count(t::text) AS rows FROM ${viewOf(shape)} t`,
  );
  return row?.rows ?? 0;
}

/** The first thing that is wrong, with the number of rows; null: nothing is. */
export async function brokenRows(sql: Sql, shape: TableShape): Promise<string | null> {
  const count = async (from: string): Promise<number> => {
    const [row] = await sql.rows(
      z.object({ rows: z.number() }),
      `SELECT count(*) AS rows FROM ${from}`,
    );
    return row?.rows ?? 0;
  };
  const view = viewOf(shape);
  const needed = shape.columns.filter(({ name, required }) => required || shape.key.includes(name));
  for (const { name } of needed) {
    const rows = await count(`${view} t WHERE t.${identifier(name)} IS NULL`);
    if (rows > 0) return `${have(rows)} no ${name}, which the table needs`;
  }
  const key = shape.key.map(identifier).join(", ");
  const repeated = await count(`(SELECT FROM ${view} GROUP BY ${key} HAVING count(*) > 1) keys`);
  if (repeated > 0)
    return `${repeated} ${repeated === 1 ? "key comes" : "keys come"} more than once (${shape.key.join(", ")})`;
  for (const { columns, condition } of shape.checks) {
    const rows = await count(`${view} WHERE NOT (${condition})`);
    if (rows > 0)
      return `${have(rows)} a ${columns.join(", ")} that the table does not allow: ${condition}`;
  }
  return null;
}

function have(rows: number): string {
  return rows === 1 ? "1 row has" : `${rows} rows have`;
}

function viewOf({ table }: TableShape): string {
  return `${SOURCE_SCHEMA}.${identifier(table)}`;
}
