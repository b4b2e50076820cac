/**
 * Relations that the facts keep as a source table said them, to be compared with what it says now.
 * A mark tells all days of a row that changed, and not which of them did: of a workflow that is
 * archived today also the day, years ago, on which it was made.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Metric } from "../catalogue/index.ts";
import { readsFrom } from "../catalogue/reads-faults.ts";
import { readFresh, replaceAll, replaceChanged } from "./read-fresh.ts";

const relations = {
  member: {
    table: "users",
    // A user's team holds for all that he did, also before the table came to know him.
    changedFrom: `
      SELECT min(u.first_on)::text AS day FROM facts.first_use u JOIN (
        (TABLE facts.member EXCEPT TABLE fresh_member)
        UNION ALL (TABLE fresh_member EXCEPT TABLE facts.member)) changed USING (account_id, user_id)`,
  },
  built: {
    table: "workspace_objects",
    changedFrom: `
      WITH old AS (SELECT account_id, object_id, kind, made AS day, 1 AS by FROM facts.built
                   UNION ALL SELECT account_id, object_id, kind, gone, -1 FROM facts.built),
           new AS (SELECT account_id, object_id, kind, made AS day, 1 AS by FROM fresh_built
                   UNION ALL SELECT account_id, object_id, kind, gone, -1 FROM fresh_built)
      SELECT min(day)::text AS day FROM (
        (TABLE old EXCEPT ALL TABLE new) UNION ALL (TABLE new EXCEPT ALL TABLE old)) changed
      WHERE isfinite(day)`,
  },
} as const;

export type KeptRelation = keyof typeof relations;
const names: readonly KeptRelation[] = ["member", "built"];

/** The first day from which on a relation says otherwise; absent or null: none. */
export type KeptChanges = Readonly<Partial<Record<KeptRelation, string | null>>>;

/**
 * Brings those up to date whose table is among `tables`, or all, and says from which day on each
 * differs. Before the facts of usage are renewed: usage that is new has marks of its own.
 */
export async function renewKept(
  sql: Sql,
  tables: ReadonlySet<string> | "all",
): Promise<KeptChanges> {
  const changes: Partial<Record<KeptRelation, string | null>> = {};
  for (const name of names) {
    const { table, changedFrom } = relations[name];
    if (tables !== "all" && !tables.has(table)) continue;
    await readFresh(sql, name);
    if (tables === "all") await replaceAll(sql, name);
    else {
      changes[name] = await firstDay(sql, changedFrom);
      await replaceChanged(sql, name);
    }
  }
  return changes;
}

async function firstDay(sql: Sql, query: string): Promise<string | null> {
  const [row] = await sql.rows(z.object({ day: z.string().nullable() }), query);
  return row?.day ?? null;
}

/** The days from which on the relations that a metric reads say otherwise. */
export function keptDays(metric: Metric, changes: KeptChanges): string[] {
  return names
    .filter((name) => readsFrom(textOf(metric), name))
    .map((name) => changes[name] ?? null)
    .filter((day) => day !== null);
}

/** Whether a metric reads a table through a relation alone, whose comparison says more than marks. */
export function isReadAsKept(metric: Metric, table: string): boolean {
  const text = textOf(metric);
  return (
    !readsFrom(text, table) &&
    names.some((name) => relations[name].table === table && readsFrom(text, name))
  );
}

function textOf({ shared = "", sql }: Metric): string {
  return `${shared}\n${sql}`;
}
