import { expect, test } from "vitest";
import { foldName, foldNoun } from "../../src/ingest/propose/fold-name.ts";
import { sourceWords } from "../../src/ingest/propose/words.ts";
import { readTableShapes } from "../../src/ingest/table-shape.ts";
import { freshDatabase } from "../support/database.ts";

test("every source table has words, and every word is of a column that is there", async () => {
  const fresh = await freshDatabase();
  try {
    const shapes = await readTableShapes(fresh.db);
    expect(Object.keys(sourceWords).sort()).toEqual([...shapes.keys()]);
    for (const [table, { columns }] of Object.entries(sourceWords)) {
      const there = shapes.get(table)?.columns.map(({ name }) => name) ?? [];
      expect(there).toEqual(expect.arrayContaining(Object.keys(columns)));
    }
  } finally {
    await fresh.close();
  }
});

test("no two tables are called alike", () => {
  const called = Object.entries(sourceWords).flatMap(([table, words]) => [
    ...new Set([foldNoun(table), ...words.called]),
  ]);
  expect(called).toHaveLength(new Set(called).size);
});

test("the ways to write a name fold to one", () => {
  for (const name of ["Created (UTC)", "createdUTC", "created_utc", "CREATED"])
    expect(foldName(name)).toBe("created");
  expect(["support_tickets", "Companies", "boxes", "Ticket status"].map(foldNoun)).toEqual([
    "support ticket",
    "company",
    "box",
    "ticket status",
  ]);
});
