import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBareCsv } from "../../src/ingest/csv/bare-csv.ts";
import { asManyAsFit } from "../support/as-many-as-fit.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, load } from "./importing.ts";

let fresh: FreshDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "throughline-whole-"));
  file = path.join(folder, "test.csv");
});
afterAll(async () => {
  await fresh.close();
  await rm(folder, { recursive: true });
});

const head = "account_id,revenue_date,revenue_kind,model_id,net_amount";

/** What the import of the text into an empty table tells and leaves. */
async function outcome(text: string, more: Parameters<typeof load>[3] = {}) {
  await fresh.db.run(
    "TRUNCATE source.revenue_daily; DELETE FROM bot.dirty; DELETE FROM source.source_watermarks",
  );
  const result = await load(fresh.db, "revenue_daily", text, more);
  const told = result.ok
    ? { tables: result.value.tables, rejections: result.value.rejections }
    : result.fault.kind;
  const rows = await column(
    fresh.db,
    "SELECT r::text AS value FROM source.revenue_daily r ORDER BY 1",
  );
  return {
    told,
    rows,
    dirty: await column(fresh.db, "SELECT day::text AS value FROM bot.dirty ORDER BY 1"),
  };
}

const account = fc.constantFrom("a", "b", "c", "", '"a"', "\\.", "\\N");
const day = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("2024-01-01", "2024-02-29") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "2024-02-30",
      "today",
      "20240101",
      "infinity",
      "Jan 5 2024",
      "2024-1-1",
      "",
    ),
  },
);
const kind = fc.constantFrom("usage", "one_time", "usage", "usge");
const model = fc.constantFrom("none", "m", "");
const amount = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("1", "2.50", "-3", " 4 ", "1e2") },
  { weight: 1, arbitrary: fc.constantFrom("NaN", "Infinity", "x", "", "1_000") },
);
const row = fc.tuple(account, day, kind, model, amount).map((cells) => cells.join(","));

test("a file that is copied straight in ends like one that is judged row by row", {
  timeout: 60_000,
}, async () => {
  await asManyAsFit(
    fc.asyncProperty(
      fc.array(row, { maxLength: 3 }),
      fc.constantFrom("\n", "\r\n"),
      async (rows, end) => {
        const text = [head, ...rows].join(end);
        await writeFile(file, text);
        expect(await outcome(text, { file })).toEqual(await outcome(text));
      },
    ),
  );
});

test.each([
  ["a quote", 'a,"2024-01-01",usage,none,1'],
  ["a number that only Postgres reads", "a,2024-01-01,usage,none,1_000"],
  ["a moment that only Postgres reads", "a,2024-01-01 BC,usage,none,1"],
  ["a day in another form", "a,01/02/2024,usage,none,1"],
  ["a value too few", "a,2024-01-01,usage,none"],
  ["a quote without end", 'a,2024-01-01,usage,"none,1'],
])("%s is not plain, and nothing behind it is sent", async (_, odd) => {
  await writeFile(file, `${head}\n${odd}\n${"a,2024-01-01,usage,none,1\n".repeat(10)}`);
  const csv = openBareCsv(createReadStream(file), ["any", "moment", "any", "any", "number"]);
  let sent = "";
  for await (const block of csv.rows) sent += String(block);
  expect(sent).toBe("");
  expect(csv.counts().plain).toBe(false);
});
