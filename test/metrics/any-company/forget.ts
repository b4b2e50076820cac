/** What was known by a day. */
import { z } from "zod";
import type { Database } from "../../../src/db/index.ts";
import { eventTimes, plannedTables } from "../../../src/ingest/event-times.ts";
import type { MetricSettings } from "../../../src/metrics/catalogue/index.ts";

/** Those that may be before the account that came of them. */
const beforeAccounts = new Set(["accounts", "leads", "opportunities"]);

/**
 * Random rows made plausible: of an account nothing is dated before its sign-up, nothing ends before
 * it begins, and what is referred to was there. Else a row of March would go with an account of May.
 */
export async function settle(db: Database): Promise<void> {
  for (const [table, [first, ...others]] of Object.entries(eventTimes)) {
    if (first === undefined) continue;
    for (const other of others)
      await db.run(`UPDATE source."${table}" SET ${other} = NULL WHERE ${other} < ${first}`);
    const [row] = await db.rows(
      z.object({ has: z.boolean() }),
      `SELECT EXISTS (SELECT FROM information_schema.columns
         WHERE table_schema = 'source' AND table_name = $1 AND column_name = 'account_id') AS has`,
      [table],
    );
    if (row?.has && !beforeAccounts.has(table))
      await db.run(
        `DELETE FROM source."${table}" t USING source.accounts c
         WHERE c.account_id = t.account_id AND t.${first} < c.signed_up_at`,
      );
  }
  // An incident that was over and begins anew elsewhere moves to the week of its new end, as a ticket
  // does that is opened again: that is meant, and would show here.
  await db.run(
    `DELETE FROM source.incidents i USING source.incidents o
     WHERE o.incident_id = i.incident_id AND i.started_at > o.resolved_at`,
  );
  await db.run(
    `DELETE FROM source.opportunities o USING source.leads l
     WHERE l.lead_id = o.lead_id AND o.created_at < l.created_at`,
  );
  await db.run(
    `DELETE FROM source.usage_daily d USING source.users u
     WHERE (u.account_id, u.user_id) = (d.account_id, d.user_id) AND d.usage_date < u.created_at`,
  );
}

/** Takes away all that is dated on the day or later, in the reporting zone. */
export async function forgetFrom(
  db: Database,
  settings: MetricSettings,
  day: string,
): Promise<void> {
  await db.transaction(
    async (sql) => {
      for (const [table, [first, ...others]] of Object.entries(eventTimes)) {
        if (first === undefined || table === "targets") continue;
        const isLater = (column: string) => `source.day_of(${column}) >= $1::date`;
        if (!plannedTables.has(table))
          await sql.run(`DELETE FROM source."${table}" WHERE ${isLater(first)}`, [day]);
        for (const other of others)
          await sql.run(`UPDATE source."${table}" SET ${other} = NULL WHERE ${isLater(other)}`, [
            day,
          ]);
      }
    },
    { settings: { "kpi.tz": settings.timeZone } },
  );
}
