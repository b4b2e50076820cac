/** Source tables as views over a company's own schema, of which nothing is told when a row changes. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenViews, importMapping, unindexedViews } from "../../src/ingest/index.ts";
import { type AskedCompany, askedCompany } from "../metrics/asked-company.ts";
import { column } from "./importing.ts";

/** Rows of now, since what is complete follows the database's own clock. */
const theirSchema = `
CREATE SCHEMA app;
CREATE TABLE app.customers (id int PRIMARY KEY, title text, created timestamp NOT NULL, origin text);
CREATE TABLE app.cases (nr int PRIMARY KEY, customer_id int, opened timestamptz NOT NULL, closed timestamptz);
INSERT INTO app.customers
  SELECT n, 'Customer ' || n, date_trunc('week', now() AT TIME ZONE 'UTC') - n * interval '1 week' + interval '9 hours', 'organic'
  FROM generate_series(1, 60) n;
INSERT INTO app.cases
  SELECT n, 1 + n % 60, date_trunc('week', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - n * interval '12 hours', NULL
  FROM generate_series(1, 700) n`;

const mappingText = `
over: view
tables:
  accounts:
    sql: |
      SELECT id AS account_id, title AS name, origin AS source, origin AS channel,
             'all' AS segment, 'all' AS region, created AS signed_up_at
      FROM app.customers
  tickets:
    lag: 1
    sql: SELECT customer_id AS account_id, nr AS ticket_id, opened AS created_at, closed AS solved_at FROM app.cases
`;

let company: AskedCompany;
let folder: string;
beforeEach(async () => {
  company = await askedCompany();
  folder = await mkdtemp(path.join(tmpdir(), "throughline-views-"));
  await company.db.run(theirSchema);
});
afterEach(async () => {
  await company.close();
  await rm(folder, { recursive: true });
});

async function bringIn(text = mappingText) {
  const mapping = path.join(folder, "mapping.yaml");
  await writeFile(mapping, text);
  const now = Temporal.Now.instant();
  return importMapping(company.db, { mapping, dir: null, now, timeZone: "UTC" });
}

const ticketsOf = async (exact: boolean) => {
  const { series } = await company.ask({ metric: "support_ticket_volume", lastWeeks: 45 }, exact);
  return series.map(({ value }) => value);
};

const opened = (weeksAgo: number, nr: number) => `INSERT INTO app.cases VALUES
  (${nr}, 60, date_trunc('week', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - interval '${weeksAgo} weeks' + interval '1 hour')`;

test("answer like tables, and from cells as from the sources", async () => {
  expect(await bringIn()).toMatchObject({
    ok: true,
    value: {
      tables: [
        { table: "accounts", read: 60 },
        { table: "tickets", read: 700 },
      ],
    },
  });
  await company.refresh();
  const signUps = await company.ask({ metric: "weekly_sign_ups" });
  expect(signUps).toMatchObject({ status: "final", figures: { value: 1 } });
  const told = await ticketsOf(false);
  expect(told.at(-1)).toBe(14);
  expect(told).toEqual(await ticketsOf(true));
});

test("a refresh sees what changed in the last 14 weeks, and all of it with --full", async () => {
  await bringIn();
  await company.refresh();
  const before = await ticketsOf(false);
  await company.db.run(opened(3, 1001));
  await company.db.run(opened(40, 1002));
  await company.refresh();
  const after = await ticketsOf(false);
  expect(after.at(-3)).toBe((before.at(-3) ?? 0) + 1);
  expect(after.at(-40)).toBe(before.at(-40));
  await company.refresh({ full: true });
  const full = await ticketsOf(false);
  expect(full.at(-40)).toBe((before.at(-40) ?? 0) + 1);
  expect(full).toEqual(await ticketsOf(true));
});

test("all that came since the last refresh reaches the facts, however long ago that was", async () => {
  await company.db.run(`CREATE TABLE app.uses (customer_id int, day date);
    INSERT INTO source.features (feature_id, category, is_core, ga_on) VALUES ('f', 'core', true, '2020-01-01')`);
  await bringIn(`${mappingText}  usage_daily:
    sql: |
      SELECT customer_id AS account_id, 'u' AS user_id, day AS usage_date, 'f' AS feature_id, 1 AS event_count
      FROM app.uses
`);
  await company.refresh();
  await company.db.run("UPDATE facts.watermark SET complete_through = now() - interval '20 weeks'");
  // Of days after that refresh, and of some before: their rows came late.
  await company.db.run(`INSERT INTO app.uses
    SELECT 60, source.day_of(now()) - 7 * n FROM unnest(ARRAY[2, 16, 19, 30]) n`);
  await company.refresh();
  const daysIn = (schema: string) =>
    column(company.db, `SELECT day::text AS value FROM ${schema}.usage_day ORDER BY day`);
  expect(await daysIn("facts")).toHaveLength(4);
  expect(await daysIn("facts")).toEqual(await daysIn("exact"));
});

test("are complete to today's midnight less their lag, at each refresh", async () => {
  await bringIn();
  await company.db.run("UPDATE source.source_watermarks SET complete_through = '2020-01-01'");
  await company.refresh();
  const days = await column(
    company.db,
    `SELECT source_table || ' ' || (source.day_of(now()) - source.day_of(complete_through)) AS value
     FROM facts.watermark ORDER BY 1`,
  );
  expect(days).toEqual(["accounts 0", "tickets 1"]);
});

test("the same mapping again leaves the facts as they are, another one has them filled anew", async () => {
  await bringIn();
  await company.refresh();
  await bringIn();
  expect(await column(company.db, "SELECT name AS value FROM facts.basis LIMIT 1")).toHaveLength(1);
  await bringIn(mappingText.replace("FROM app.cases", "FROM app.cases WHERE nr > 100"));
  expect(await column(company.db, "SELECT name AS value FROM facts.basis")).toEqual([]);
  await company.refresh();
  expect(await ticketsOf(false)).toEqual(await ticketsOf(true));
});

test("a mapping that comes while a refresh begins waits for it, and both come to their end", async () => {
  await bringIn();
  await company.refresh();
  const under: Promise<unknown>[] = [];
  await company.db.transaction(async (sql) => {
    await sql.run("LOCK TABLE facts.watermark IN SHARE MODE");
    under.push(company.refresh().then(({ failed }) => failed));
    await expect.poll(waiting).toEqual(["1"]);
    under.push(bringIn().then(({ ok }) => ok));
    await expect.poll(waiting).toEqual(["2"]);
  });
  expect(await Promise.all(under)).toEqual([[], true]);
});

const waiting = () =>
  column(
    company.db,
    `SELECT count(*)::text AS value FROM pg_stat_activity
     WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );

test("a table takes its place back when a mapping loads it", async () => {
  await bringIn();
  const loads = mappingText.replace("    lag: 1\n", "    over: raw\n");
  expect(await bringIn(loads)).toMatchObject({ ok: true });
  await company.db.run("DELETE FROM app.cases");
  await company.refresh();
  expect((await ticketsOf(true)).at(-1)).toBe(14);
});

test("rows that no table would take are told once they come, and nothing of a view that is as it was", async () => {
  await bringIn(mappingText.replace("SELECT id AS", "SELECT id::int AS"));
  await company.refresh();
  expect(await brokenViews(company.db)).toEqual([]);
  await company.db.run(`
    ALTER TABLE app.customers DROP CONSTRAINT customers_pkey;
    INSERT INTO app.customers VALUES (7, 'Twice', now(), 'organic')`);
  await expect(company.refresh()).rejects.toMatchObject({ code: "23505" });
  expect(await brokenViews(company.db)).toEqual([
    { table: "accounts", problem: "1 key comes more than once (account_id)" },
  ]);
});

test("a week that goes through all of a large table is told, until there is an index", async () => {
  await bringIn();
  await company.db.run(`INSERT INTO app.cases SELECT n, 1, now() - n * interval '1 hour', NULL
    FROM generate_series(2000, 20000) n`);
  await company.db.run("ANALYZE app.cases");
  expect(await unindexedViews(company.db)).toEqual([
    { table: "tickets", time: "created_at", scanned: "app.cases", rows: 18_701 },
  ]);
  await company.db.run("CREATE INDEX ON app.cases (opened)");
  expect(await unindexedViews(company.db)).toEqual([]);
});

describe("a view is refused, and nothing is changed,", () => {
  test.each([
    [
      "of rows without what the table needs",
      "opened AS created_at",
      "NULL::timestamptz AS created_at",
      "700 rows have no created_at",
    ],
    ["of keys that come twice", "nr AS ticket_id", "1 AS ticket_id", "come more than once"],
    ["of values that are none", "opened AS created_at", "'soon' AS created_at", "soon"],
  ])("%s", async (_, from, to, said) => {
    const result = await bringIn(mappingText.replace(from, to));
    expect(JSON.stringify(result)).toContain(said);
    expect(
      await column(
        company.db,
        "SELECT viewname AS value FROM pg_views WHERE schemaname = 'source'",
      ),
    ).toEqual([]);
  });

  test("of a table that others refer to", async () => {
    const tiers = `${mappingText}  tiers:\n    sql: SELECT 'pro' AS tier, 1 AS tier_rank, true AS is_paid\n`;
    expect(JSON.stringify(await bringIn(tiers))).toContain(
      "no view, since subscription_periods refer to its rows",
    );
  });
});
