/** What kpi export writes and kpi restore takes: the same answers, and nothing is said a second time. */
import "../../src/bot/index.ts";

import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { exportData, type Manifest, readManifest, restoreData } from "../../src/backup/index.ts";
import { ownTables } from "../../src/backup/own-tables.ts";
import { type Database, knownMigrations, migrate, openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { answerMetric, totalQuestion } from "../../src/metrics/index.ts";
import { type ReportContext, startSchedules } from "../../src/reports/index.ts";
import { emptyDatabase } from "../db/empty-database.ts";
import { aRun, NINE, posts, type Reporting, reporting, tick } from "../reports/reporting.ts";
import { one } from "../support/rows.ts";
import { loadSignUps } from "../support/sign-ups.ts";

let world: Reporting;
let folder = "";
/** A whole export of a Monday on which a scorecard stands and two lines are still to be said. */
let taken = "";
let manifest: Manifest;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "round-trip-"));
  world = await reporting();
  const { db } = world.database;
  await loadSignUps(db);
  const context = {
    ...world.context,
    scorecard: { ...world.context.scorecard, metrics: ["weekly_sign_ups"] },
  };
  await startSchedules(db, context, NINE.subtract({ minutes: 1 }));
  await tick(context);
  expect(posts(world, "C0ALL")).toBe(1);
  await aRun(world, ["slack:C0LEAD"]);
  await aRun(world, ["slack:C0GTM"]);
  await db.run(`INSERT INTO inbox (platform, id, body) VALUES
    ('slack', 'asked', '{"kind": "question"}'), ('slack', 'said', '{"kind": "thread_reply"}')`);
  // One line is posted while the export is taken, so that the export does not know of it.
  taken = path.join(folder, "taken");
  const exported = await exportData(db, { folder: taken, version: "0.1.0", now: NINE });
  if (!exported.ok) throw new Error(JSON.stringify(exported.fault));
  await db.run("UPDATE delivery SET state = 'dead' WHERE channel = 'slack:C0GTM'");
  await tick(context);
  expect(posts(world, "C0LEAD")).toBe(1);
  const read = await readManifest(taken);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  manifest = read.value;
}, 120_000);
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function restored(): Promise<Database> {
  const { url, db } = await emptyDatabase();
  await migrate(url, silentLog);
  const done = await restoreData(db, { folder: taken, manifest });
  if (!done.ok) throw new Error(JSON.stringify(done.fault));
  return db;
}

/** Each table's rows in one number. */
async function contents(db: Database, but: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { schema, table } of await ownTables(db)) {
    const name = `${schema}.${table}`;
    if (but.includes(name)) continue;
    const row = z.object({ sum: z.string() });
    const { sum } = await one(
      db,
      row,
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS sum FROM ${name} t`,
    );
    found[name] = sum;
  }
  return found;
}

const on = (db: Database): ReportContext => ({
  ...world.context,
  metrics: { ...world.context.metrics, db },
  scorecard: { ...world.context.scorecard, metrics: ["weekly_sign_ups"] },
});

describe("an export that is restored", () => {
  test("gives the same rows in every table, and numbers go on where they stopped", async () => {
    const db = await restored();
    const but = ["bot.schedule", "bot.delivery", "bot.inbox", "bot.refresh_run", "bot.scheduler"];
    expect(await contents(db, but)).toEqual(await contents(world.database.db, but));
    expect(manifest.tables.some(({ table, rows }) => table === "cell" && rows > 0)).toBe(true);
    const ids = z.object({ id: z.coerce.number() });
    const next =
      "INSERT INTO run (report, filters_hash, period, due_at, claimed_at) VALUES ('x', '', '2026-01-01', now(), now()) RETURNING id";
    const { id } = await one(db, ids, next);
    expect((await one(db, ids, "SELECT max(id) AS id FROM run WHERE report <> 'x'")).id).toBe(
      id - 1,
    );
  });

  test("gives the same answers", async () => {
    const db = await restored();
    const question = totalQuestion("weekly_sign_ups", "2026-11-09", 13);
    const answer = await answerMetric(on(db).metrics, question);
    expect(answer.ok).toBe(true);
    expect(answer).toEqual(await answerMetric(world.context.metrics, question));
  });

  test("answers no question that was asked of the other, and forgets nothing that was said", async () => {
    const db = await restored();
    const left = "SELECT id FROM inbox WHERE settled_at IS NULL";
    expect(await db.rows(z.object({ id: z.string() }), left)).toEqual([{ id: "said" }]);
  });

  test("posts nothing that stands already, and what does not stand once", async () => {
    const db = await restored();
    const before = ["C0ALL", "C0LEAD", "C0GTM"].map((channel) => posts(world, channel));
    expect(before).toEqual([1, 1, 0]);
    const later = NINE.add({ hours: 3 });
    await startSchedules(db, on(db), later);
    for (let i = 0; i < 3; i++) await tick(on(db), later);
    expect(["C0ALL", "C0LEAD", "C0GTM"].map((channel) => posts(world, channel))).toEqual([1, 1, 1]);
    const states = z.object({ channel: z.string(), state: z.string() });
    expect(await db.rows(states, "SELECT channel, state FROM delivery ORDER BY channel")).toEqual([
      { channel: "slack:C0ALL", state: "sent" },
      { channel: "slack:C0GTM", state: "sent" },
      { channel: "slack:C0LEAD", state: "sent" },
    ]);
  });
});

test("an export of an older schema is restored into it and then brought up to date", async () => {
  const older = await emptyDatabase();
  await migrate(older.url, silentLog, undefined, 6);
  await older.db.run(
    "INSERT INTO source.tiers (tier, tier_rank, is_paid) VALUES (E'a\\nb\\\\c', 1, true)",
  );
  const where = path.join(folder, "older");
  const exported = await exportData(older.db, { folder: where, version: "0.0.9", now: NINE });
  expect(exported.ok).toBe(true);
  const { url, db } = await emptyDatabase();
  const read = await readManifest(where);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  expect(read.value.migrations).toEqual(knownMigrations().slice(0, 6));
  await migrate(url, silentLog, undefined, 6);
  expect(await restoreData(db, { folder: where, manifest: read.value })).toEqual({
    ok: true,
    value: null,
  });
  expect(await migrate(url, silentLog)).toEqual(knownMigrations().slice(6));
  const tier = await one(db, z.object({ tier: z.string() }), "SELECT tier FROM tiers");
  expect(tier).toEqual({ tier: "a\nb\\c" });
});

describe("a restore that is refused leaves nothing", () => {
  async function refused(files: (at: string) => void, first = async (_: Database) => {}) {
    const { url, db } = await emptyDatabase();
    await migrate(url, silentLog);
    await first(db);
    const copy = mkdtempSync(path.join(folder, "copy-"));
    for (const file of readdirSync(taken))
      writeFileSync(path.join(copy, file), readFileSync(path.join(taken, file)));
    files(copy);
    const done = await restoreData(db, { folder: copy, manifest });
    const { rows } = await one(
      db,
      z.object({ rows: z.coerce.number() }),
      "SELECT count(*) AS rows FROM source.accounts",
    );
    expect(rows).toBe(0);
    return done.ok ? null : done.fault;
  }

  test("where a file is damaged, cut or gone", async () => {
    const run = "bot.run.copy";
    expect(await refused((at) => appendFileSync(path.join(at, run), "x"))).toMatchObject({
      kind: "refused",
      table: "bot.run",
    });
    const cut = (at: string) => {
      const file = path.join(at, "source.accounts.copy");
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1));
    };
    expect(await refused(cut)).toEqual({
      kind: "damaged",
      file: "source.accounts.copy",
      what: "content",
    });
    const gone = (at: string) => rmSync(path.join(at, run));
    expect(await refused(gone)).toEqual({ kind: "damaged", file: run, what: "missing" });
  });

  test("where the database is in use", async () => {
    const use = async (db: Database) =>
      void (await db.run("INSERT INTO bot.dirty VALUES ('accounts', '2026-01-01')"));
    expect(await refused(() => {}, use)).toEqual({
      kind: "database_in_use",
      tables: ["bot.dirty"],
    });
  });
});

describe("an export that does not come to its end leaves nothing", () => {
  test("where the folder holds something", async () => {
    const at = mkdtempSync(path.join(folder, "full-"));
    writeFileSync(path.join(at, "a.txt"), "mine");
    const done = await exportData(world.database.db, { folder: at, version: "0.1.0", now: NINE });
    expect(done).toEqual({ ok: false, fault: { kind: "folder_in_use", folder: at } });
    expect(readdirSync(at)).toEqual(["a.txt"]);
  });

  test("where it is interrupted", async () => {
    const pool = openDatabase(world.database.url, {
      max: 1,
      applicationName: "export",
      statementTimeoutMs: 0,
      log: silentLog,
    });
    onTestFinished(() => pool.close());
    const stop = new AbortController();
    const at = path.join(folder, "stopped");
    const onRead = (): void => {
      stop.abort();
      void pool.interrupt();
    };
    const done = await exportData(pool, {
      folder: at,
      version: "0.1.0",
      now: NINE,
      signal: stop.signal,
      onRead,
    });
    expect(done).toEqual({ ok: false, fault: { kind: "interrupted" } });
    expect(existsSync(at)).toBe(false);
  });
});
