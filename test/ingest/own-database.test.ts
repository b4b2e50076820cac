/** A mapping whose SELECTs run in the user's own database. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Database, openDatabase } from "../../src/db/index.ts";
import { importMapping, tellImportFault } from "../../src/ingest/index.ts";
import { silentLog } from "../../src/log.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";
import { column, now } from "./importing.ts";

let ours: FreshDatabase;
let theirs: FreshDatabase;
let source: Database;
let folder = "";

beforeAll(async () => {
  [ours, theirs] = [await freshDatabase(), await freshDatabase()];
  folder = await mkdtemp(path.join(tmpdir(), "own-database-"));
  source = reader(theirs.url);
  await theirs.db.run(`CREATE TABLE public.plans (id text, rank int, paying boolean, note text);
    INSERT INTO public.plans VALUES ('free', 0, false, NULL), ('pro', 1, true, ''), ('odd', 2, NULL, 'x')`);
});
afterAll(async () => {
  await source.close();
  await Promise.all([ours.close(), theirs.close()]);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => ours.db.run("TRUNCATE source.tiers CASCADE"));

function reader(url: string, statementTimeoutMs = 5_000): Database {
  return openDatabase(url, {
    max: 1,
    applicationName: "test sources",
    statementTimeoutMs,
    settings: { search_path: null },
    log: silentLog,
  });
}

async function load(sql: string, over: string | null = "database", from: Database | null = source) {
  const mapping = path.join(folder, "mapping.yaml");
  const keys = over === null ? "" : `over: ${over}\n`;
  await writeFile(mapping, `${keys}tables:\n  tiers:\n    sql: |\n      ${sql}\n`);
  const request = { mapping, dir: null, source: from, now, timeZone: "UTC" };
  return importMapping(ours.db, request);
}

const plans = "SELECT id AS tier, rank AS tier_rank, paying AS is_paid FROM plans";
const tiers = () => column(ours.db, "SELECT tier AS value FROM source.tiers ORDER BY tier_rank");

describe("a SELECT over the user's own database", () => {
  test("brings its rows in, judged like those of a file and without a line", async () => {
    const loaded = await load(plans);
    if (!loaded.ok) throw new Error(tellImportFault(loaded.fault));
    expect(await tiers()).toEqual(["free", "pro"]);
    const [rejection] = loaded.value.rejections;
    expect(rejection).toMatchObject({ target: "tiers", line: null, column: "is_paid" });
    const again = await load(plans);
    if (!again.ok) throw new Error(tellImportFault(again.fault));
    expect(again.value.tables).toMatchObject([{ read: 3, unchanged: 2, rejected: 1, new: 0 }]);
  });

  test("that is wrong is told with its place in the mapping, and nothing is imported", async () => {
    const loaded = await load("SELECT nothing FROM plans");
    expect(!loaded.ok && tellImportFault(loaded.fault)).toMatch(
      /^mapping\.yaml:5:14 {2}tables\.tiers: column "nothing" does not exist \(SQLSTATE 42703\)/,
    );
  });

  test("that breaks in the middle leaves everything as it was", async () => {
    const loaded = await load(`${plans.replace("rank AS", "1 / (2 - rank) AS")} ORDER BY id DESC`);
    expect(!loaded.ok && tellImportFault(loaded.fault)).toMatch(/tables\.tiers: division by zero/);
    expect(await tiers()).toEqual([]);
  });

  test("can neither write there nor hold a second statement", async () => {
    const written = await load("SELECT 1) m; DROP TABLE plans; SELECT * FROM (SELECT 1");
    expect(!written.ok && written.fault).toMatchObject({ kind: "mapping_sql", sqlState: "42601" });
    await theirs.db.run(`CREATE FUNCTION public.empty_plans() RETURNS int LANGUAGE sql AS
      'DELETE FROM public.plans; SELECT 1'`);
    const emptied = await load(plans.replace("rank AS", "empty_plans() AS"));
    expect(!emptied.ok && emptied.fault).toMatchObject({ kind: "mapping_sql", sqlState: "25006" });
    expect(await column(theirs.db, "SELECT count(*)::text AS value FROM plans")).toEqual(["3"]);
  });

  test("is refused with what to set where no database is named", async () => {
    const loaded = await load(plans, "database", null);
    expect(!loaded.ok && tellImportFault(loaded.fault)).toContain("Set SOURCE_DATABASE_URL.");
  });

  test("of a database that does not answer, or refuses the login, is told by the variable", async () => {
    const { hostname: host, port } = new URL(theirs.url);
    const proxy = await startTcpProxy({ host, port: Number(port) });
    await proxy.stop();
    const away = new URL(theirs.url);
    away.port = String(proxy.port);
    const nobody = new URL(theirs.url);
    nobody.pathname = "/no_such_database";
    for (const [url, said] of [
      [away, /^SOURCE_DATABASE_URL: the database does not answer \(ECONNREFUSED\)/],
      [nobody, /^SOURCE_DATABASE_URL: there is no database of that name \(3D000\)/],
    ] as const) {
      const other = reader(url.href);
      const loaded = await load(plans, "database", other);
      await other.close();
      expect(!loaded.ok && tellImportFault(loaded.fault)).toMatch(said);
    }
  });
});

test("a network that falls silent between two rows is waited for no longer than a SELECT may take", async () => {
  const { hostname: host, port } = new URL(theirs.url);
  const proxy = await startTcpProxy({ host, port: Number(port) });
  const slow = new URL(theirs.url);
  slow.port = String(proxy.port);
  const other = reader(slow.href, 1_000);
  const rows = `SELECT 't' || i AS tier, i AS tier_rank, true AS is_paid, pg_sleep(0.01)::text AS z
      FROM generate_series(1, 1000) i`.replaceAll("\n", " ");
  const loading = load(rows, "database", other);
  await expect.poll(() => copying(), { timeout: 10_000 }).toBe(1);
  proxy.freeze();
  const loaded = await loading;
  await other.close();
  await proxy.stop();
  expect(loaded).toEqual({
    ok: false,
    fault: { kind: "source_database", code: "connection_lost" },
  });
  expect(await tiers()).toEqual([]);
}, 20_000);

async function copying(): Promise<number> {
  const [found] = await theirs.db.rows(
    z.object({ copies: z.coerce.number() }),
    `SELECT count(*) AS copies FROM pg_stat_activity
     WHERE application_name = 'test sources' AND query LIKE 'COPY%' AND state = 'active'`,
  );
  return found?.copies ?? 0;
}

test("a table may be over the database beside others that are over files", async () => {
  await writeFile(path.join(folder, "more.csv"), "id,place\nnorth,0\n");
  const mapping = path.join(folder, "mixed.yaml");
  await writeFile(
    mapping,
    `files: {more: more.csv}
tables:
  tiers: {over: database, sql: "${plans} WHERE paying"}
  service_regions: {sql: "SELECT id AS region, id AS service FROM raw.more"}
`,
  );
  const loaded = await importMapping(ours.db, {
    mapping,
    dir: null,
    source,
    now,
    timeZone: "UTC",
  });
  if (!loaded.ok) throw new Error(tellImportFault(loaded.fault));
  expect(await tiers()).toEqual(["pro"]);
});
