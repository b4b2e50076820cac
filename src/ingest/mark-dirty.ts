/**
 * The marks that tell the next refresh what to compute again: reporting days of event times, old and
 * new. The transaction's time zone is the reporting one.
 */
import type { Sql } from "../db/index.ts";
import { eventTimesOf, wholeOf } from "./event-times.ts";
import { constant, identifier } from "./sql-text.ts";

/** Tables of which the facts are kept by account and day, so that a few late rows renew only these. */
const keptByAccount: ReadonlySet<string> = new Set(["usage_daily"]);
/** Of a day on which more accounts changed than that, the whole is renewed: it costs as much. */
const MOST_ACCOUNTS = 500;
/** Of more rows that changed, whole days are marked: to gather their accounts would take too long. */
const MOST_ROWS = 100_000;

/** Marks the days of the event times in `columns` of `from`: of a table that came or went as a whole. */
export async function markDirty(
  sql: Sql,
  table: string,
  columns: readonly string[],
  from: string,
): Promise<void> {
  if (columns.length === 0) return;
  await sql.run(markDays(table, daysOf(table, columns, from)));
}

/**
 * Marks the days of the `rows` rows that came or changed: `from` has the event times `offered` as they
 * are now, all of them as they were as `_old_<name>`, `_existed`, and `_altered` where anything but them
 * is other. Where nothing but an event of a row moved, what it says of later days is other only from
 * there on: its other events are marked as not moved.
 */
export async function markChanged(
  sql: Sql,
  table: string,
  offered: readonly string[],
  from: string,
  rows: number,
): Promise<void> {
  const events = eventTimesOf(table);
  if (events.length === 0) return;
  const old = (name: string): string => identifier(`_old_${name}`);
  const moved = (name: string): string => `${identifier(name)} IS DISTINCT FROM ${old(name)}`;
  const byAccount = keptByAccount.has(table) && rows <= MOST_ROWS;
  const days = events.flatMap((name) => {
    const isMoved = `(NOT _existed OR _altered${offered.includes(name) ? ` OR ${moved(name)}` : ""})`;
    const columns = offered.includes(name) ? [identifier(name), old(name)] : [old(name)];
    return columns.map(
      (column) =>
        `SELECT ${[`${column}::date AS day`, `${isMoved} AS moved`, ...(byAccount ? ["account_id"] : [])].join(", ")} FROM ${from}`,
    );
  });
  const all = [...days, ...daysOfSiblings(table, from)].join(" UNION ");
  await sql.run(markDays(table, all, byAccount));
}

/** A SELECT of the days in `columns` of `from`, and of all rows that are one thing with its rows. */
export function daysOf(table: string, columns: readonly string[], from: string): string {
  const own = columns.map(
    (name) => `SELECT DISTINCT ${identifier(name)}::date AS day, true AS moved FROM ${from}`,
  );
  return [...own, ...daysOfSiblings(table, from)].join(" UNION ");
}

function daysOfSiblings(table: string, from: string): string[] {
  const whole = wholeOf(table);
  if (whole === null) return [];
  const key = identifier(whole);
  return eventTimesOf(table).map(
    (
      name,
    ) => `SELECT DISTINCT ${identifier(name)}::date AS day, true AS moved FROM source.${identifier(table)}
      WHERE ${key} IN (SELECT ${key} FROM ${from})`,
  );
}

/**
 * `days` is a SELECT as `daysOf` gives it; `byAccount`: with the account_id of each row. A day that is
 * marked already is written all the same: a refresh that has read the mark then leaves it to the next
 * one, for it may not have seen these rows.
 */
export function markDays(table: string, days: string, byAccount = false): string {
  const accounts = byAccount
    ? `CASE WHEN count(DISTINCT d.account_id) <= ${MOST_ACCOUNTS} THEN array_agg(DISTINCT d.account_id) END`
    : "NULL::text[]";
  return `INSERT INTO bot.dirty AS o (source_table, day, moved, accounts)
    SELECT ${constant(table)}, d.day, bool_or(d.moved), ${accounts}
    FROM (${days}) d WHERE d.day IS NOT NULL GROUP BY d.day ORDER BY d.day
    ON CONFLICT (source_table, day) DO UPDATE SET moved = o.moved OR excluded.moved,
      accounts = CASE WHEN cardinality(o.accounts) + cardinality(excluded.accounts) <= ${MOST_ACCOUNTS}
                      THEN o.accounts || excluded.accounts END`;
}
