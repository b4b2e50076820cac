/** `kpi init` on the terminal: what it writes, what it says, and what it leaves alone. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const root = path.resolve(import.meta.dirname, "../..");
const exports = path.join(root, "test/ingest/exports/billing");
let folder = "";
let database: FreshDatabase;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "kpi-init-"));
  database = await freshDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function init(...args: string[]) {
  const child = spawn(process.execPath, [path.join(root, "src/cli/kpi.ts"), "init", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", DATABASE_URL: database.url, NO_COLOR: "1" },
  });
  const ended = new Promise<number | null>((done) => child.on("close", done));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, out, err };
}
const written = (file: string) => readFileSync(path.join(folder, file), "utf8");

test("it writes a mapping and a kpi.yaml, says what they answer, and never over what is there", async () => {
  const first = await init("--dir", exports);
  expect(first).toMatchObject({ status: 0, err: "" });
  expect(first.out).toMatch(/subscription_periods +subscriptions\.csv: 5 rows/);
  expect(first.out).toMatch(/With them \d+ of \d+ metrics can be asked/);
  expect(first.out).toMatch(/\+ telemetry_hourly: .*error_rate/);
  expect(first.out).toContain(`kpi import --mapping mapping.yaml --dir ${exports}`);
  expect(written("mapping.yaml")).toContain(`# Proposed by kpi init --dir ${exports}.`);
  expect(written("kpi.yaml")).toContain("# currency: USD           # ? the only one in your data");

  writeFileSync(path.join(folder, "mapping.yaml"), "mine");
  writeFileSync(path.join(folder, "kpi.yaml"), "time_zone: Asia/Tokyo\n");
  const again = await init("--dir", exports);
  expect(again.status).toBe(2);
  expect(again.err).toContain("mapping.yaml is there already, and stays as it is");
  expect(written("mapping.yaml")).toBe("mine");

  expect(await init("--dir", exports, "--force")).toMatchObject({ status: 0 });
  expect(written("mapping.yaml")).toContain("tables:");
  expect(written("kpi.yaml")).toBe("time_zone: Asia/Tokyo\n");
}, 120_000);

test("what is left out is told once, and what to type next can be typed", async () => {
  const dir = path.join(folder, "our exports");
  mkdirSync(dir);
  writeFileSync(path.join(dir, "tiers.csv"), "tier,tier_rank,is_paid\nfree,0,false\npro,1,true\n");
  writeFileSync(path.join(dir, "accounts.csv"), "account_id,name\nA,Ann\nB,Bob\n");
  const { status, out } = await init("--dir", dir, "--mapping", "some.yaml");
  expect(status).toBe(0);
  expect(out).toMatch(/Not used:\n {2}accounts\.csv as accounts: no column is signed_up_at\n\n/);
  expect(out).toMatch(/With them 0 of \d+ metrics can be asked\.\n\n/);
  expect(out).toContain(`kpi import --mapping some.yaml --dir "${dir}"\n`);
}, 60_000);

test("metrics of use are told by the measure that the kpi.yaml begins with, and by that of one that is there", async () => {
  const dir = path.join(folder, "usage");
  mkdirSync(dir);
  const day = "2026-03-02";
  writeFileSync(path.join(dir, "accounts.csv"), `account_id,signed_up_at\nA,${day}T09:00Z\n`);
  writeFileSync(
    path.join(dir, "usage_daily.csv"),
    `account_id,user_id,usage_date,feature_id,event_count\nA,ann,${day},f,3\n`,
  );
  writeFileSync(
    path.join(dir, "features.csv"),
    `feature_id,category,is_core,ga_on\nf,core,true,${day}\n`,
  );
  const waits = /usage_daily\.tokens.*usage_retention_rate/;
  rmSync(path.join(folder, "kpi.yaml"), { force: true });
  const begun = await init("--dir", dir, "--mapping", "use.yaml");
  expect(written("kpi.yaml")).toContain("usage_measure: core_events");
  expect(begun.out).toMatch(/ {2}usage_daily +.*usage_retention_rate/);
  expect(begun.out).not.toMatch(waits);
  writeFileSync(path.join(folder, "kpi.yaml"), "time_zone: UTC\n");
  const there = await init("--dir", dir, "--mapping", "use.yaml", "--force");
  expect(there.out).toMatch(waits);
}, 60_000);

test("a folder without anything that it knows gets no mapping, and is told why", async () => {
  const empty = path.join(folder, "empty");
  rmSync(empty, { recursive: true, force: true });
  const { status, err } = await init("--dir", empty, "--mapping", "other.yaml");
  expect(status).toBe(1);
  expect(err).toMatch(/There is no file or folder .*empty[\s\S]*Nothing was written/);
}, 60_000);
