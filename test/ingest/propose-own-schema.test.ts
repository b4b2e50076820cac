/** What `kpi init --schema` proposes of a company's own tables, copied from another database or as views. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importMapping, proposeMapping } from "../../src/ingest/index.ts";
import { silentLog } from "../../src/log.ts";
import { openSource } from "../../src/source-database.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column } from "./importing.ts";

const theirSchema = `
CREATE SCHEMA app;
CREATE TABLE app.organizations (id int PRIMARY KEY, name text, industry text, country text, created_at timestamptz NOT NULL);
CREATE TABLE app.members (id int PRIMARY KEY, organization_id int, created_at timestamp NOT NULL, deleted_at timestamp);
CREATE TABLE app.events (id bigint PRIMARY KEY, organization_id int, user_id int, event_name text, occurred_at timestamptz);
CREATE TABLE app.subscriptions (id int PRIMARY KEY, organization_id int, plan text, status text, mrr numeric, started_at timestamptz, ended_at timestamptz);
CREATE TABLE app.migrations (version int PRIMARY KEY);
INSERT INTO app.organizations SELECT n, 'Org ' || n, 'Retail', 'UK', now() - n * interval '5 days' FROM generate_series(1, 20) n;
INSERT INTO app.members SELECT n, 1 + n % 20, now() - n * interval '1 day', NULL FROM generate_series(1, 40) n;
INSERT INTO app.events SELECT n, 1 + n % 20, n % 40, 'report', now() - n * interval '3 hours' FROM generate_series(1, 300) n;
INSERT INTO app.subscriptions SELECT n, n, 'Pro', 'active', 100, now() - n * interval '5 days', NULL FROM generate_series(1, 20) n;
ANALYZE`;

let ours: FreshDatabase;
let theirs: FreshDatabase;
let folder: string;
beforeEach(async () => {
  ours = await freshDatabase();
  theirs = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "throughline-own-"));
});
afterEach(async () => {
  await ours.close();
  await theirs.close();
  await rm(folder, { recursive: true });
});

const counted = () =>
  column(
    ours.db,
    `SELECT concat_ws(' ', (SELECT count(*) FROM source.accounts), (SELECT count(*) FROM source.users),
       (SELECT sum(event_count) FROM source.usage_daily), (SELECT sum(mrr) FROM source.subscription_periods),
       (SELECT string_agg(tier, ',') FROM source.tiers)) AS value`,
  );

test.each(["view", "database"] as const)("over: %s", async (over) => {
  await (over === "view" ? ours : theirs).db.run(theirSchema);
  const signal = new AbortController().signal;
  const source =
    over === "view" ? null : openSource({ sourceDatabaseUrl: theirs.url }, silentLog, signal);
  const common = { now: Temporal.Now.instant(), timeZone: "Europe/London", source };
  try {
    const from = over === "view" ? { ownSchema: "app" } : { schema: "app" };
    const proposed = await proposeMapping(ours.db, {
      ...common,
      from,
      command: "kpi init --schema app",
    });
    if (!proposed.ok) throw new Error(JSON.stringify(proposed.fault));
    const { text, failed } = proposed.value;
    expect([...failed]).toEqual([]);
    expect(text).toContain(`over: ${over}`);
    expect(text).toContain("# ? app.migrations: no rows");
    const mapping = path.join(folder, "mapping.yaml");
    await writeFile(mapping, text);
    expect(await importMapping(ours.db, { ...common, mapping, dir: null })).toMatchObject({
      ok: true,
    });
  } finally {
    await source?.close();
  }
  expect(await counted()).toEqual(["20 40 300 2000 pro"]);
});
