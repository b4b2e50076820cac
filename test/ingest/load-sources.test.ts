/** The load on schedule: how far a file makes a table complete is when it was written. */
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSources, tellImportFault } from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, now } from "./importing.ts";

let database: FreshDatabase;
let folder = "";
beforeEach(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "load-sources-"));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, text: string, writtenAt: string): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  await utimes(file, new Date(writtenAt), new Date(writtenAt));
}

async function load(mapping: string | null = null, at = now) {
  const file = mapping === null ? null : path.join(folder, "mapping.yaml");
  if (file !== null && mapping !== null) await writeFile(file, mapping);
  const request = { mapping: file, folder, now: at, timeZone: "UTC" };
  const loaded = await loadSources(database.db, request);
  if (!loaded.ok) throw new Error(tellImportFault(loaded.fault));
  return loaded.value;
}

const watermark = () =>
  column(
    database.db,
    "SELECT complete_through::text AS value FROM source.source_watermarks WHERE source_table = 'accounts'",
  );

const accounts =
  "account_id,name,source,channel,segment,region,signed_up_at\na1,Ada,web,none,smb,eu,2026-11-20\n";

test("a folder of tables that nobody exported anew stays as old as it is", async () => {
  await put("accounts.csv", accounts, "2026-11-21T05:00:00Z");
  await load();
  expect(await watermark()).toEqual(["2026-11-21 00:00:00+00"]);
  const { tables } = await load(null, now.add({ hours: 48 }));
  expect(tables).toMatchObject([{ table: "accounts", unchanged: 1, new: 0, changed: 0 }]);
  expect(await watermark()).toEqual(["2026-11-21 00:00:00+00"]);
  await put("accounts.csv", accounts, "2026-11-23T05:00:00Z");
  await load();
  expect(await watermark()).toEqual(["2026-11-23 00:00:00+00"]);
});

test("a file from a clock that is ahead is complete to the midnight before the load", async () => {
  await put("accounts.csv", accounts, "2027-01-01T00:00:00Z");
  await load();
  expect(await watermark()).toEqual(["2026-11-24 00:00:00+00"]);
});

test("of a mapping the oldest of the files counts that a table's SELECT names", async () => {
  await put("crm.csv", accounts, "2026-11-23T05:00:00Z");
  await put("regions.csv", "code,name\neu,Europe\n", "2026-11-20T05:00:00Z");
  await put("plans.csv", "plan\nfree\n", "2026-01-01T00:00:00Z");
  const files = "files: {crm: crm.csv, regions: regions.csv, plans: plans.csv}\n";
  const select =
    "SELECT c._line, account_id, c.name, source, channel, segment, r.name AS region, signed_up_at FROM raw.crm c JOIN raw.regions r ON r.code = c.region";
  await load(`${files}tables: {accounts: {sql: "${select}"}}\n`);
  expect(await watermark()).toEqual(["2026-11-20 00:00:00+00"]);
  await load(`${files}tables: {accounts: {from: crm, sql: "${select}"}}\n`);
  expect(await watermark()).toEqual(["2026-11-23 00:00:00+00"]);
});
