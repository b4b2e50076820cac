import { afterEach, beforeEach, expect, test } from "vitest";
import { leaptPast } from "../../src/ingest/set-watermark.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { load, loaded, now } from "./importing.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

const text = "release_id,released_at,kind\nr1,2024-01-01,fix\n";
const through = async (more: Parameters<typeof loaded>[3] = {}) =>
  (await loaded(fresh.db, "releases", text, more)).tables[0]?.completeThrough;

test("by default a table is complete to the midnight before the load, in the reporting zone", async () => {
  expect(await through()).toBe("2026-11-24T00:00:00Z");
  expect(await through({ timeZone: "America/New_York" })).toBe("2026-11-24T05:00:00Z");
});

test("a later load moves the watermark on, an earlier one never back", async () => {
  await through();
  expect(await through({ now: now.subtract({ hours: 24 * 30 }) })).toBe("2026-11-24T00:00:00Z");
  expect(await through({ now: now.add({ hours: 24 }) })).toBe("2026-11-25T00:00:00Z");
});

test("what is told holds, also when it moves the watermark back", async () => {
  await through();
  expect(await through({ completeThrough: Temporal.Instant.from("2026-11-01T00:00:00Z") })).toBe(
    "2026-11-01T00:00:00Z",
  );
});

test("nothing can be complete to an instant that is yet to come", async () => {
  const result = await load(fresh.db, "releases", text, { completeThrough: now.add({ hours: 1 }) });
  expect(result).toMatchObject({
    ok: false,
    fault: { kind: "future_watermark", table: "releases" },
  });
});

test("tables without event times have no watermark", async () => {
  const report = await loaded(fresh.db, "tiers", "tier,tier_rank,is_paid\nfree,0,false\n");
  expect(report.tables[0]?.completeThrough).toBeNull();
});

test("a correction of what ended long ago says that the weeks since count as empty", async () => {
  const notes = async (csv: string, more: Parameters<typeof loaded>[3] = {}) =>
    (await loaded(fresh.db, "releases", csv, more)).notes;
  const ended = Temporal.Instant.from("2024-02-01T00:00:00Z");
  expect(await notes(text, { completeThrough: ended })).toEqual([]);
  const corrected = text.replace("fix", "feature");
  const note = { kind: "leapt_ahead", table: "releases", newest: "2024-01-01" };
  expect(await notes(corrected)).toMatchObject([note]);
  // Told again as it is, and the mark is where it was; the next day moves it by a day.
  expect(await notes(text, { completeThrough: ended })).toEqual([]);
  expect(await notes(text.replace("r1,2024-01-01", "r2,2026-11-20"))).toEqual([]);
  expect(await notes(corrected, { now: now.add({ hours: 24 }) })).toEqual([]);
});

test("a table that is complete, and empty or without its first times, is imported after a pause of weeks", async () => {
  const later = { now: now.add({ hours: 24 * 40 }) };
  const done = "account_id,activity_id,kind,completed_at\nghost,x,health_check,2026-11-20\n";
  for (const more of [{}, later]) {
    const { notes } = await loaded(fresh.db, "cs_activities", done, more);
    expect(notes.map(({ kind }) => kind)).not.toContain("nothing_taken");
  }
  const head = "release_id,released_at,kind\n";
  const ended = Temporal.Instant.from("2024-02-01T00:00:00Z");
  await loaded(fresh.db, "releases", head, { completeThrough: ended });
  expect(await leaptPast(fresh.db, "releases", ended.toString(), now.toString())).toBeNull();
});
