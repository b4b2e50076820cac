/** Views of which a week can only be read by going through all of a large table of the user's. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { eventTimesOf } from "../event-times.ts";
import { identifier } from "../sql-text.ts";
import { SOURCE_SCHEMA } from "../table-shape.ts";

export interface UnindexedView {
  table: string;
  /** The event time by which metrics read it. */
  time: string;
  /** What is gone through, and how many rows it has. */
  scanned: string;
  rows: number;
}

/** A smaller table is gone through as fast as its index would be. */
const LARGE_ROWS = 10_000;

interface Plan {
  "Node Type": string;
  Schema?: string | undefined;
  "Relation Name"?: string | undefined;
  Plans?: Plan[] | undefined;
}
const planSchema: z.ZodType<Plan> = z.object({
  "Node Type": z.string(),
  Schema: z.string().optional(),
  "Relation Name": z.string().optional(),
  Plans: z.array(z.lazy(() => planSchema)).optional(),
});
const explained = z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: planSchema })]) });

/** The database is asked how it would read one week; nothing is read. */
export async function unindexedViews(sql: Sql): Promise<UnindexedView[]> {
  const views = await sql.rows(
    z.object({ source_table: z.string() }),
    `SELECT v.source_table FROM bot.source_view v
     JOIN pg_views p ON p.schemaname = '${SOURCE_SCHEMA}' AND p.viewname = v.source_table ORDER BY 1`,
  );
  const found: UnindexedView[] = [];
  for (const { source_table: table } of views) {
    const [time] = eventTimesOf(table);
    if (time === undefined) continue;
    const [plan] = await sql.rows(
      explained,
      `EXPLAIN (VERBOSE, FORMAT JSON) SELECT * FROM ${SOURCE_SCHEMA}.${identifier(table)} t
       WHERE t.${identifier(time)} >= source.day_of(now()) - 70 AND t.${identifier(time)} < source.day_of(now()) - 63`,
    );
    for (const scanned of plan === undefined ? [] : scansOf(plan["QUERY PLAN"][0].Plan)) {
      const rows = await rowsOf(sql, scanned);
      if (rows >= LARGE_ROWS) found.push({ table, time, scanned, rows });
    }
  }
  return found;
}

function scansOf(plan: Plan): string[] {
  const own =
    plan["Node Type"] === "Seq Scan" && plan["Relation Name"] !== undefined
      ? [[plan.Schema, plan["Relation Name"]].filter((part) => part !== undefined).join(".")]
      : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansOf)];
}

async function rowsOf(sql: Sql, table: string): Promise<number> {
  const [row] = await sql.rows(
    z.object({ rows: z.number() }),
    "SELECT greatest(reltuples, 0)::bigint AS rows FROM pg_class WHERE oid = to_regclass($1)",
    [table],
  );
  return row?.rows ?? 0;
}
