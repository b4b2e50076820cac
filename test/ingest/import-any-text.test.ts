import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellImport, tellImportFault } from "../../src/ingest/index.ts";
import { asManyAsFit } from "../support/as-many-as-fit.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, counts, load } from "./importing.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const cell = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "a",
      "b",
      "2024-01-01",
      "2024-02-30",
      "fix",
      "feature",
      "",
      "infinity",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '"',
      '""',
      '"x"',
      "\0",
      "\\.",
      "\\N",
      "NULL",
      "'; DROP TABLE source.releases; --",
    ),
  },
);
const row = fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => cells.join(","));
const text = fc
  .tuple(
    fc.constantFrom(
      "release_id,released_at,kind",
      "kind,release_id,released_at",
      "release_id,kind",
      '"a',
      "",
    ),
    fc.array(row, { maxLength: 5 }),
    fc.constantFrom("\n", "\r\n", "\r"),
  )
  .map(([head, rows, end]) => [head, ...rows].join(end));

const present = async () =>
  Number((await column(fresh.db, "SELECT count(*)::text AS value FROM source.releases"))[0]);

test("any text is loaded with counts that add up, or is a fault that changes nothing", {
  timeout: 60_000,
}, async () => {
  await asManyAsFit(
    fc.asyncProperty(
      text,
      fc.constantFrom("upsert" as const, "replace" as const),
      async (csv, mode) => {
        const before = await present();
        const result = await load(fresh.db, "releases", csv, { mode });
        if (!result.ok) {
          expect(tellImportFault(result.fault)).toContain("Nothing was imported.");
          expect(await present()).toBe(before);
          return;
        }
        const told = counts(result.value);
        const of = (name: string) => told[name] ?? Number.NaN;
        const [read, added, changed, unchanged] = [
          of("read"),
          of("new"),
          of("changed"),
          of("unchanged"),
        ];
        const [rejected, repeated, deleted] = [of("rejected"), of("repeated"), of("deleted")];
        expect(added + changed + unchanged + rejected + repeated).toBe(read);
        expect(Math.min(...Object.values(told))).toBeGreaterThanOrEqual(0);
        expect(await present()).toBe(before + added - deleted);
        const refused = new Set(result.value.rejections.map(({ line }) => line)).size;
        expect(refused).toBe(rejected);
        expect(tellImport(result.value)).not.toMatch(/[\0\r]/);
        expect(counts((await reload(csv, mode)) ?? result.value)).toMatchObject({ read });
      },
    ),
  );
});

/** The same text again changes nothing. */
async function reload(csv: string, mode: "upsert" | "replace") {
  const again = await load(fresh.db, "releases", csv, { mode });
  if (!again.ok) return null;
  expect(counts(again.value)).toMatchObject({ new: 0, changed: 0, deleted: 0 });
  return again.value;
}
