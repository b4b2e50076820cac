import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copiedLines, copyFields } from "../../src/ingest/copy-text.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh?.close());

async function fieldsOf(pieces: Readable): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const lines of copiedLines(pieces)) rows.push(...lines.map(copyFields));
  return rows;
}

test("any text and null come out of the server's COPY as they are in the table", async () => {
  await fresh.db.run("CREATE TABLE public.copied (seq int, a text, b text)");
  const value = fc.option(
    fc
      .oneof(
        fc.string({ unit: "binary", maxLength: 20 }),
        fc.constantFrom(
          "\\N",
          "\\",
          "\t",
          "\n\r",
          "\\t",
          "",
          "\u2028",
          "a\tb\\nc\v\f\b",
          "日本\n語",
        ),
      )
      .map((text) => text.replaceAll("\0", "").toWellFormed()),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(value, value), { maxLength: 8 }), async (rows) => {
      await fresh.db.run("TRUNCATE public.copied");
      for (const [seq, [a, b]] of rows.entries())
        await fresh.db.run("INSERT INTO public.copied VALUES ($1, $2, $3)", [seq, a, b]);
      const out = await fresh.db.copyOut(
        "COPY (SELECT a, b FROM public.copied ORDER BY seq) TO STDOUT",
      );
      expect(await fieldsOf(out)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

test("a row that comes in pieces is one row, wherever it was cut", async () => {
  const bytes = Buffer.from("日本\\t\t\\N\nnext\t\\\\N\n");
  for (let at = 0; at <= bytes.length; at++)
    expect(await fieldsOf(Readable.from([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual([
      ["日本\t", null],
      ["next", "\\N"],
    ]);
});
