/**
 * From which day on accounts and plans are other than the facts say. The facts are compared with
 * the sources and not the marks read: of a plan that ends today the mark tells its beginning too,
 * and of an account nothing tells what happened before it signed up. What the sources say is in
 * `fresh_account`, `fresh_plan` and `fresh_customer`.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";

const firstDay = z.object({ day: z.string().nullable() });

/**
 * The first day with anything of an account that came, went or changed; null: none did. `reads` are
 * the source tables that metrics read.
 */
export async function accountsChangedFrom(
  sql: Sql,
  reads: readonly string[],
): Promise<string | null> {
  await sql.run(`CREATE TEMP TABLE changed_account ON COMMIT DROP AS
    SELECT account_id, d0 FROM (
      (SELECT * FROM facts.account EXCEPT SELECT * FROM fresh_account)
      UNION ALL (SELECT * FROM fresh_account EXCEPT SELECT * FROM facts.account)) x`);
  const [signedUp] = await sql.rows(
    firstDay,
    "SELECT min(d0)::text AS day FROM changed_account WHERE isfinite(d0)",
  );
  const first = signedUp?.day ?? null;
  if (first === null) return null;
  const days = [first, ...(await firstDaysIn(sql, reads))];
  return days.sort()[0] ?? first;
}

/** Of the changed accounts, in each table; whatever its columns of days and instants are called. */
async function firstDaysIn(sql: Sql, tables: readonly string[]): Promise<string[]> {
  const columns = await sql.rows(
    z.object({ table_name: z.string(), days: z.string() }),
    `SELECT c.table_name, string_agg(CASE c.data_type WHEN 'date' THEN format('min(t.%I)', c.column_name)
              ELSE format('source.day_of(min(t.%I))', c.column_name) END, ', ') AS days
     FROM information_schema.columns c
     WHERE c.table_schema = 'source' AND c.table_name = ANY ($1::text[])
       AND c.data_type IN ('date', 'timestamp with time zone')
       AND EXISTS (SELECT FROM information_schema.columns k WHERE k.table_schema = 'source'
                   AND k.table_name = c.table_name AND k.column_name = 'account_id')
     GROUP BY c.table_name`,
    [tables],
  );
  const days: string[] = [];
  for (const { table_name, days: minima } of columns) {
    const [row] = await sql.rows(
      firstDay,
      `SELECT nullif(least(${minima}), '-infinity')::text AS day
       FROM source."${table_name}" t JOIN changed_account USING (account_id)`,
    );
    if (row?.day) days.push(row.day);
  }
  return days;
}

/**
 * The first day whose end finds an account on another plan, or with another MRR. Ranges are compared
 * by their beginnings and ends, so that one that was cut short differs only from there on.
 */
export async function plansChangedFrom(sql: Sql): Promise<string | null> {
  const steps = (from: "facts." | "fresh_"): string => `
    SELECT account_id, tier, status, NULL::numeric AS mrr, 1 AS step, valid_from AS at, from_day AS day FROM ${from}plan
    UNION ALL SELECT account_id, tier, status, NULL, -1, valid_to, to_day + 1 FROM ${from}plan
    UNION ALL SELECT account_id, NULL, NULL, mrr, 1, NULL, from_day FROM ${from}customer
    UNION ALL SELECT account_id, NULL, NULL, mrr, -1, NULL, to_day + 1 FROM ${from}customer`;
  const [row] = await sql.rows(
    firstDay,
    `WITH old AS MATERIALIZED (${steps("facts.")}), new AS MATERIALIZED (${steps("fresh_")})
     SELECT (min(day) - 1)::text AS day FROM (
       (TABLE old EXCEPT ALL TABLE new) UNION ALL (TABLE new EXCEPT ALL TABLE old)) x
     WHERE isfinite(day)`,
  );
  return row?.day ?? null;
}

/**
 * The first day on which users of an account came whose tier at its sign-up is another; null: none
 * is. They may have come before it signed up, on days that no change of plans reaches.
 */
export async function entriesChangedFrom(sql: Sql): Promise<string | null> {
  const entries = (from: "facts." | "fresh_"): string => `
    SELECT a.account_id, a.d0, p.tier FROM ${from}account a
    LEFT JOIN ${from}plan p ON p.account_id = a.account_id AND a.d0 + 1 BETWEEN p.from_day AND p.to_day`;
  const [row] = await sql.rows(
    firstDay,
    `SELECT min(u.first_on)::text AS day FROM facts.first_use u JOIN (
       (${entries("facts.")} EXCEPT ${entries("fresh_")})
       UNION ALL (${entries("fresh_")} EXCEPT ${entries("facts.")})) changed USING (account_id)`,
  );
  return row?.day ?? null;
}
