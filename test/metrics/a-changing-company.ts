/** A company of twenty weeks as random rows of all source tables that the metrics read. */
import fc from "fast-check";
import type { Database } from "../../src/db/index.ts";
import { eventTimesOf } from "../../src/ingest/event-times.ts";
import { markChanged, markDirty } from "../../src/ingest/mark-dirty.ts";
import type { MetricSettings } from "../../src/metrics/catalogue/index.ts";
import { keys, rowOf } from "./changing/rows.ts";

/** A row as it stands after the change; of a removed one its key is enough. */
export interface RowChange {
  table: string;
  remove: boolean;
  row: Readonly<Record<string, unknown>>;
}

/** Rows of these stand behind those of others, and cannot go. */
const referenced = new Set(["channels", "campaigns"]);

/** What the rows of others refer to, before all else. */
export const referredRows = {
  tiers: [
    { tier: "free", tier_rank: 0, is_paid: false },
    { tier: "pro", tier_rank: 1, is_paid: true },
    { tier: "enterprise", tier_rank: 2, is_paid: true },
  ],
  channels: [
    { channel: "direct", is_organic: true },
    { channel: "paid", is_organic: false },
  ],
  campaigns: [{ campaign_id: "none", kind: "other", channel: "direct" }],
  features: [{ feature_id: "steady", category: "core", is_core: true, ga_on: "2023-01-01" }],
};

function changeOf(table: string): fc.Arbitrary<RowChange> {
  return fc.record({
    table: fc.constant(table),
    remove: fc.integer({ min: 0, max: 3 }).map((i) => i === 0 && !referenced.has(table)),
    row: rowOf[table] ?? fc.constant({}),
  });
}

function changesOf(...tables: string[]): fc.Arbitrary<RowChange[]> {
  const change = fc.constantFrom(...tables).chain(changeOf);
  return fc.array(change, { minLength: 1, maxLength: 5 });
}

/** What an account that is known comes to, or is found not to have come to. */
const milestones: fc.Arbitrary<RowChange[]> = fc.array(
  fc
    .tuple<[RowChange["row"], string]>(
      rowOf.accounts ?? fc.constant({}),
      fc.constantFrom(...eventTimesOf("accounts").slice(1)),
    )
    .map(([{ account_id, ...row }, column]) => ({
      table: "accounts",
      remove: false,
      row: { account_id, [column]: row[column] ?? null },
    })),
  { minLength: 1, maxLength: 5 },
);

/**
 * What comes in before each refresh: new, late and corrected rows, and rows that go. By
 * kind, since an account's change renews nearly all weeks and would hide what another has missed.
 */
export const someBatches: fc.Arbitrary<RowChange[][]> = fc
  .tuple(
    changesOf("usage_daily", "surveys", "revenue_daily", "telemetry_hourly"),
    changesOf("capacity_hourly", "tickets", "escalations", "cs_activities", "renewals"),
    changesOf("workspace_objects", "customer_outcomes", "metric_observations"),
    changesOf("leads", "opportunities", "marketing_daily", "users"),
    changesOf("journey_runs", "releases"),
    changesOf("incidents"),
    changesOf("features", "service_regions", "models", "campaigns", "channels"),
    changesOf("subscription_periods"),
    changesOf("accounts"),
    milestones,
  )
  .chain((batches) => fc.shuffledSubarray(batches, { minLength: batches.length }));

/** A whole company, as rows that only come. */
export const aCompany: fc.Arbitrary<RowChange[]> = fc
  .tuple(
    ...Object.entries({
      accounts: 24,
      subscription_periods: 40,
      usage_daily: 160,
      surveys: 60,
      tickets: 60,
      capacity_hourly: 60,
      incidents: 9,
      service_regions: 3,
      channels: 2,
      campaigns: 2,
      marketing_daily: 60,
      leads: 60,
      opportunities: 30,
      users: 40,
      escalations: 40,
      cs_activities: 50,
      renewals: 30,
      workspace_objects: 60,
      customer_outcomes: 40,
      metric_observations: 20,
      models: 6,
      journey_runs: 60,
      releases: 12,
    }).map(([table, size]) => rowsOf(table, size)),
    ...["revenue_daily", "telemetry_hourly"].map((table) => rowsOf(table, 80)),
    rowsOf("features", 3),
  )
  .map((rows) => rows.flat());

function rowsOf(table: string, size: number): fc.Arbitrary<RowChange[]> {
  const row = rowOf[table] ?? fc.constant({});
  return fc
    .array(row, { minLength: size, maxLength: size, size: "max" })
    .map((rows) => rows.map((each) => ({ table, remove: false, row: each })));
}

/** Into empty tables; of rows of one key the first stays. Before the first refresh no marks matter. */
export async function putCompany(db: Database, company: readonly RowChange[]): Promise<void> {
  for (const table of new Set(company.map((each) => each.table))) {
    const rows = company.filter((each) => each.table === table).map((each) => each.row);
    const columns = Object.keys(rows[0] ?? {}).map((name) => `"${name}"`);
    await db.run(
      `INSERT INTO source."${table}" (${columns.join(", ")})
       SELECT ${columns.join(", ")} FROM json_populate_recordset(NULL::source."${table}", $1::json)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows)],
    );
  }
}

/** As an import does it: the days of the old and of the new rows are marked, in its transaction. */
export async function applyChanges(
  db: Database,
  settings: MetricSettings,
  changes: readonly RowChange[],
): Promise<void> {
  await db.transaction(
    async (sql) => {
      for (const { table, remove, row } of changes) {
        const key = (keys[table] ?? []).map((name) => `o."${name}" = n."${name}"`).join(" AND ");
        const json = `json_populate_record(NULL::source."${table}", '${JSON.stringify(row)}') n`;
        const mine = `source."${table}" o JOIN ${json} ON ${key}`;
        const days = eventTimesOf(table);
        if (remove) {
          await markDirty(sql, table, days, `(SELECT o.* FROM ${mine}) old`);
          await sql.run(`DELETE FROM source."${table}" o USING ${json} WHERE ${key}`);
        } else {
          const old = days.map((name) => `, o."${name}" AS "_old_${name}"`).join("");
          const there = `o."${keys[table]?.[0]}" IS NOT NULL AS _existed`;
          const others = Object.keys(row).filter((name) => !days.includes(name));
          const said = (of: string): string => others.map((name) => `${of}."${name}"`).join(", ");
          const altered = `ROW(${said("n")}) IS DISTINCT FROM ROW(${said("o")}) AS _altered`;
          const delta = `(SELECT n.*, ${there}, ${altered}${old} FROM ${json} LEFT JOIN source."${table}" o ON ${key}) delta`;
          const offered = days.filter((name) => Object.hasOwn(row, name));
          await markChanged(sql, table, offered, delta, 1);
          await sql.run(upsertSql(table, row, json));
        }
      }
    },
    { settings: { TimeZone: settings.timeZone, "kpi.tz": settings.timeZone } },
  );
}

function upsertSql(table: string, row: RowChange["row"], json: string): string {
  const names = Object.keys(row).map((name) => `"${name}"`);
  // Only some columns of an account that may not be there.
  if (table === "accounts" && row.signed_up_at === undefined) {
    const columns = names.map((name) => `${name} = n.${name}`).join(", ");
    return `UPDATE source.accounts o SET ${columns} FROM ${json} WHERE o.account_id = n.account_id`;
  }
  const set = names.map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO source."${table}" (${names.join(", ")}) SELECT ${names.join(", ")} FROM ${json}
    ON CONFLICT (${(keys[table] ?? []).join(", ")}) DO UPDATE SET ${set.join(", ")}`;
}
