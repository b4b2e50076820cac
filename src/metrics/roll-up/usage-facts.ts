/** The facts of usage: renewed for the accounts and days that were touched, or filled from nothing. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";

/** The first filling: the indexes come after the rows, which takes a third of the time. */
export async function fillUsage(sql: Sql): Promise<void> {
  await sql.run(`ALTER TABLE facts.usage_day DROP CONSTRAINT usage_day_key;
    DROP INDEX facts.usage_day_core;
    TRUNCATE facts.usage_day, facts.first_use, facts.usage_from;
    INSERT INTO facts.usage_day SELECT * FROM exact.usage_day;
    ALTER TABLE facts.usage_day ADD CONSTRAINT usage_day_key PRIMARY KEY (account_id, day);
    CREATE INDEX usage_day_core ON facts.usage_day (day, account_id) WHERE core_events > 0;
    INSERT INTO facts.first_use SELECT * FROM exact.first_use;
    ${FILL_FROM};
    ANALYZE facts.usage_day, facts.first_use`);
}

const FILL_FROM = `INSERT INTO facts.usage_from AS s
  SELECT account_id, min(usage_date) FROM source.usage_daily GROUP BY account_id`;

/** All of them, while others read what stood before. */
export async function rebuildUsage(sql: Sql): Promise<void> {
  for (const name of ["usage_day", "first_use"]) {
    await sql.run(`DELETE FROM facts.${name}`);
    await sql.run(`INSERT INTO facts.${name} SELECT * FROM exact.${name}`);
  }
  await sql.run(
    `DELETE FROM facts.usage_from; ${FILL_FROM}; ANALYZE facts.usage_day, facts.first_use`,
  );
}

/** Days of usage: of all accounts, and others of some of them. Each day once. */
export interface TouchedUsage {
  days: readonly string[];
  pairs: readonly { day: string; account: string }[];
}

/** The usage of these days and first uses that rest on them. */
export async function renewUsage(sql: Sql, { days, pairs }: TouchedUsage): Promise<void> {
  if (days.length + pairs.length === 0) return;
  await sql.run("CREATE TEMP TABLE touched_day (day date PRIMARY KEY) ON COMMIT DROP");
  await sql.run("INSERT INTO touched_day SELECT unnest($1::date[])", [days]);
  await sql.run(
    "CREATE TEMP TABLE touched_pair (account_id text, day date, PRIMARY KEY (account_id, day)) ON COMMIT DROP",
  );
  await sql.run(`INSERT INTO touched_pair SELECT DISTINCT * FROM unnest($1::text[], $2::date[])`, [
    pairs.map(({ account }) => account),
    pairs.map(({ day }) => day),
  ]);
  await sql.run("ANALYZE touched_day, touched_pair");
  await renewDays(sql);
  await renewFirstUses(sql);
}

/** With the first day of each account. */
async function renewDays(sql: Sql): Promise<void> {
  await sql.run(`DELETE FROM facts.usage_day WHERE day = ANY (ARRAY(SELECT day FROM touched_day));
    DELETE FROM facts.usage_day d USING touched_pair t WHERE d.account_id = t.account_id AND d.day = t.day;
    INSERT INTO facts.usage_day SELECT * FROM exact.usage_day WHERE day = ANY (ARRAY(SELECT day FROM touched_day));
    INSERT INTO facts.usage_from AS s
    SELECT account_id, min(usage_date) FROM ${TOUCHED} u GROUP BY account_id
    ON CONFLICT (account_id) DO UPDATE SET day = excluded.day WHERE s.day > excluded.day;
    INSERT INTO facts.usage_day
    -- OFFSET 0 keeps it a look-up for each: joined with the view, all of usage would be added up first.
    SELECT u.* FROM touched_pair t,
      LATERAL (SELECT * FROM exact.usage_day x WHERE x.account_id = t.account_id AND x.day = t.day OFFSET 0) u`);
}

/** The rows of usage that stand in the sources now. */
const TOUCHED = `(SELECT * FROM source.usage_daily WHERE usage_date = ANY (ARRAY(SELECT day FROM touched_day))
  UNION ALL
  SELECT x.* FROM touched_pair t JOIN source.usage_daily x ON x.account_id = t.account_id AND x.usage_date = t.day)`;

/** As `exact.first_use` has it, of these rows alone: a view adds up all of usage before it is joined. */
const firstUsesOf = (rows: string): string => `
    SELECT u.account_id, u.user_id, min(u.usage_date) AS first_on,
           min(u.usage_date) FILTER (WHERE f.is_core) AS first_core_on
    FROM ${rows} u LEFT JOIN source.features f USING (feature_id)
    WHERE u.event_count > 0
    GROUP BY u.account_id, u.user_id`;

/**
 * A first use that still stands on its touched day stays, one that a touched day now precedes moves
 * there, and only users whose first use is gone from its day are looked up in all of their usage.
 */
async function renewFirstUses(sql: Sql): Promise<void> {
  await sql.run(`CREATE TEMP TABLE use_there ON COMMIT DROP AS ${firstUsesOf(TOUCHED)}`);
  const gone = (stood: string): string => `(n.${stood} IS NULL OR n.${stood} > s.${stood}) AND (
      s.${stood} IN (SELECT day FROM touched_day) OR (s.account_id, s.${stood}) IN (TABLE touched_pair))`;
  await sql.run(`CREATE TEMP TABLE use_gone ON COMMIT DROP AS
    SELECT s.account_id, s.user_id FROM facts.first_use s LEFT JOIN use_there n USING (account_id, user_id)
    WHERE (${gone("first_on")}) OR (${gone("first_core_on")})`);
  await sql.run(`INSERT INTO facts.first_use AS s SELECT * FROM use_there
    ON CONFLICT (account_id, user_id) DO UPDATE
    SET first_on = least(s.first_on, excluded.first_on), first_core_on = least(s.first_core_on, excluded.first_core_on)
    WHERE s.first_on > excluded.first_on OR s.first_core_on IS NULL OR s.first_core_on > excluded.first_core_on`);
  const [row] = await sql.rows(
    z.object({ any: z.boolean() }),
    "SELECT EXISTS (SELECT FROM use_gone) AS any",
  );
  if (row?.any !== true) return;
  await sql.run(`DELETE FROM facts.first_use s USING use_gone g WHERE (s.account_id, s.user_id) = (g.account_id, g.user_id);
    INSERT INTO facts.first_use ${firstUsesOf("(SELECT x.* FROM use_gone JOIN source.usage_daily x USING (account_id, user_id))")}`);
}
