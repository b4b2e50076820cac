import type { Sql } from "../../db/index.ts";

/** Facts whose rows are of accounts and follow the sources by comparison. */
type ByAccount = "account" | "plan" | "customer" | "member" | "built" | "renewal";

/**
 * What the sources say, read once, into the temporary table `fresh_<name>`. An import may commit at
 * any time: what was not yet there when it was compared must not be written into the facts, or no
 * later comparison would find it, and the cells that it makes stale would stay.
 */
export async function readFresh(sql: Sql, name: ByAccount | "feature"): Promise<void> {
  await sql.run(`CREATE TEMP TABLE fresh_${name} ON COMMIT DROP AS SELECT * FROM exact.${name}`);
  await sql.run(`ANALYZE fresh_${name}`);
}

/** The rows of the accounts of which any row is other than in `fresh_<name>`. */
export async function replaceChanged(sql: Sql, name: ByAccount): Promise<void> {
  await sql.run(`CREATE TEMP TABLE touched_${name} ON COMMIT DROP AS
    SELECT DISTINCT account_id FROM (
      (TABLE facts.${name} EXCEPT ALL TABLE fresh_${name})
      UNION ALL (TABLE fresh_${name} EXCEPT ALL TABLE facts.${name})) x;
    DELETE FROM facts.${name} f USING touched_${name} t WHERE f.account_id = t.account_id;
    INSERT INTO facts.${name} SELECT f.* FROM fresh_${name} f JOIN touched_${name} USING (account_id)`);
}

/** All of them. */
export async function replaceAll(sql: Sql, name: ByAccount): Promise<void> {
  await sql.run(`DELETE FROM facts.${name};
    INSERT INTO facts.${name} SELECT * FROM fresh_${name};
    ANALYZE facts.${name}`);
}
