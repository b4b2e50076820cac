/** What spreadsheets write, outside the United States too. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { findDialect } from "../../src/ingest/csv/separator.ts";
import { tellImport } from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { counts, loaded } from "./importing.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

const rows = [
  ["tier", "tier_rank", "is_paid"],
  ["free", "0", "false"],
  ['Größe; "groß", \tmit\nZeile', "1", "true"],
];

function written(separator: string, end: string): string {
  return rows
    .map(
      (row) =>
        row
          .map((value) => (/[";,\t|\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
          .join(separator) + end,
    )
    .join("");
}

function tiersThere() {
  const tier = z.object({ tier: z.string(), tier_rank: z.number() });
  return fresh.db.rows(tier, "SELECT tier, tier_rank FROM source.tiers ORDER BY tier_rank");
}

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

test.each<[what: string, bytes: Buffer | string]>([
  ["CSV UTF-8, with commas", `\ufeff${written(",", "\r\n")}`],
  ["CSV UTF-8, with the semicolons of most of Europe", `\ufeff${written(";", "\r\n")}`],
  ["CSV with a first line for itself", `sep=;\r\n${written(";", "\r\n")}`],
  ["Text, with tabs", written("\t", "\r\n")],
  ["Unicode Text: UTF-16 and tabs", utf16(written("\t", "\r\n"))],
  ["UTF-16 of the other end", utf16(written(",", "\n")).swap16()],
  ["bars", written("|", "\n")],
])("%s is taken whole", async (_, bytes) => {
  expect(counts(await loaded(fresh.db, "tiers", bytes))).toMatchObject({ read: 2, new: 2 });
  expect(await tiersThere()).toEqual([
    { tier: "free", tier_rank: 0 },
    { tier: rows[2]?.[0], tier_rank: 1 },
  ]);
  expect(counts(await loaded(fresh.db, "tiers", bytes))).toMatchObject({ read: 2, unchanged: 2 });
});

describe("what is wrong in it", () => {
  test("is told with its line and column, a first line for itself included", async () => {
    const text = utf16("sep=;\r\ntier;tier_rank;is_paid\r\nfree;0;false\r\nx;eins;true\r\ny;2\r\n");
    const report = await loaded(fresh.db, "tiers", text);
    expect(report.rejections).toMatchObject([
      { line: 4, column: "tier_rank" },
      { line: 5, reason: "the row has 2 values, the header 3" },
    ]);
  });

  test("numbers of such a country are never taken for others", async () => {
    const amounts = [
      "12.5",
      "1.234",
      "1.234,50",
      "12,5",
      "1234.567",
      "1.000.000",
      "0.125",
      "-0.500",
    ];
    const file = [
      "metric_id;week_start;value;source;reported_by;reported_at",
      ...amounts.map((amount, i) => `m;2024-02-0${i + 1};${amount};crm;ana;2024-03-01`),
    ].join("\n");
    const report = await loaded(fresh.db, "metric_observations", file);
    expect(report.rejections.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      expect.stringMatching(/^3 .*the point may part thousands or decimals/),
      expect.stringMatching(/^4 .*leave out the points between thousands/),
      expect.stringMatching(/^5 .*the decimal sign is a point/),
      expect.stringMatching(/^7 .*the point may part thousands or decimals/),
    ]);
    expect(counts(report)).toMatchObject({ new: 4 });
    expect(tellImport(report)).toContain("the decimal sign is a point");
    // With commas between the columns a point is the decimal sign.
    const commas =
      "metric_id,week_start,value,source,reported_by,reported_at\nn,2024-02-01,1.234,crm,ana,2024-03-01\n";
    expect(counts(await loaded(fresh.db, "metric_observations", commas))).toMatchObject({ new: 1 });
  });
});

describe("the separator", () => {
  const of = (text: string) => findDialect(Buffer.from(text), true)?.separator;

  test.each([
    ["a;b\n1,5;2", ";"],
    ['"a;b",c\n', ","],
    ["a;b,c\n", ","],
    ["a\n", ","],
    ["\r\n\r\na\tb", "\t"],
    ['"a\nb";c\n', ";"],
    ["", ","],
  ])("of %j is %j", (text, separator) => {
    expect(of(text)).toBe(separator);
  });

  test("is found alike however the bytes come", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", ";", ",", "\t", '"', "\n", "\r", "sep=;\n"),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, fc.nat(12), (whole, cut) => {
        const bytes = Buffer.from(whole);
        const early = findDialect(bytes.subarray(0, cut), false);
        if (early !== null && !/^"?sep=/i.test(whole))
          expect(findDialect(bytes, true)).toEqual(early);
      }),
      { numRuns: 5_000 },
    );
  });
});
