import type { Sql } from "../../db/index.ts";

/**
 * What the sources say, read once, into the temporary table `fresh_<name>`. An import may commit at
 * any time: what was not yet there when it was compared must not be written into the facts, or no
 * later comparison would find it, and the cells that it makes stale would stay.
 */
export async function readFresh(
  sql: Sql,
  name: "account" | "plan" | "customer" | "feature" | "member" | "built",
): Promise<void> {
  await sql.run(`CREATE TEMP TABLE fresh_${name} ON COMMIT DROP AS SELECT * FROM exact.${name}`);
  await sql.run(`ANALYZE fresh_${name}`);
}
