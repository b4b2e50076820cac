/**
 * Where rows wait as text until they are judged: temporary tables of the import's own transaction,
 * so that nothing outlives it. `ctid` names a row of the stage, which is written once.
 */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { identifier } from "./sql-text.ts";
import type { TableRules } from "./table-rules.ts";
import { SOURCE_SCHEMA, type TableColumn, type TableShape } from "./table-shape.ts";
import { converted, type InputCheck } from "./value-rules.ts";

export const STAGE = "import_stage";
export const TYPED = "import_typed";
export const DELTA = "import_delta";
export const REJECTED = "import_rejected";

export interface Stage {
  /** The columns of the target that the stage holds, in the target's order. */
  columns: readonly TableColumn[];
  /** Columns of the key that were not offered and take their default, the same for all rows. */
  assumed: readonly TableColumn[];
  rows: number;
  /** Rows that could not be read as CSV at all. */
  flawed: number;
  ignored: readonly string[];
}

/** The columns of a stage that offers `present` of a table's. */
export function stagedColumns(
  shape: TableShape,
  present: readonly (TableColumn | null)[],
): Pick<Stage, "columns" | "assumed"> {
  const offered = shape.columns.filter((column) => present.includes(column));
  const assumed = shape.columns.filter(
    (column) => shape.key.includes(column.name) && !offered.includes(column),
  );
  return { columns: offered, assumed };
}

/** One stage on its way into one table. */
export interface Loading {
  sql: Sql;
  check: InputCheck;
  shape: TableShape;
  stage: Stage;
  /** Null: the table's constraints are all there is. */
  rules: TableRules | null;
}

/** What each row of `import_typed` has. */
export function typedColumns(stage: Stage): TableColumn[] {
  return [...stage.columns, ...stage.assumed];
}

/** SQL of a column's value, from the row's text or from its default. */
export function stagedValue(stage: Stage, column: TableColumn, row: string): string {
  return stage.assumed.includes(column) ? (column.fallback ?? "NULL") : converted(column, row);
}

export function target(shape: TableShape): string {
  return `${identifier(SOURCE_SCHEMA)}.${identifier(shape.table)}`;
}

/** `a.x = b.x AND ...` over the columns of the key. */
export function sameKey(shape: TableShape, a: string, b: string): string {
  return shape.key.map((key) => `${a}.${identifier(key)} = ${b}.${identifier(key)}`).join(" AND ");
}

/** Keeps other writers off the table until the transaction ends; readers go on. */
export async function lockTable(sql: Sql, shape: TableShape): Promise<void> {
  await sql.run(`LOCK TABLE ${target(shape)} IN SHARE ROW EXCLUSIVE MODE`);
}

export async function isEmpty(sql: Sql, shape: TableShape): Promise<boolean> {
  const [row] = await sql.rows(
    z.strictObject({ empty: z.boolean() }),
    `SELECT NOT EXISTS (SELECT FROM ${target(shape)}) AS empty`,
  );
  return row?.empty === true;
}

/** Data exceptions and broken constraints: a row is wrong, and not the program. */
export function isFaultOfData(state: string | null): boolean {
  return state !== null && (state.startsWith("22") || state.startsWith("23"));
}

/** The rejections of all tables and files of one import. */
export async function createRejections(sql: Sql): Promise<void> {
  await sql.run(`DROP TABLE IF EXISTS pg_temp.${REJECTED};
    CREATE TEMP TABLE ${REJECTED} (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      target text NOT NULL, row tid NOT NULL, line bigint,
      column_name text, code text NOT NULL, detail text, value text
    ) ON COMMIT DROP`);
}

export async function dropStage(sql: Sql): Promise<void> {
  await sql.run(`DROP TABLE IF EXISTS pg_temp.${STAGE}, pg_temp.${TYPED}, pg_temp.${DELTA}`);
}
