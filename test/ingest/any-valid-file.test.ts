import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { asManyAsFit } from "../support/as-many-as-fit.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { counts, load, loaded } from "./importing.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

/** As the database gives them back; text that CSV, COPY and SQL each have a meaning for. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', ",", "\n", "\r", "\\", ";", "'", "\t", " ", "a"),
    maxLength: 6,
  }),
  fc.constantFrom("\\.", "\\N", "NULL", "=1+1", "''", "\ufeff", "🏳️‍🌈"),
);
const present = text.filter(
  (value) => value !== "" && !value.includes("\0") && value.isWellFormed(),
);
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(9))
  .map(([whole, digit]) => `${whole}.${digit}5`);
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => Temporal.PlainDate.from("1990-01-01").add({ days }).toString());
const row = fc.record({
  account_id: present,
  revenue_date: day,
  revenue_kind: fc.constantFrom("subscription", "usage", "one_time"),
  model_id: present,
  net_amount: amount,
});
const rows = fc
  .uniqueArray(row, {
    selector: ({ account_id, revenue_date, revenue_kind, model_id }) =>
      JSON.stringify([account_id, revenue_date, revenue_kind, model_id]),
    maxLength: 12,
  })
  .filter((all) => all.length > 0);
const spelling = fc.record({
  record_delimiter: fc.constantFrom("\n", "\r\n", "\r"),
  quoted: fc.boolean(),
  bom: fc.boolean(),
  eof: fc.boolean(),
});
const columns = ["account_id", "revenue_date", "revenue_kind", "model_id", "net_amount"];
const sorted = fc.shuffledSubarray(columns, { minLength: columns.length });

const stored = z.strictObject({
  account_id: z.string(),
  revenue_date: z.string(),
  revenue_kind: z.string(),
  model_id: z.string(),
  net_amount: z.string(),
});

async function table() {
  const all = await fresh.db.rows(
    stored,
    `SELECT account_id, revenue_date, revenue_kind, model_id, net_amount::text FROM source.revenue_daily`,
  );
  return all.map((each) => JSON.stringify(each)).toSorted();
}

test("any valid rows, quoted and ended in any way, come in as they are, and again change nothing", {
  timeout: 60_000,
}, async () => {
  await asManyAsFit(
    fc.asyncProperty(rows, spelling, sorted, async (all, options, order) => {
      await fresh.db.run("TRUNCATE source.revenue_daily");
      // A lone carriage return inside a value needs quotes that the library adds for its own line end only.
      const quoted_match = /[\r\n]/;
      const csv = stringify(all, { ...options, quoted_match, header: true, columns: order });
      const report = counts(await loaded(fresh.db, "revenue_daily", csv));
      expect(report).toMatchObject({ read: all.length, new: all.length, rejected: 0 });
      const expected = all.map((each) => JSON.stringify(stored.parse(each))).toSorted();
      expect(await table()).toEqual(expected);
      await fresh.db.run("DELETE FROM bot.dirty");
      const again = counts(await loaded(fresh.db, "revenue_daily", csv, { mode: "replace" }));
      expect(again).toMatchObject({ unchanged: all.length, new: 0, changed: 0, deleted: 0 });
      expect(await fresh.db.rows(z.unknown(), "SELECT FROM bot.dirty")).toEqual([]);
    }),
  );
});

test("a mutated file is taken as its report says, or not at all", { timeout: 60_000 }, async () => {
  const slip = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(3),
    fc.constantFrom("", '"', ",", "\n", "\0", "\xff", "x"),
  );
  await asManyAsFit(
    fc.asyncProperty(rows, fc.array(slip, { minLength: 1, maxLength: 3 }), async (all, slips) => {
      await fresh.db.run("TRUNCATE source.revenue_daily");
      const csv = stringify(all, { header: true, columns });
      const mutated = slips.reduce((bytes, [at, cut, put]) => {
        const place = Math.floor(at * bytes.length);
        return Buffer.concat([
          bytes.subarray(0, place),
          Buffer.from(put, "latin1"),
          bytes.subarray(place + cut),
        ]);
      }, Buffer.from(csv));
      const result = await load(fresh.db, "revenue_daily", mutated);
      const there = await table();
      const report = result.ok ? counts(result.value) : { new: 0, read: 0 };
      expect(there).toHaveLength(report.new ?? Number.NaN);
      const accounted = ["new", "changed", "unchanged", "rejected", "repeated"];
      expect(accounted.reduce((sum, name) => sum + (report[name] ?? 0), 0)).toBe(report.read);
    }),
  );
});
