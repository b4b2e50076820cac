import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importFolder } from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, now } from "./importing.ts";

let fresh: FreshDatabase;
let folder: string;
beforeEach(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "throughline-folder-"));
});
afterEach(async () => {
  await fresh.close();
  await rm(folder, { recursive: true });
});

const bringIn = (rejectionsFile: string | null = null) =>
  importFolder(fresh.db, {
    folder,
    mode: "upsert",
    completeThrough: null,
    now,
    timeZone: "UTC",
    rejectionsFile,
  });

test("every <table>.csv is loaded, parents first, and other files are left alone", async () => {
  await writeFile(path.join(folder, "campaigns.csv"), "campaign_id,kind,channel\nnone,other,web\n");
  await writeFile(path.join(folder, "channels.csv"), "channel,is_organic\nweb,true\n");
  await writeFile(path.join(folder, "notes.csv"), "x\n1\n");
  expect(await bringIn()).toMatchObject({
    ok: true,
    value: {
      tables: [
        { table: "channels", new: 1 },
        { table: "campaigns", new: 1 },
      ],
    },
  });
});

test("a fault in the last file leaves nothing of the first", async () => {
  await writeFile(path.join(folder, "channels.csv"), "channel,is_organic\nweb,true\n");
  await writeFile(path.join(folder, "campaigns.csv"), "campaign_id,knd,channel\nnone,other,web\n");
  expect(await bringIn()).toMatchObject({
    ok: false,
    fault: { kind: "missing_columns", table: "campaigns" },
  });
  expect(await column(fresh.db, "SELECT count(*)::text AS value FROM source.channels")).toEqual([
    "0",
  ]);
});

test("a folder without a table's file is a fault, and so is no folder", async () => {
  expect(await bringIn()).toMatchObject({ ok: false, fault: { kind: "no_tables" } });
  folder = path.join(folder, "none");
  expect(await bringIn()).toMatchObject({
    ok: false,
    fault: { kind: "unreadable_file", code: "ENOENT" },
  });
  folder = path.dirname(folder);
});

test("all rejections are in the file, a hundred in the report with some of every kind, and formulas are inert", async () => {
  const rows = Array.from({ length: 250 }, (_, i) => `c${i},=1+${i}\n`).join("");
  await writeFile(path.join(folder, "channels.csv"), `channel,is_organic\n${rows}neg,-5\n,true\n`);
  const file = path.join(folder, "rejected.txt");
  const result = await bringIn(file);
  expect(result).toMatchObject({ ok: true, value: { rejectionsInAll: 252, rejectionsFile: file } });
  const told = result.ok ? result.value.rejections : [];
  expect(told).toHaveLength(100);
  expect(told.slice(-2)).toMatchObject([
    { line: 100, column: "is_organic" },
    { line: 253, column: "channel" },
  ]);
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  expect(lines).toHaveLength(253);
  expect(lines[1]).toBe("channels,2,is_organic,is not true or false,'=1+0");
  expect(lines.at(-2)).toBe("channels,252,is_organic,is not true or false,-5");
});
