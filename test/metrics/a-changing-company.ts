/** A company of twenty weeks as random rows of all source tables that the metrics read. */
import fc from "fast-check";
import type { Database } from "../../src/db/index.ts";
import { eventTimesOf } from "../../src/ingest/event-times.ts";
import { markDirty } from "../../src/ingest/mark-dirty.ts";
import type { MetricSettings } from "../../src/metrics/catalogue/index.ts";

/** A row as it stands after the change; of a removed one its key is enough. */
export interface RowChange {
  table: string;
  remove: boolean;
  row: Readonly<Record<string, unknown>>;
}

/** A Monday; of a leap year, and its twenty weeks hold the turn of many clocks. */
export const FIRST_DAY = "2024-01-01";
const DAYS = 140;

const keys: Readonly<Record<string, readonly string[]>> = {
  accounts: ["account_id"],
  subscription_periods: ["account_id", "line_id", "valid_from"],
  usage_daily: ["usage_date", "account_id", "user_id", "feature_id", "model_id"],
  surveys: ["account_id", "response_id"],
  revenue_daily: ["account_id", "revenue_date", "revenue_kind", "model_id"],
  telemetry_hourly: ["hour_start", "account_id", "service", "region"],
  incidents: ["incident_id", "service", "region"],
  capacity_hourly: ["pool", "region", "hour_start"],
  tickets: ["account_id", "ticket_id"],
  features: ["feature_id"],
  service_regions: ["service", "region"],
};

const day = fc
  .integer({ min: 0, max: DAYS - 1 })
  .map((days) => Temporal.PlainDate.from(FIRST_DAY).add({ days }).toString());
const instant = fc
  .tuple(day, fc.integer({ min: 0, max: 23 }))
  .map(([date, hour]) => `${date}T${String(hour).padStart(2, "0")}:00Z`);
/** An instant, and one up to two weeks later, or none. */
const span = fc.tuple(instant, fc.option(fc.integer({ min: 0, max: 336 }))).map(([from, hours]) => {
  const to = hours === null ? null : Temporal.Instant.from(from).add({ hours }).toString();
  return { from, to };
});
const service = fc.constantFrom("api", "web");
const region = fc.constantFrom("eu", "us");
const account = fc.integer({ min: 0, max: 23 }).map((i) => `a${i}`);
const small = fc.integer({ min: 0, max: 5 });
const buckets = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`b${i}`, small]));

const rowOf: Readonly<Record<string, fc.Arbitrary<Readonly<Record<string, unknown>>>>> = {
  accounts: fc.record({
    account_id: account,
    source: fc.constantFrom("campaign", "referral"),
    channel: fc.constantFrom("direct", "paid"),
    campaign_id: fc.constantFrom("none", "spring"),
    segment: fc.constantFrom("smb", "enterprise"),
    region: fc.constantFrom("eu", "us"),
    signed_up_at: instant,
    first_value_at: fc.option(instant),
    first_paid_at: fc.option(instant),
    is_internal: fc.integer({ min: 0, max: 5 }).map((i) => i === 0),
  }),
  subscription_periods: fc.record({
    account_id: account,
    line_id: fc.constantFrom("main", "seats"),
    // Few beginnings, so that a period is often found again and cut short or prolonged.
    valid_from: fc.constantFrom("2024-01-08T09:00Z", "2024-02-12T00:00Z", "2024-03-27T23:00Z"),
    valid_to: fc.option(instant),
    is_primary: fc.boolean(),
    tier: fc.constantFrom("free", "pro"),
    status: fc.constantFrom("free", "trial", "paid", "paused"),
    mrr: fc.integer({ min: 0, max: 300 }),
  }),
  usage_daily: fc.record({
    account_id: account,
    user_id: fc.constantFrom("u1", "u2"),
    usage_date: day,
    feature_id: fc.constantFrom("core", "extra", "unknown"),
    model_id: fc.constantFrom("none", "large"),
    event_count: fc.integer({ min: -2, max: 5 }),
    api_calls: small,
    tokens: fc.integer({ min: 0, max: 40 }),
  }),
  surveys: fc.record({
    account_id: account,
    response_id: fc.constantFrom("r1", "r2"),
    respondent_id: fc.constant("u1"),
    kind: fc.constantFrom("csat", "nps"),
    score: fc.integer({ min: 1, max: 5 }),
    responded_at: instant,
  }),
  revenue_daily: fc.record({
    account_id: account,
    revenue_date: day,
    revenue_kind: fc.constantFrom("subscription", "usage"),
    model_id: fc.constantFrom("none", "large"),
    net_amount: fc.integer({ min: -2000, max: 9000 }).map((cents) => cents / 100),
    // Most are known, so that there are companies whose margin counts.
    cost_amount: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 200 }),
  }),
  telemetry_hourly: fc.record({
    account_id: account,
    service,
    region: fc.constant("eu"),
    hour_start: instant,
    requests: fc.integer({ min: 0, max: 90 }),
    errors: small,
    throttled: small,
    ...buckets,
  }),
  // Few incidents, so that many have several scopes, which move them as they come and go.
  incidents: fc
    .record({
      incident_id: fc.constantFrom("i1", "i2", "i3", "i4"),
      service,
      region,
      severity: fc.integer({ min: 1, max: 4 }),
      is_downtime: fc.boolean(),
      span,
    })
    .map(({ span: { from, to }, ...scope }) => ({ ...scope, started_at: from, resolved_at: to })),
  capacity_hourly: fc.record({
    pool: fc.constantFrom("cpu", "gpu"),
    region,
    hour_start: instant,
    capacity_units: fc.integer({ min: 0, max: 9 }),
    used_units: small,
  }),
  tickets: fc
    .record({
      account_id: account,
      ticket_id: fc.constantFrom("t1", "t2", "t3", "t4"),
      span,
      customer_contacts: fc.integer({ min: 1, max: 3 }),
      first_reopened_at: fc.option(instant),
      escalated_at: fc.option(instant),
    })
    .map(({ span: { from, to }, ...ticket }) => ({
      ...ticket,
      created_at: from,
      first_solved_at: to,
      solved_at: to,
    })),
  service_regions: fc.record({ service, region }),
  features: fc.record({
    feature_id: fc.constantFrom("core", "extra", "unknown"),
    category: fc.constant("core"),
    is_core: fc.boolean(),
    ga_on: fc.constant("2023-01-01"),
  }),
};

function changeOf(table: string): fc.Arbitrary<RowChange> {
  return fc.record({
    table: fc.constant(table),
    remove: fc.integer({ min: 0, max: 3 }).map((i) => i === 0),
    row: rowOf[table] ?? fc.constant({}),
  });
}

function changesOf(...tables: string[]): fc.Arbitrary<RowChange[]> {
  const change = fc.constantFrom(...tables).chain(changeOf);
  return fc.array(change, { minLength: 1, maxLength: 5 });
}

/**
 * What comes in before each of six refreshes: new, late and corrected rows, and rows that go. By
 * kind, since an account's change renews nearly all weeks and would hide what another has missed.
 */
export const someBatches: fc.Arbitrary<RowChange[][]> = fc
  .tuple(
    changesOf("usage_daily", "surveys", "revenue_daily", "telemetry_hourly"),
    changesOf("capacity_hourly", "tickets"),
    changesOf("incidents"),
    changesOf("features", "service_regions"),
    changesOf("subscription_periods"),
    changesOf("accounts"),
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
    }).map(([table, size]) => rowsOf(table, size)),
    ...["revenue_daily", "telemetry_hourly"].map((table) => rowsOf(table, 80)),
    rowsOf("features", 2),
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
        await markDirty(sql, table, days, `(SELECT o.* FROM ${mine}) old`);
        await sql.run(`DELETE FROM source."${table}" o USING ${json} WHERE ${key}`);
        if (remove) continue;
        const columns = Object.keys(row)
          .map((name) => `"${name}"`)
          .join(", ");
        await sql.run(`INSERT INTO source."${table}" (${columns}) SELECT ${columns} FROM ${json}`);
        await markDirty(sql, table, days, `(SELECT o.* FROM ${mine}) new`);
      }
    },
    { settings: { TimeZone: settings.timeZone, "kpi.tz": settings.timeZone } },
  );
}
