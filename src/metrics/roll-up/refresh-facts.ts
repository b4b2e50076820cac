/**
 * Brings the facts up to date with the source tables, and takes away the cells that no longer hold.
 * Both in one transaction: a cell that stands is always what the facts say; one that is missing is
 * answered from the facts until it is computed again.
 */
import { z } from "zod";
import type { Database, Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { Catalogue, Metric, MetricSettings } from "../catalogue/index.ts";
import { relationSettings } from "../query/run-windows.ts";
import { addWeeks, weekOf } from "../week.ts";
import { cellWidths } from "./cell-key.ts";

// Two processes must not rebuild the same facts at once.
const FACTS_LOCK = 7_206_111;

/**
 * What an account is holds from the changed day on, for every later week; what happened at a day
 * touches only the windows that reach over it.
 */
const stateTables = new Set([
  "accounts",
  "users",
  "subscription_periods",
  "tiers",
  "channels",
  "campaigns",
  "features",
  "models",
]);

const dirtyRow = z.object({ source_table: z.string(), day: z.string() });
type DirtyDay = z.infer<typeof dirtyRow>;

export interface FactsReport {
  dirtyDays: number;
  /** Weeks whose cells were taken away, added up over metrics. */
  staleCells: number;
}

export async function refreshFacts(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  full: boolean,
): Promise<FactsReport> {
  return db.transaction(
    async (sql) => {
      await sql.run("SELECT pg_advisory_xact_lock($1)", [FACTS_LOCK]);
      const dirty = await sql.rows(
        dirtyRow,
        "DELETE FROM bot.dirty RETURNING source_table, day::text AS day",
      );
      const built = await sql.rows(
        z.object({ built: z.boolean() }),
        "SELECT EXISTS (SELECT FROM facts.account) AS built",
      );
      const empty = !built[0]?.built;
      if (dirty.length === 0 && !empty && !full) return { dirtyDays: 0, staleCells: 0 };
      await rebuildStates(sql);
      if (empty) await fillUsage(sql);
      else await rebuildUsage(sql, full ? null : changedUsageDays(dirty));
      const staleCells =
        empty || full
          ? await sql.run("DELETE FROM bot.cell")
          : await dropStaleCells(sql, settings, catalogue, dirty);
      return { dirtyDays: dirty.length, staleCells };
    },
    { settings: relationSettings("exact", settings) },
  );
}

/** Accounts, plans and customers are small: they are compared by being written anew. */
async function rebuildStates(sql: Sql): Promise<void> {
  for (const name of ["account", "plan", "customer"]) {
    await sql.run(`DELETE FROM facts.${name}`);
    await sql.run(`INSERT INTO facts.${name} SELECT * FROM exact.${name}`);
    await sql.run(`ANALYZE facts.${name}`);
  }
}

/** The days whose usage changed; null for all, since a feature's own row may change every day. */
function changedUsageDays(dirty: readonly DirtyDay[]): string[] | null {
  if (dirty.some((mark) => mark.source_table === "features")) return null;
  return dirty.filter((mark) => mark.source_table === "usage_daily").map((mark) => mark.day);
}

/** The first filling: the indexes come after the rows, which takes a third of the time. */
async function fillUsage(sql: Sql): Promise<void> {
  await sql.run(`ALTER TABLE facts.usage_day DROP CONSTRAINT usage_day_key;
    DROP INDEX facts.usage_day_core;
    TRUNCATE facts.usage_day, facts.first_use;
    INSERT INTO facts.usage_day SELECT * FROM exact.usage_day;
    ALTER TABLE facts.usage_day ADD CONSTRAINT usage_day_key PRIMARY KEY (account_id, day);
    CREATE INDEX usage_day_core ON facts.usage_day (day, account_id) WHERE core_events > 0;
    INSERT INTO facts.first_use SELECT * FROM exact.first_use;
    ANALYZE facts.usage_day, facts.first_use`);
}

async function rebuildUsage(sql: Sql, days: string[] | null): Promise<void> {
  if (days?.length === 0) return;
  const [where, values] = days === null ? ["", []] : ["WHERE day = ANY ($1::date[])", [days]];
  await sql.run(`DELETE FROM facts.usage_day ${where}`, values);
  await sql.run(`INSERT INTO facts.usage_day SELECT * FROM exact.usage_day ${where}`, values);
  await sql.run("DELETE FROM facts.first_use");
  await sql.run("INSERT INTO facts.first_use SELECT * FROM exact.first_use");
  await sql.run("ANALYZE facts.usage_day, facts.first_use");
}

async function dropStaleCells(
  sql: Sql,
  settings: MetricSettings,
  catalogue: Catalogue,
  dirty: readonly DirtyDay[],
): Promise<number> {
  let dropped = 0;
  for (const metric of catalogue.metrics) {
    for (const width of cellWidths(metric)) {
      const { weeks, from } = staleWeeks(metric, width, settings, dirty);
      if (weeks.length === 0 && from === null) continue;
      dropped += await sql.run(
        `DELETE FROM bot.cell WHERE metric = $1 AND grain = 'week' AND window_weeks = $2
         AND (period = ANY ($3::date[]) OR period >= $4::date)`,
        [metric.id, width, weeks, from],
      );
    }
  }
  return dropped;
}

/** The weeks whose windows a dirty day lies in, and the week from which all are stale. */
function staleWeeks(
  metric: Metric,
  width: number,
  settings: MetricSettings,
  dirty: readonly DirtyDay[],
): { weeks: WeekStart[]; from: WeekStart | null } {
  const weekOfDay = (day: string): WeekStart =>
    weekOf(Temporal.PlainDate.from(day), settings.weekStarts);
  const [from = null] = dirty
    .filter((mark) => stateTables.has(mark.source_table))
    .map((mark) => weekOfDay(mark.day))
    .sort();
  // The window of week W begins lag + width - 1 weeks before it.
  const reach = Array.from({ length: width + metric.lag }, (_, later) => later);
  const weeks = dirty
    .filter((mark) => metric.reads.includes(mark.source_table))
    .flatMap((mark) => reach.map((later) => addWeeks(weekOfDay(mark.day), later)))
    .filter((week) => from === null || week < from);
  return { weeks: [...new Set(weeks)].sort(), from };
}
