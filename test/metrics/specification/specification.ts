/** What the specification says of its metrics: worked examples, and the SQL that each must equal. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Database, Sql } from "../../../src/db/index.ts";
import type { MetricSettings } from "../../../src/metrics/catalogue/index.ts";
import { addWeeks, type WeekStart } from "../../../src/metrics/index.ts";

function here(file: string): string {
  return readFileSync(path.join(import.meta.dirname, file), "utf8");
}

const rows = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

/** `b` is the end of the window, `k` its weeks; what has a window of its own has a word for k. */
export const exampleSchema = z.object({
  id: z.string(),
  title: z.string(),
  b: z.string(),
  tz: z.string(),
  rows,
  expect: z.array(
    z.object({
      metric: z.string(),
      k: z.union([z.number(), z.string()]),
      num: z.number().nullable(),
      den: z.number().nullable(),
      value: z.number().nullable(),
    }),
  ),
});

export const examples = z
  .object({ base_rows: rows, examples: z.array(exampleSchema) })
  .parse(parse(here("examples.yaml")));

/** By metric, for one window from day :a to day :b; none of what is asked with a target, or computed from others. */
export const specifiedSql: Readonly<Record<string, string>> = z
  .record(z.string(), z.string())
  .parse(parse(here("sql.yaml")));

/**
 * The views and functions that the SQL is written over, in the schema `spec`. Primary lines that
 * overlap are no company's that the specification knows, and it would count their account twice: of
 * them the later one holds (docs/adr/0004-metrics.md).
 */
export async function createSpecification(db: Database): Promise<void> {
  await db.run(
    `CREATE SCHEMA spec; SET search_path = spec, source; ${here("relations.sql")};
     CREATE OR REPLACE FUNCTION plan_at(d date)
     RETURNS TABLE(account_id text, tier text, tier_rank int, is_paid boolean, status text)
     STABLE LANGUAGE sql AS $$
       SELECT p.account_id, p.tier, t.tier_rank, t.is_paid, p.status
       FROM exact.plan p JOIN acct USING (account_id) JOIN tiers t USING (tier)
       WHERE d BETWEEN p.from_day AND p.to_day $$;
     SET search_path = bot, source, public`,
  );
}

/** Runs `read` where `specifiedFigures` finds its relations. */
export function inSpecification<T>(
  db: Database,
  { timeZone }: MetricSettings,
  asOf: string,
  read: (sql: Sql) => Promise<T>,
): Promise<T> {
  const settings = { search_path: "spec, source", "kpi.tz": timeZone, "kpi.as_of": asOf };
  return db.transaction(read, { readOnly: true, settings });
}

/** What the specification gives as a query of its own, to be put in front. */
function withRelations(sql: string): string {
  return /\bFROM early_warning\b/.test(sql)
    ? `WITH early_warning AS (\n${here("early_warning.sql")}\n)\n${sql}`
    : sql;
}

const figures = z.object({
  num: z.coerce.number().nullable(),
  den: z.coerce.number().nullable(),
  value: z.coerce.number().nullable(),
  n: z.coerce.number().nullable(),
});

/** What the specification's SQL gives for the window of `width` weeks that ends with `week`. */
export function specifiedFigures(
  sql: Sql,
  metric: string,
  week: WeekStart,
  width: number,
): Promise<z.infer<typeof figures>> {
  const b = addWeeks(week, 1);
  return specifiedBetween(sql, metric, addWeeks(b, -width), b);
}

/** The same for the days from `a` to `b`, b excluded, which need not be weeks. */
export async function specifiedBetween(
  sql: Sql,
  metric: string,
  a: string,
  b: string,
): Promise<z.infer<typeof figures>> {
  const text = withRelations(specifiedSql[metric] ?? "")
    .replace(/(?<!:):a\b/g, `date '${a}'`)
    .replace(/(?<!:):b\b/g, `date '${b}'`);
  const [found] = await sql.rows(figures, text);
  const { num = null, den = null, value = null, n = null } = found ?? {};
  // Where a query gives null for these, 0 is to be read (METRICS.md 1.4).
  return { num: num ?? 0, den: den ?? 0, value, n: n ?? 0 };
}
