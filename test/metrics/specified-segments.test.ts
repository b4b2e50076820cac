/**
 * Segments against the specification's own SQL: run over the rows of a segment alone it says what
 * the segment is. Which rows those are is decided by METRICS.md 1.8, in views that all its SQL reads.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Database } from "../../src/db/index.ts";
import {
  defaultSettings,
  loadCatalogue,
  type Metric,
  type MetricSettings,
} from "../../src/metrics/catalogue/index.ts";
import { addWeeks, type Figures, weekOf } from "../../src/metrics/index.ts";
import { figuresOf } from "../../src/metrics/query/measured.ts";
import { inSnapshot } from "../../src/metrics/query/run-windows.ts";
import { readSeries } from "../../src/metrics/read-series.ts";
import { freshDatabase } from "../support/database.ts";
import { putRows } from "../support/rows.ts";
import { aCompany, putCompany, referredRows } from "./a-changing-company.ts";
import { anySettings } from "./a-question.ts";
import { FIRST_DAY } from "./changing/values.ts";
import {
  createSpecification,
  inSpecification,
  specifiedFigures,
  specifiedSql,
} from "./specification/specification.ts";

const AS_OF = "2024-06-05T00:00:00Z";

const labels: Readonly<Record<string, readonly string[]>> = {
  source: ["campaign", "referral"],
  channel: ["direct", "paid"],
  segment: ["smb", "enterprise"],
  region: ["eu", "us"],
  tier: ["free", "pro", "enterprise", "(none)"],
  campaign: ["none", "spring"],
  service: ["api", "web"],
  pool: ["cpu", "gpu"],
  severity: ["1", "2", "3", "4"],
  journey: ["export", "invite"],
  model: ["none", "large", "small"],
  feature: ["core", "extra", "steady"],
  revenue_kind: ["subscription", "usage"],
  revenue_type: ["acquisition", "existing"],
};

/** When an account's tier is read: at the window's end, at its start, or the day after the sign-up. */
const tierThen = `(SELECT p.tier FROM exact.plan p WHERE p.account_id = a.account_id
  AND coalesce(nullif(current_setting('spec.day'), '')::date, source.day_of(a.signed_up_at) + 1)
      BETWEEN p.from_day AND p.to_day)`;
const revenueType = `(SELECT CASE WHEN a.revenue_date >= source.day_of(c.first_paid_at) + 91 THEN 'existing'
  ELSE 'acquisition' END FROM source.accounts c WHERE c.account_id = a.account_id)`;

/** The row that books a fact whose tier is that of its instant, or of the last one of its day. */
const booked: Readonly<Record<string, readonly [table: string, column: string]>> = {
  ytd_revenue: ["revenue_daily", "revenue_date"],
  weekly_revenue: ["revenue_daily", "revenue_date"],
  weekly_growth_rate: ["revenue_daily", "revenue_date"],
  error_rate: ["telemetry_hourly", "hour_start"],
  throttle_rate: ["telemetry_hourly", "hour_start"],
  availability_rate: ["telemetry_hourly", "hour_start"],
  latency_p90: ["telemetry_hourly", "hour_start"],
  error_rate_w1_13: ["telemetry_hourly", "hour_start"],
  latency_p50_w1_13: ["telemetry_hourly", "hour_start"],
  support_ticket_volume: ["tickets", "created_at"],
  escalation_rate: ["tickets", "created_at"],
  ticket_resolution_time: ["tickets", "solved_at"],
  first_contact_resolution_rate: ["tickets", "first_solved_at"],
  escalation_resolution_rate: ["escalations", "opened_at"],
  escalation_response_time: ["escalations", "first_response_at"],
  customer_satisfaction_score: ["surveys", "responded_at"],
  support_satisfaction_score: ["surveys", "responded_at"],
  journey_completion_rate: ["journey_runs", "started_at"],
  qbr_completion_rate: ["cs_activities", "due_on"],
  renewal_rate: ["renewals", "due_on"],
  business_outcome_achievement_rate: ["customer_outcomes", "due_on"],
  cost_savings_attributed: ["customer_outcomes", "reported_on"],
  revenue_growth_attributed: ["customer_outcomes", "reported_on"],
  time_to_first_payment: ["acct", "first_paid_at"],
};

/** The name of a cut by the tier at the time that a column says. */
function tierAt(column: string): string {
  return `tier at ${column}`;
}

function tierOfRow(column: string): string {
  const isDay = /_on$|_date$/.test(column);
  const at = isDay ? `source.ts(a.${column} + 1) - interval '1 microsecond'` : `a.${column}`;
  return `(SELECT p.tier FROM exact.plan p WHERE p.account_id = a.account_id
    AND p.valid_from <= ${at} AND (p.valid_to IS NULL OR ${at} < p.valid_to))`;
}

/** By table what stands under a label of a dimension; `platform` is of metrics without accounts. */
const cuts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  acct: {
    source: "source",
    channel: "channel",
    "platform channel": "channel",
    segment: "segment",
    region: "region",
    tier: tierThen,
    campaign: "campaign_id",
    "platform campaign": "campaign_id",
  },
  leads: {
    "platform source": "source",
    "platform channel": "channel",
    "platform campaign": "campaign_id",
  },
  marketing_daily: { "platform channel": "channel", "platform campaign": "campaign_id" },
  incidents: {
    "platform service": "service",
    "platform region": "region",
    "platform severity": "severity",
  },
  service_regions: { "platform service": "service", "platform region": "region" },
  capacity_hourly: { "platform pool": "pool", "platform region": "region" },
  telemetry_hourly: { service: "service" },
  journey_runs: { journey: "journey" },
  usage_daily: { model: "model_id", feature: "feature_id" },
  revenue_daily: { model: "model_id", revenue_kind: "revenue_kind", revenue_type: revenueType },
};

async function narrowTables(db: Database): Promise<void> {
  const rows = Object.values(booked);
  for (const table of new Set([...Object.keys(cuts), ...rows.map(([each]) => each)])) {
    const times = rows.filter(([each]) => each === table).map(([, column]) => column);
    const tiers = [...new Set(times)].map((column) => [tierAt(column), tierOfRow(column)] as const);
    const cases = [...Object.entries(cuts[table] ?? {}), ...tiers].map(
      ([name, of]) =>
        `WHEN '${name}' THEN coalesce((${of})::text, '(none)') = current_setting('spec.label')`,
    );
    const [from, all] = table === "acct" ? ["accounts", "NOT a.is_internal"] : [table, "true"];
    await db.run(`CREATE OR REPLACE VIEW spec.${table} AS SELECT a.* FROM source.${from} a
      WHERE ${all} AND CASE current_setting('spec.dimension', true) ${cases.join(" ")} ELSE true END`);
  }
}

/** What no choice of rows says: of which of its scopes an incident has its severity, what a feature is out of. */
const uncut = [
  "incident_frequency severity",
  "feature_adoption_rate feature",
  "feature_adoption_post_release feature",
];

/** Nor whose an opportunity is, or of answers the latest alone, whose tier is read once it is found. */
function cutsOf({ id, dimensions, tier, reads }: Metric): string[] {
  return dimensions.filter(
    (name) =>
      !(name === "tier" && tier === "event" && booked[id] === undefined) &&
      !reads.includes("opportunities") &&
      !uncut.includes(`${id} ${name}`),
  );
}

interface Cut {
  metric: Metric;
  dimension: string;
  week: string;
}

function cutBy({ id, tier }: Metric, dimension: string): string {
  if (tier === "none") return `platform ${dimension}`;
  const [, column] = booked[id] ?? [];
  return dimension === "tier" && column !== undefined ? tierAt(column) : dimension;
}

async function specified(db: Database, settings: MetricSettings, cut: Cut, label: string) {
  const { metric, dimension, week } = cut;
  const b = addWeeks(week, 1);
  const days = {
    week_end: b,
    window_start: addWeeks(b, -metric.window),
    entry: "",
    event: "",
    none: "",
  };
  return inSpecification(db, settings, AS_OF, async (sql) => {
    for (const [name, value] of [
      ["dimension", cutBy(metric, dimension)],
      ["label", label],
      ["day", days[metric.tier]],
    ])
      await sql.run("SELECT set_config($1, $2, true)", [`spec.${name}`, value]);
    return specifiedFigures(sql, metric.id, week, metric.window);
  });
}

async function told(db: Database, settings: MetricSettings, { metric, dimension, week }: Cut) {
  const question = {
    metric,
    weeks: [week],
    width: metric.window,
    filters: {},
    by: dimension,
    exact: true,
  };
  const measured = await inSnapshot(db, settings, "exact", async (sql) => {
    await sql.run("SELECT set_config('kpi.as_of', $1, true)", [AS_OF]);
    return readSeries(sql, settings, question);
  });
  return new Map(measured.map((each) => [each.segment, figuresOf(metric, each)]));
}

function near(value: number | null): unknown {
  return value === null ? null : expect.closeTo(value, Math.abs(value) > 1000 ? 3 : 7);
}

const nothing: Figures = { value: null, num: 0, den: 0, n: 0 };

/** Gives how many segments had anything. */
async function expectSegmentsSpecified(
  db: Database,
  settings: MetricSettings,
  cut: Cut,
): Promise<number> {
  const { metric, dimension, week } = cut;
  const segments = await told(db, settings, cut);
  for (const label of labels[dimension] ?? []) {
    const expected = await specified(db, settings, cut, label);
    const { value, num, den, n } = segments.get(label) ?? nothing;
    // What counts is 0 of a segment that nobody is in, and is not in the breakdown.
    const known = segments.has(label) || expected.value !== 0 ? value : 0;
    const where = `${metric.id} ${dimension}=${label} ${week}`;
    expect.soft({ value: known, num: num ?? 0, den: den ?? 0, n: n ?? 0 }, where).toEqual({
      value: near(expected.value),
      num: near(expected.num),
      den: near(expected.den),
      n: expected.n,
    });
  }
  return segments.size;
}

function isSpecified({ id, aggregation }: Metric, { fiscalYearStarts }: MetricSettings): boolean {
  // The SQL as given has a fiscal year from January on.
  if (aggregation === "year_to_date" && fiscalYearStarts !== 1) return false;
  return id in specifiedSql && aggregation !== "reported";
}

test("a segment is what the specification's SQL says of its rows", {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.noBias(aCompany),
      anySettings,
      fc.nat(5),
      async (company, chosen, later) => {
        const settings = { ...defaultSettings, ...chosen };
        const loaded = await loadCatalogue(settings);
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
        const { db, close } = await freshDatabase();
        try {
          await putRows(db, referredRows);
          await putCompany(db, company);
          await createSpecification(db);
          await narrowTables(db);
          const first = weekOf(Temporal.PlainDate.from(FIRST_DAY), settings.weekStarts);
          let segments = 0;
          for (const metric of loaded.value.metrics.filter((each) => isSpecified(each, settings)))
            for (const dimension of cutsOf(metric))
              for (const week of [addWeeks(first, 8 + later), addWeeks(first, 14 + later)])
                segments += await expectSegmentsSpecified(db, settings, {
                  metric,
                  dimension,
                  week,
                });
          expect(segments).toBeGreaterThan(500);
        } finally {
          await close();
        }
      },
    ),
    { numRuns: 1, endOnFailure: true },
  );
});
