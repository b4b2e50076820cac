/** The contract with scripts: what each command ends with, and what stands on stdout then. */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

// Each starts a process of its own.
vi.setConfig({ testTimeout: 120_000 });

const root = path.resolve(import.meta.dirname, "../..");
let folder = "";
let database: FreshDatabase;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "exit-status-"));
  database = await freshDatabase();
  writeFileSync(path.join(folder, "tiers.csv"), "tier;tier_rank;is_paid\nfree;0;false\n");
  writeFileSync(path.join(folder, "sheet.csv"), "PK\u0003\u0004");
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function kpi(...args: string[]): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [path.join(root, "src/cli/kpi.ts"), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", DATABASE_URL: database.url, NO_COLOR: "1" },
  });
  const ran = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ran.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ran.err += text;
  });
  return new Promise((done) => child.on("close", (status) => done({ status, ...ran })));
}

test.concurrent.each<[status: number, args: string[], err: RegExp]>([
  [0, ["import", "tiers", "tiers.csv"], /^$/],
  [0, ["manifest"], /^$/],
  [1, ["import", "tiers", "sheet.csv"], /sheet\.csv is a spreadsheet .*"CSV UTF-8"/],
  [1, ["doctor"], /^$/],
  [1, ["serve"], /SLACK_BOT_TOKEN/],
  [0, ["access"], /^$/],
  [0, ["audit", "--since", "2026-11-01"], /^$/],
  [2, ["audit", "--since", "yesterday"], /"yesterday" is no date/],
  [2, ["imprt"], /Did you mean import\?/],
  [2, ["query", "mrr", "--jsn"], /Did you mean --json\?/],
  [2, ["scorecard", "ENGG"], /There is no team called "ENGG"\. [\s\S]*scorecard ENG/],
  [2, ["init"], /Say where your data is: kpi init --dir/],
  [1, ["watch"], /names no owner[\s\S]*Nothing is posted by itself: kpi serve has not looked/],
  [2, ["target", "adoption", "45"], /more than a share can be/],
])("%i of kpi %j", async (status, args, err) => {
  const ran = await kpi(...args);
  expect(ran).toMatchObject({ status, err: expect.stringMatching(err) });
  expect(ran.out + ran.err).not.toContain("\u001b[");
});

test("kpi watch leaves a sign of each look, also when nothing is missing", async () => {
  await database.db.run("INSERT INTO scheduler (ticked_at) VALUES (now())");
  const file = path.join(folder, ".kpi/watch.json");
  rmSync(file, { force: true });
  expect(await kpi("watch")).toMatchObject({ status: 0, out: "Nothing is missing.\n" });
  const long = new Date("2026-01-01");
  utimesSync(file, long, long);
  expect((await kpi("watch")).status).toBe(0);
  expect(statSync(file).mtimeMs).toBeGreaterThan(long.getTime());
});

test("a question that fails is data with --json, by a code", async () => {
  const wrong = await kpi("query", "adpotion", "--json");
  expect(wrong.status).toBe(2);
  expect(JSON.parse(wrong.out)).toMatchObject({
    fault: { code: "unknown_metric", message: expect.stringContaining("adpotion") },
  });
  const silent = await kpi("query", "active accounts", "--json");
  expect(silent.status).toBe(1);
  expect(JSON.parse(silent.out)).toMatchObject({ fault: { code: "no_data" } });
});

test("the folder of a picture is made, as that of every file that is written", async () => {
  const csv = Array.from({ length: 60 }, (_, i) => `${weekOf(i)},${i % 7}`).join("\n");
  writeFileSync(path.join(folder, "weekly.csv"), `week,value\n${csv}\n`);
  const ran = await kpi("backtest", "--csv", "weekly.csv", "--kind", "flow", "--png", "new/a.png");
  expect(ran).toMatchObject({ status: 0, err: "picture: new/a.png\n" });
  expect(existsSync(path.join(folder, "new", "a.png"))).toBe(true);
});

function weekOf(i: number): string {
  return Temporal.PlainDate.from("2025-01-06").add({ weeks: i }).toString();
}

test("the reference has each of them", () => {
  const reference = readFileSync(path.join(root, "docs/reference.md"), "utf8");
  for (const status of [0, 1, 2, 130])
    expect(reference).toMatch(new RegExp(`^\\| ${status} +\\|`, "m"));
});
