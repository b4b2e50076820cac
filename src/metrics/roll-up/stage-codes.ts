/** Small numbers instead of the labels of units, as cells and counts keep them. */
import { z } from "zod";
import type { Database, Sql } from "../../db/index.ts";
import { NO_SEGMENT } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import { BUCKETS } from "../query/unit-query.ts";
import { type CellPass, isByAccount } from "./cell-key.ts";
import { CODES_LOCK } from "./locks.ts";

export const bucketNames = Array.from({ length: BUCKETS }, (_, i) => `b${i}`);

/**
 * New labels get the next codes of their dimension. In a transaction of its own, so that two
 * metrics that are computed at once wait for each other for this moment only.
 */
export async function giveCodes(db: Database, sql: Sql, { group }: CellPass): Promise<void> {
  if (group.length === 0) return;
  const labels = group.map((name) => `('${name}', u."${name}")`);
  const fresh = await sql.rows(
    z.object({ dimension: z.string(), label: z.string() }),
    `SELECT DISTINCT k.dimension, k.label
     FROM (SELECT DISTINCT ${group.map((name) => `"${name}"`).join(", ")} FROM unit_sum) u,
          LATERAL (VALUES ${labels.join(", ")}) k(dimension, label)
     WHERE k.label <> '${NO_SEGMENT}'
     EXCEPT SELECT dimension, label FROM dimension_code`,
  );
  if (fresh.length === 0) return;
  await db.transaction(async (codes) => {
    await codes.run("SELECT pg_advisory_xact_lock($1)", [CODES_LOCK]);
    await codes.run(
      `INSERT INTO bot.dimension_code (dimension, code, label)
       SELECT fresh.dimension,
              (SELECT coalesce(max(k.code), 0) FROM bot.dimension_code k WHERE k.dimension = fresh.dimension)
                + row_number() OVER (PARTITION BY fresh.dimension ORDER BY fresh.label), fresh.label
       FROM unnest($1::text[], $2::text[]) AS fresh(dimension, label)
       WHERE (fresh.dimension, fresh.label) NOT IN (SELECT dimension, label FROM bot.dimension_code)`,
      [fresh.map((row) => row.dimension), fresh.map((row) => row.label)],
    );
  });
}

/**
 * The units with codes instead of labels, as the sets add them up: `coded_sum`. Where accounts are
 * counted, units by account are added up over accounts once, and not once for each set. Gives the
 * relation that has the accounts, if any has.
 */
export async function stageCodes(sql: Sql, metric: Metric, { group }: CellPass): Promise<string> {
  const codes = group.map((name, i) => `coalesce(k${i}.code, 0) AS "${name}"`);
  const joins = group.map(
    (name, i) =>
      `LEFT JOIN dimension_code k${i} ON k${i}.dimension = '${name}' AND k${i}.label = u."${name}"`,
  );
  const account = isByAccount(metric) ? ["u.account_id"] : [];
  const measures = [...measuresOf(metric), "n"];
  const columns = [
    "u.week",
    "u.year",
    ...codes,
    ...account,
    ...measures.map((name) => `u.${name}`),
  ];
  const coded = `SELECT ${columns.join(", ")} FROM unit_sum u ${joins.join(" ")}`;
  if (metric.n === "accounts" || !metric.isCounted) {
    await stage(sql, "coded_sum", coded);
    return "coded_sum";
  }
  await stage(sql, "coded_unit", coded);
  const keys = ["week", "year", ...group.map((name) => `"${name}"`)].join(", ");
  const sums = measures.map((name) => `sum(${name}) AS ${name}`).join(", ");
  await stage(sql, "coded_sum", `SELECT ${keys}, ${sums} FROM coded_unit GROUP BY ${keys}`);
  return "coded_unit";
}

async function stage(sql: Sql, name: string, rows: string): Promise<void> {
  await sql.run(`CREATE TEMP TABLE ${name} ON COMMIT DROP AS ${rows}`);
  await sql.run(`ANALYZE ${name}`);
}

export function measuresOf(metric: Metric): readonly string[] {
  if (metric.values !== undefined) return ["value"];
  return metric.aggregation === "hist" ? bucketNames : ["num", "den"];
}
