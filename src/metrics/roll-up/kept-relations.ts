/**
 * Relations that the facts keep as a source table said them, to be compared with what it says now.
 * A mark tells all days of a row that changed, and not which of them did: of a workflow that is
 * archived today also the day, years ago, on which it was made.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Metric } from "../catalogue/index.ts";
import { readsFrom } from "../catalogue/reads-faults.ts";
import { addWeeks } from "../week.ts";
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
  renewal: {
    table: "renewals",
    // What lies ahead is seen before its day. Who decides changes nothing before he does.
    changedFrom: `
      WITH changed AS (
        SELECT o.due_on AS old_due, n.due_on AS new_due, least(o.ahead_to, n.ahead_to) AS decided
        FROM facts.renewal o FULL JOIN fresh_renewal n USING (account_id, renewal_id)
        WHERE (o.due_on, o.ahead_to) IS DISTINCT FROM (n.due_on, n.ahead_to))
      SELECT (min(decided) FILTER (WHERE old_due = new_due))::text AS day,
             (min(least(old_due, new_due)) FILTER (WHERE old_due IS DISTINCT FROM new_due))::text AS ahead
      FROM changed`,
  },
} as const;

export type KeptRelation = keyof typeof relations;
const names: readonly KeptRelation[] = ["member", "built", "renewal"];

const firstDays = z.object({
  day: z.string().nullable(),
  ahead: z.string().nullable().default(null),
});
/**
 * The first day from which on a relation says otherwise, and the first that may be seen before it comes of
 * which it does; null: none.
 */
type FirstDays = z.infer<typeof firstDays>;

export type KeptChanges = Readonly<Partial<Record<KeptRelation, FirstDays>>>;

/**
 * Brings those up to date whose table is among `tables`, or all, and says from which day on each
 * differs. Before the facts of usage are renewed: usage that is new has marks of its own.
 */
export async function renewKept(
  sql: Sql,
  tables: ReadonlySet<string> | "all",
): Promise<KeptChanges> {
  const changes: Partial<Record<KeptRelation, FirstDays>> = {};
  for (const name of names) {
    const { table, changedFrom } = relations[name];
    if (tables !== "all" && !tables.has(table)) continue;
    await readFresh(sql, name);
    if (tables === "all") await replaceAll(sql, name);
    else {
      const [first] = await sql.rows(firstDays, changedFrom);
      if (first !== undefined) changes[name] = first;
      await replaceChanged(sql, name);
    }
  }
  return changes;
}

/** The days from which on what the relations say makes a metric other. */
export function keptDays(metric: Metric, changes: KeptChanges): string[] {
  return names
    .filter((name) => readsFrom(textOf(metric), name))
    .map((name) => changes[name])
    .flatMap((first) => [
      ...(first?.day ? [first.day] : []),
      ...(first?.ahead ? [addWeeks(first.ahead, -metric.lookahead)] : []),
    ]);
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
