/**
 * Whether an entry tells all that its SQL reads: a table that is read and not told would change without
 * making a cell stale, and hold no week open.
 */
import type { Definition } from "./definition.ts";
import { noSuch } from "./no-such.ts";
import { timedTables, timelessTables } from "./source-tables.ts";
import { type TableName, tablesRead } from "./tables-read.ts";

/** The source tables behind the relations that are not called like them. */
const behind: Readonly<Record<string, string>> = {
  account: "accounts",
  plan: "subscription_periods",
  customer: "subscription_periods",
  usage_day: "usage_daily",
  active_day: "usage_daily",
  first_use: "usage_daily",
  member: "users",
  built: "workspace_objects",
  renewal: "renewals",
  ...Object.fromEntries(timedTables.map((table) => [table, table])),
};

/** Those of `tables` that are no source tables. */
export function unknownTables(tables: readonly string[]): string[] {
  const known = [...timedTables, ...timelessTables];
  return tables
    .filter((table) => !known.includes(table))
    .map((table) =>
      table.includes(".")
        ? `${table} is no source table; one of your own is read without being named here`
        : noSuch("source table", table, known),
    );
}

/** What is wrong with the `reads` of a metric, or of a part's own units. */
export function readsProblems(
  reads: readonly string[],
  texts: readonly (string | undefined)[],
): string[] {
  if (reads.length === 0) return ["needed: the source tables that it rests on"];
  const strangers = unknownTables(reads);
  const read = texts.flatMap((text) => tablesRead(text ?? ""));
  const untold = Object.entries(behind)
    .filter(
      ([relation, table]) => !reads.includes(table) && read.some((named) => isOf(named, relation)),
    )
    .map(([relation, table]) => `the SQL reads ${relation}, so add ${table}`);
  return [...strangers, ...untold];
}

export function readsFaults({
  reads,
  sql,
  shared,
  maturing,
}: Pick<Definition, "reads" | "sql" | "shared" | "maturing">): [string, string][] {
  return readsProblems(reads, [shared, sql, maturing]).map((problem) => ["reads", problem]);
}

/** A first use may move from any day to any earlier one, so no number of weeks before a window tells where it was. */
export function lookbackFaults({
  lookback,
  sql,
  shared,
  parts,
}: Pick<Definition, "lookback" | "sql" | "shared" | "parts">): [string, string][] {
  const texts = [shared, sql, ...Object.values(parts).map((part) => part.sql)];
  if (lookback === "all" || !texts.some((text) => readsFrom(text ?? "", "first_use"))) return [];
  return [
    ["lookback", "all, since the SQL reads first_use: a late row moves a first day from anywhere"],
  ];
}

export function readsFrom(sql: string, relation: string): boolean {
  return tablesRead(sql).some((named) => isOf(named, relation));
}

/** Where the engine's relations are; a table of the company's own has another schema. */
const schemas: readonly (string | null)[] = [null, "source", "facts", "exact"];

function isOf({ schema, name }: TableName, relation: string): boolean {
  return name === relation && schemas.includes(schema);
}
