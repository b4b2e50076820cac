import { afterEach, beforeEach, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, counts, dirtyDays, load, loaded, tiers } from "./importing.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

const head = "release_id,released_at,kind\n";
const releases = () =>
  column(fresh.db, "SELECT release_id AS value FROM source.releases ORDER BY 1");

test("replace deletes the rows whose keys are absent and marks their days", async () => {
  await loaded(fresh.db, "releases", `${head}r1,2024-01-01,fix\nr2,2024-02-01,fix\n`);
  await fresh.db.run("DELETE FROM bot.dirty");
  const report = await loaded(fresh.db, "releases", `${head}r2,2024-02-01,fix\n`, {
    mode: "replace",
  });
  expect(counts(report)).toMatchObject({ unchanged: 1, deleted: 1 });
  expect(await releases()).toEqual(["r2"]);
  expect(await dirtyDays(fresh.db, "releases")).toEqual(["2024-01-01"]);
});

test("upsert deletes nothing", async () => {
  await loaded(fresh.db, "releases", `${head}r1,2024-01-01,fix\n`);
  await loaded(fresh.db, "releases", `${head}r2,2024-02-01,fix\n`);
  expect(await releases()).toEqual(["r1", "r2"]);
});

test("a rejected row is wrong, not gone: replace keeps what is there under its key", async () => {
  await loaded(
    fresh.db,
    "releases",
    `${head}r1,2024-01-01,fix\nr2,2024-02-01,fix\nr3,2024-02-01,fix\n`,
  );
  const report = await loaded(fresh.db, "releases", `${head}r1,soon,fix\nr2,2024-02-01,fix\n`, {
    mode: "replace",
  });
  expect(counts(report)).toMatchObject({ rejected: 1, deleted: 1 });
  expect(await releases()).toEqual(["r1", "r2"]);
});

test("where a rejected row's key cannot be read nothing is deleted, and the report says so", async () => {
  await loaded(fresh.db, "releases", `${head}r1,2024-01-01,fix\n`);
  const report = await loaded(fresh.db, "releases", `${head}r2,2024-02-01,fix\nr3\n`, {
    mode: "replace",
  });
  expect(report.notes).toEqual([{ kind: "nothing_deleted", table: "releases", unreadableKeys: 1 }]);
  expect(await releases()).toEqual(["r1", "r2"]);
});

test("an export without a row does not empty a table", async () => {
  await loaded(fresh.db, "releases", `${head}r1,2024-01-01,fix\n`);
  expect(await load(fresh.db, "releases", head, { mode: "replace" })).toEqual({
    ok: false,
    fault: { kind: "empty_replacement", table: "releases", rows: 1 },
  });
  expect(await releases()).toEqual(["r1"]);
});

test("a parent that is still referred to cannot be replaced away", async () => {
  await loaded(fresh.db, "tiers", tiers);
  await loaded(
    fresh.db,
    "subscription_periods",
    "account_id,line_id,valid_from,is_primary,tier,status\na,l,2024-01-01,true,pro,paid\n",
  );
  const result = await load(fresh.db, "tiers", "tier,tier_rank,is_paid\nfree,0,false\n", {
    mode: "replace",
  });
  expect(result).toMatchObject({ ok: false, fault: { kind: "constraint", sqlState: "23503" } });
});
