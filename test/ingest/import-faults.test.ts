import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tellImport, tellImportFault } from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, counts, load, loaded, now, tiers } from "./importing.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

test.each([
  [
    "UTF-16 with half a character",
    Buffer.from(`\ufeff${tiers}a\ud83d,1,true\n`, "utf16le"),
    "broken_utf16",
  ],
  [
    "UTF-16 with a byte too many",
    Buffer.concat([Buffer.from(`\ufeff${tiers}`, "utf16le"), Buffer.of(1)]),
    "broken_utf16",
  ],
  ["UTF-16 without its mark", Buffer.from(tiers, "utf16le"), "bad_header"],
  ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), "not_csv"],
  ["a spreadsheet", Buffer.from("PK\u0003\u0004[Content_Types].xml"), "not_csv"],
  ["an old spreadsheet", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), "not_csv"],
  ["a page that asks for a login", "\n<!DOCTYPE html><title>Sign in</title>", "not_csv"],
  ["JSON", '[{"tier": "free"}]', "not_csv"],
  ["nothing", "", "no_header"],
  ["blank lines", "\n\n", "no_header"],
  ["a column twice", "tier,Tier\n", "bad_header"],
  ["a nameless column", "tier,,is_paid\n", "bad_header"],
  ["a quote without end", `${tiers}"x,3,true\n`, "unclosed_quote"],
  ["a quote without end in the header", '"tier,tier_rank\n', "unclosed_quote"],
])("a file of %s is a fault and loads nothing", async (_, text, kind) => {
  expect(await load(fresh.db, "tiers", text)).toMatchObject({ ok: false, fault: { kind } });
  expect(await column(fresh.db, "SELECT count(*)::text AS value FROM source.tiers")).toEqual(["0"]);
});

test("a file that is not there is a fault with the system's code", async () => {
  expect(await load(fresh.db, "tiers", "", { file: "/nowhere/tiers.csv" })).toEqual({
    ok: false,
    fault: { kind: "unreadable_file", file: "/nowhere/tiers.csv", code: "ENOENT" },
  });
});

test("bytes that are no UTF-8 and NUL bytes reject their rows", async () => {
  const bytes = Buffer.concat([
    Buffer.from(tiers),
    Buffer.from([0xc3, 0x28]),
    Buffer.from(",2,true\na\0b,3,true\nent,4,true\n"),
  ]);
  const report = await loaded(fresh.db, "tiers", bytes);
  expect(counts(report)).toMatchObject({ read: 5, new: 3, rejected: 2 });
});

test("a stream that breaks leaves nothing behind", async () => {
  const stream = Readable.from(
    (function* () {
      yield Buffer.from(tiers);
      throw new Error("broken pipe");
    })(),
  );
  await expect(load(fresh.db, "tiers", "", { file: { name: "x", stream } })).rejects.toThrow(
    "broken pipe",
  );
  expect(await column(fresh.db, "SELECT count(*)::text AS value FROM source.tiers")).toEqual(["0"]);
});

test("a broken unique rule that no row alone shows rolls everything back", async () => {
  await loaded(fresh.db, "tiers", tiers);
  const result = await load(fresh.db, "tiers", "tier,tier_rank,is_paid\nent,1,true\n");
  expect(result).toMatchObject({
    ok: false,
    fault: { kind: "constraint", constraint: "tiers_tier_rank_key" },
  });
});

test("a first row of megabytes is a fault that says so", async () => {
  const stream = Readable.from([Buffer.alloc(2 << 20, "x")]);
  const file = { name: "huge.csv", stream };
  expect(await load(fresh.db, "tiers", "", { file })).toMatchObject({
    ok: false,
    fault: { kind: "bad_header", problem: "too_large" },
  });
});

test("a folder in the place of a file is a fault by its name", async () => {
  expect(await load(fresh.db, "tiers", "", { file: import.meta.dirname })).toEqual({
    ok: false,
    fault: { kind: "unreadable_file", file: import.meta.dirname, code: "EISDIR" },
  });
});

test("strict, a rejected row rolls everything back and is told", async () => {
  const result = await load(fresh.db, "tiers", `${tiers}ent,x,true\n`, { strict: true });
  expect(result).toMatchObject({
    ok: false,
    fault: { kind: "rejected_rows", report: { rejections: [{ line: 4, column: "tier_rank" }] } },
  });
  if (!result.ok)
    expect(tellImportFault(result.fault)).toMatch(/tiers:4 .*\n.*--strict.*\nNothing/);
  expect(await column(fresh.db, "SELECT count(*)::text AS value FROM source.tiers")).toEqual(["0"]);
  await loaded(fresh.db, "tiers", tiers, { strict: true });
});

const head = "release_id,released_at,kind\n";

test.each([
  ["without a row", head],
  ["whose rows are all wrong", `${head}r1,soon,fix\n`],
])("a file %s does not say that its table is complete, unless a person does", async (_, text) => {
  const before = await loaded(fresh.db, "releases", `${head}r0,2024-01-01,fix\n`, {
    now: now.subtract({ hours: 72 }),
  });
  const stood = before.tables[0]?.completeThrough;
  const report = await loaded(fresh.db, "releases", text);
  expect(report.tables[0]?.completeThrough).toBe(stood);
  expect(report.notes).toMatchObject([{ kind: "nothing_taken", watermark: "kept" }]);
  expect(tellImport(report)).toContain("--complete-through");
  const told = await loaded(fresh.db, "releases", text, { completeThrough: now });
  expect(told.tables[0]?.completeThrough).toBe(now.toString());
});

test.each([
  ["released_at", "r,03/04/2026,fix", "day and month cannot be told apart"],
  ["released_at", "r,2026-02-30T10:00Z,fix", "there is no such day"],
  ["released_at", "r,45678.5,fix", "day number of a spreadsheet"],
  ["released_at", "r,1767571200000,fix", "Unix time"],
  ["released_at", "r,2026-1-5,fix", "two digits"],
  ["released_at", "r,2026-01-05 BC,fix", "or a date"],
  ["released_at", "r,2026-01-05 10:00 Mars/Base,fix", "or a date"],
])("a wrong %s is told by what it was meant to be: %s", async (name, row, words) => {
  const [rejection] = (await loaded(fresh.db, "releases", `${head}${row}\n`)).rejections;
  expect(rejection).toMatchObject({
    line: 2,
    column: name,
    reason: expect.stringContaining(words),
  });
});

test.each([
  "2026-01-05",
  "2026-01-05T10:00:00+02:00",
  "2026-01-05 10:00:00 UTC",
  "2026-01-05T10:00Z",
])("%s is an instant", async (instant) => {
  expect(counts(await loaded(fresh.db, "releases", `${head}r,${instant},fix\n`))).toMatchObject({
    new: 1,
  });
});

test.each([
  ['"1,234.50"', "thousands"],
  ["1_000", "thousands"],
  ['"12,50"', "decimal sign"],
  ["€12", "currency"],
  ["12%", "percent"],
  ["Infinity", "finite"],
  ["0x1F", "12.50"],
])("the number %s is refused alike by every Postgres, with its reason", async (number, words) => {
  const text = `account_id,revenue_date,revenue_kind,net_amount\na,2024-01-01,usage,${number}\n`;
  const [rejection] = (await loaded(fresh.db, "revenue_daily", text)).rejections;
  expect(rejection?.reason).toContain(words);
});

test.each([
  ["99999999999", "too large"],
  ["1.5", "decimals"],
])("the whole number %s is refused with its reason", async (number, words) => {
  const text = `tier,tier_rank,is_paid\nx,${number},true\n`;
  expect((await loaded(fresh.db, "tiers", text)).rejections[0]?.reason).toContain(words);
});
