/** A database of an earlier version, whose facts do not have what the migrations add. */
import { expect, test } from "vitest";
import { z } from "zod";
import { type Database, migrate } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { refresh } from "../../src/metrics/index.ts";
import { renewBasis } from "../../src/metrics/roll-up/facts-basis.ts";
import { emptyDatabase } from "../db/empty-database.ts";
import { putRows } from "../support/rows.ts";
import { anAccount } from "./asked-company.ts";

/** A filled database as far as the migration `last`, the `count`th, brought to the present and refreshed. */
async function updated(count: number, last: string): Promise<Database> {
  const { url, db } = await emptyDatabase();
  expect((await migrate(url, silentLog, undefined, count)).at(-1)).toBe(last);
  await putRows(db, {
    accounts: [anAccount("a")],
    users: [{ account_id: "a", user_id: "u", team_id: "t", created_at: "2026-03-02T09:00Z" }],
    workspace_objects: [
      { account_id: "a", object_id: "o", kind: "workflow", created_at: "2026-03-02T09:00Z" },
    ],
    renewals: [{ account_id: "a", renewal_id: "r", due_on: "2026-05-01", mrr_due: 1 }],
    features: [{ feature_id: "f", category: "core", is_core: true, ga_on: "2025-01-01" }],
    usage_daily: [
      { account_id: "a", user_id: "u", usage_date: "2026-03-03", feature_id: "f", event_count: 1 },
    ],
  });
  for (const name of ["account", "usage_day", "feature"])
    await db.run(`INSERT INTO facts.${name} SELECT * FROM exact.${name}`);
  await db.transaction((sql) => renewBasis(sql, defaultSettings));
  await migrate(url, silentLog);
  const catalogue = await loadCatalogue(defaultSettings, []);
  if (!catalogue.ok) throw new Error("no catalogue");
  await refresh(db, defaultSettings, catalogue.value);
  return db;
}

test("the first refresh after an update fills what the facts did not have before", async () => {
  const db = await updated(11, "0012_clock");
  const filled = await db.rows(
    z.unknown(),
    `SELECT (SELECT count(*) FROM facts.member) AS members, (SELECT count(*) FROM facts.built) AS built,
            (SELECT day FROM facts.usage_from) AS used, (SELECT count(*) FROM facts.first_use) AS first_uses`,
  );
  expect(filled).toEqual([{ members: 1, built: 1, used: "2026-03-03", first_uses: 1 }]);
});

test("a relation that is kept from now on is filled by the next refresh", async () => {
  const db = await updated(21, "0022_deadline");
  const kept = "SELECT renewal_id, ahead_to::text AS ahead_to FROM facts.renewal";
  expect(await db.rows(z.unknown(), kept)).toEqual([{ renewal_id: "r", ahead_to: "2026-05-01" }]);
});
