import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, counts, load, loaded, tiers } from "./importing.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

test.each([
  ["UTF-16", Buffer.from(`\ufeff${tiers}`, "utf16le"), "not_utf8"],
  ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), "not_utf8"],
  ["nothing", "", "no_header"],
  ["blank lines", "\n\n", "no_header"],
  ["semicolons", "tier;tier_rank;is_paid\n", "bad_header"],
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
