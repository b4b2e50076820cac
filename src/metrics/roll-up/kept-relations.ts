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

/** Each with the days on which it says otherwise than before: rows of a ChangedSpan. */
const relations = {
  member: {
    table: "users",
    // A user's team holds for all that he did, also before the table came to know him.
    changed: `
      SELECT min(u.first_on) AS first, NULL::date AS last, false AS "isAhead" FROM facts.first_use u JOIN (
        (TABLE facts.member EXCEPT TABLE fresh_member)
        UNION ALL (TABLE fresh_member EXCEPT TABLE facts.member)) changed USING (account_id, user_id)`,
  },
  built: {
    table: "workspace_objects",
    changed: `
      WITH old AS (SELECT account_id, object_id, kind, made AS day, 1 AS by FROM facts.built
                   UNION ALL SELECT account_id, object_id, kind, gone, -1 FROM facts.built),
           new AS (SELECT account_id, object_id, kind, made AS day, 1 AS by FROM fresh_built
                   UNION ALL SELECT account_id, object_id, kind, gone, -1 FROM fresh_built)
      SELECT min(day) AS first, NULL::date AS last, false AS "isAhead" FROM (
        (TABLE old EXCEPT ALL TABLE new) UNION ALL (TABLE new EXCEPT ALL TABLE old)) changed`,
  },
  renewal: {
    table: "renewals",
    // A term is seen before it is due, and not after: whoever decides it changes nothing before he does.
    // Numbers may be given anew, so that terms of one account and day are one thing.
    changed: `
      WITH old AS (SELECT account_id, due_on, ahead_to, -1 AS by FROM facts.renewal),
           new AS (SELECT account_id, due_on, ahead_to, 1 AS by FROM fresh_renewal)
      SELECT CASE WHEN sum(by) = 0 THEN min(ahead_to) ELSE due_on END AS first, max(ahead_to) AS last,
             sum(by) <> 0 AS "isAhead"
      FROM (SELECT account_id, due_on, ahead_to, sum(by) AS by
            FROM (TABLE old UNION ALL TABLE new) each GROUP BY 1, 2, 3 HAVING sum(by) <> 0) changed
      GROUP BY account_id, due_on`,
  },
} as const;

export type KeptRelation = keyof typeof relations;
/** The one whose days are seen before they come. */
export const AHEAD = "renewal" satisfies KeptRelation;
const names: readonly KeptRelation[] = ["member", "built", "renewal"];

const changedSpan = z.object({
  first: z.string(),
  last: z.string().nullable(),
  isAhead: z.boolean(),
});
/** Days on which a relation says otherwise; `last` null: and on all later ones. `isAhead`: they may be seen before they come. */
type ChangedSpan = z.infer<typeof changedSpan>;

export type KeptChanges = Readonly<Partial<Record<KeptRelation, readonly ChangedSpan[]>>>;

/**
 * Brings those up to date whose table is among `tables`, or all, and says on which days each says
 * otherwise. Before the facts of usage are renewed: usage that is new has marks of its own.
 */
export async function renewKept(
  sql: Sql,
  tables: ReadonlySet<string> | "all",
): Promise<KeptChanges> {
  const changes: Partial<Record<KeptRelation, readonly ChangedSpan[]>> = {};
  for (const name of names) {
    const { table, changed } = relations[name];
    if (tables !== "all" && !tables.has(table)) continue;
    await readFresh(sql, name);
    if (tables === "all") await replaceAll(sql, name);
    else {
      changes[name] = await sql.rows(changedSpan, spansSql(changed));
      await replaceChanged(sql, name);
    }
  }
  return changes;
}

/** Views may hold days that never come: no week sees those. */
function spansSql(changed: string): string {
  return `SELECT DISTINCT first::text AS first, last::text AS last, "isAhead"
          FROM (${changed}) c WHERE first <= '9999-12-31'`;
}

/** What the relations that a metric reads say otherwise. */
export function keptDays(metric: Metric, changes: KeptChanges): ChangedSpan[] {
  return names
    .filter((name) => readsFrom(textOf(metric), name))
    .flatMap((name) => changes[name] ?? []);
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
