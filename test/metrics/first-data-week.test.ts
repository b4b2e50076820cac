/** From which week on a metric's values say something of the business. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { firstObservedWeek } from "../../src/metrics/first-data-week.ts";
import { inSnapshot } from "../../src/metrics/query/run-windows.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { putRows } from "../support/rows.ts";
import { anAccount } from "./asked-company.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
  await putRows(fresh.db, { accounts: [anAccount("a")] });
});
afterEach(() => fresh.close());

async function firstWeek(id: string) {
  const loaded = await loadCatalogue(defaultSettings);
  const metric = loaded.ok ? loaded.value.get(id) : undefined;
  if (metric === undefined) throw new Error(`no metric ${id}`);
  return inSnapshot(fresh.db, defaultSettings, "exact", (sql) =>
    firstObservedWeek(sql, defaultSettings, metric, "exact"),
  );
}

test("tickets are counted from the first one on, for before that nobody wrote them down", async () => {
  expect(await firstWeek("support_ticket_volume")).toBe("2026-03-02");
  const created_at = "2026-04-15T09:00Z";
  await putRows(fresh.db, { tickets: [{ account_id: "a", ticket_id: "t", created_at }] });
  expect(await firstWeek("support_ticket_volume")).toBe("2026-04-13");
});

test("renewals and reviews that are still to come do not put off the week from which accounts at risk are judged", async () => {
  await putRows(fresh.db, {
    renewals: [{ account_id: "a", renewal_id: "r", due_on: "2027-01-31", mrr_due: 90 }],
    cs_activities: [{ account_id: "a", activity_id: "q", kind: "qbr", due_on: "2027-01-11" }],
  });
  expect(await firstWeek("at_risk_accounts")).toBe("2026-03-02");
});
