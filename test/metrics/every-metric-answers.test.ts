/** Nobody is told 0 of what nobody wrote down: each metric has a value, or names what it lacks. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importMapping } from "../../src/ingest/index.ts";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
} from "../../src/metrics/catalogue/index.ts";
import { answerMetric, totalQuestion } from "../../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { smallCompany } from "../support/small-company.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  catalogue = loaded.value;
});

/** Of each metric what is wrong with its answer: a value without data behind it, or none without a reason. */
async function unexplained(
  { db }: FreshDatabase,
  weeks: number,
  needsValue: boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (const { id, needs } of catalogue.metrics) {
    const metrics = { db, catalogue, settings: defaultSettings };
    const question = { ...totalQuestion(id, "", weeks), week: null };
    const answer = await answerMetric(metrics, question, true);
    if (!answer.ok) {
      const { fault } = answer;
      const named = fault.kind === "no_data" && fault.sources.length + fault.needs.length > 0;
      if (!named || needsValue) found.push(`${id}: ${JSON.stringify(fault)}`);
      continue;
    }
    const { series, flags } = answer.value;
    const had = series.map(({ value }) => value).filter((value) => value !== null);
    // A nought is one of something: in some week there was more, or rows of its kind are there.
    if (had.length > 0 && had.every((value) => value === 0) && needs.length === 0)
      found.push(`${id}: always 0`);
    if (needsValue && had.length === 0 && flags.length === 0) found.push(`${id}: never a value`);
  }
  return found;
}

describe("of the demo's company", () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    // Growth counts from the last week of the year before.
    fresh = await smallCompany(48);
  }, 120_000);
  afterAll(() => fresh.close());

  test("every metric has a value", async () => {
    expect(await unexplained(fresh, 26, true)).toEqual([]);
  }, 240_000);
});

describe("of RavenStack", () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
    const example = path.resolve(import.meta.dirname, "../../examples/ravenstack");
    const imported = await importMapping(fresh.db, {
      mapping: path.join(example, "mapping.yaml"),
      dir: path.join(example, "fixture"),
      now: Temporal.Instant.from("2026-11-24T10:00:00Z"),
      timeZone: "UTC",
    });
    if (!imported.ok) throw new Error(JSON.stringify(imported.fault));
  });
  afterAll(() => fresh.close());

  test("every metric has a value, or says which source or which rows it lacks", async () => {
    // Of all of its time: what is 0 for long at its end was more before.
    expect(await unexplained(fresh, 110, false)).toEqual([]);
  }, 120_000);
});
