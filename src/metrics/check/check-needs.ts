/** Which of the rows that a metric cannot do without the sources have, and whether they could have them. */
import type { Sql } from "../../db/index.ts";
import type { Need } from "../catalogue/need.ts";
import { columnTypes, heldNeeds, needsOf } from "../held.ts";

export interface NeedCheck {
  need: Need;
  isThere: boolean;
}

/** A column that its table has not: no row could ever fill it, so the metric would never have data. */
export interface NoSuchColumn {
  kind: "no_such_column";
  /** As it is written in `needs`. */
  need: string;
  table: string;
  column: string;
  /** Those that the table has. */
  columns: readonly string[];
}

/** Of the sources: what the facts were filled from may be older. */
export async function checkNeeds(
  sql: Sql,
  all: readonly Need[],
): Promise<{ checks: NeedCheck[]; faults: NoSuchColumn[] }> {
  // What is derived may name one several times, by its parts.
  const needs = needsOf([{ needs: all }]);
  const held = await heldNeeds(sql, needs);
  const types = await columnTypes(sql, needs);
  const asked = needs.flatMap((need) => [need, ...(need.and ? [{ ...need, ...need.and }] : [])]);
  const faults = asked.flatMap(({ text, table, column }): NoSuchColumn[] =>
    types.has(`${table}.${column}`)
      ? []
      : [{ kind: "no_such_column", need: text, table, column, columns: columnsOf(table, types) }],
  );
  return { checks: needs.map((need) => ({ need, isThere: held.has(need.text) })), faults };
}

function columnsOf(table: string, types: ReadonlyMap<string, string>): string[] {
  const prefix = `${table}.`;
  return [...types.keys()]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}
