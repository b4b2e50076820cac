/**
 * From which day on accounts and plans are other than the facts say. The facts are compared with
 * the sources and not the marks read: of a plan that ends today the mark tells its beginning too,
 * and of an account nothing tells what happened before it signed up. What the sources say is in
 * `fresh_account`, `fresh_plan` and `fresh_customer`.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { accountDimensions } from "../catalogue/definition.ts";

const firstDay = z.object({ day: z.string().nullable() });

/** What every unit of an account depends on, whatever a metric's SQL names. */
const ofEveryUnit = ["account_id", "d0", "signed_up_at", "is_internal", ...accountDimensions];

export interface AccountChanges {
  /** The first day with anything of an account that came or went, or is counted otherwise; null: none. */
  signedUpFrom: string | null;
  /** The first day with a row of such an account, by source table. */
  rowsFrom: ReadonlyMap<string, string>;
  /** Of accounts that are counted as before, the columns that are other. */
  columns: readonly ChangedColumn[];
}

/** Matters to the metrics that name it. */
export interface ChangedColumn {
  column: string;
  /** Of an event of the account: the first day on which it is there, or was; null: it has no time. */
  from: string | null;
  /** All events of the accounts, old and new. */
  days: readonly string[];
}

/** `reads` are the source tables that metrics read. */
export async function accountChanges(sql: Sql, reads: readonly string[]): Promise<AccountChanges> {
  const same = ofEveryUnit.map((name) => `o."${name}" IS NOT DISTINCT FROM n."${name}"`);
  // d0 is also of what an account no longer says of itself, such as a payment before its sign-up.
  await sql.run(`CREATE TEMP TABLE changed_account ON COMMIT DROP AS
    SELECT account_id, least(o.d0, n.d0, source.day_of(least(
             o.first_value_at, o.activated_at, o.pql_at, o.first_paid_at))) AS d0, o, n, NOT (${same.join(" AND ")}) AS is_moved
    FROM facts.account o FULL JOIN fresh_account n USING (account_id) WHERE o IS DISTINCT FROM n`);
  return { ...(await movedFrom(sql, reads)), columns: await changedColumns(sql) };
}

/** Of the accounts in `changed_account` (account_id, d0, is_moved) those that moved. */
export async function movedFrom(
  sql: Sql,
  reads: readonly string[],
): Promise<Omit<AccountChanges, "columns">> {
  const [signedUp] = await sql.rows(
    firstDay,
    "SELECT min(d0)::text AS day FROM changed_account WHERE is_moved AND isfinite(d0)",
  );
  const signedUpFrom = signedUp?.day ?? null;
  return {
    signedUpFrom,
    rowsFrom: signedUpFrom === null ? new Map() : await firstDaysIn(sql, reads),
  };
}

/** Of accounts that signed up as before, in the same segments. */
async function changedColumns(sql: Sql): Promise<ChangedColumn[]> {
  const columns = await sql.rows(
    z.object({ name: z.string(), is_event: z.boolean() }),
    `SELECT column_name AS name, data_type = 'timestamp with time zone' AS is_event
     FROM information_schema.columns WHERE table_schema = 'facts' AND table_name = 'account'`,
  );
  const events = columns.filter(({ is_event }) => is_event).map(({ name }) => name);
  const instants = events.flatMap((name) => [`(o)."${name}"`, `(n)."${name}"`]);
  const changed = columns
    .filter(({ name }) => !ofEveryUnit.includes(name))
    .map(({ name, is_event }) => {
      const [old, fresh] = [`(o)."${name}"`, `(n)."${name}"`];
      return `SELECT '${name}' AS column,
          ${is_event ? `CASE WHEN isfinite(min(least(${old}, ${fresh}))) THEN source.day_of(min(least(${old}, ${fresh}))) END::text` : "NULL"} AS from,
          array_agg(DISTINCT source.day_of(at)::text) FILTER (WHERE isfinite(at)) AS days
        FROM changed_account, unnest(ARRAY[${instants.join(", ")}]) at
        WHERE NOT is_moved AND ${old} IS DISTINCT FROM ${fresh} HAVING count(*) > 0`;
    });
  return sql.rows(
    z.object({
      column: z.string(),
      from: z.string().nullable(),
      days: z
        .array(z.string())
        .nullable()
        .transform((days) => days ?? []),
    }),
    changed.join(" UNION ALL "),
  );
}

/**
 * Of the accounts that are counted otherwise, in each table, whatever its columns of days and instants
 * are called. Of usage, the largest, the facts know each account's first day: what came since is marked.
 */
async function firstDaysIn(sql: Sql, tables: readonly string[]): Promise<Map<string, string>> {
  const columns = await sql.rows(
    z.object({ table_name: z.string(), days: z.string() }),
    `SELECT c.table_name, string_agg(CASE c.data_type WHEN 'date' THEN format('min(t.%I)', c.column_name)
              ELSE format('source.day_of(min(t.%I))', c.column_name) END, ', ') AS days
     FROM information_schema.columns c
     WHERE c.table_schema = 'source' AND c.table_name = ANY ($1::text[]) AND c.table_name <> 'usage_daily'
       AND c.data_type IN ('date', 'timestamp with time zone')
       AND EXISTS (SELECT FROM information_schema.columns k WHERE k.table_schema = 'source'
                   AND k.table_name = c.table_name AND k.column_name = 'account_id')
     GROUP BY c.table_name`,
    [tables],
  );
  const days = new Map<string, string>();
  const sources = columns.map(({ table_name: table, days: minima }) => ({
    table,
    rows: `source."${table}"`,
    minima,
  }));
  const usage = { table: "usage_daily", rows: "facts.usage_from", minima: "min(t.day)" };
  for (const { table, rows, minima } of [...sources, usage]) {
    const [row] = await sql.rows(
      firstDay,
      `SELECT nullif(least(${minima}), 'infinity')::text AS day
       FROM ${rows} t JOIN changed_account USING (account_id) WHERE is_moved`,
    );
    if (row?.day) days.set(table, row.day);
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
