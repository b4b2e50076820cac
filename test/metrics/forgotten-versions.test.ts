/** Cells of metrics that the catalogue does not have, for a while or for good. */
import { afterEach, expect, test } from "vitest";
import { defaultSettings } from "../../src/metrics/catalogue/index.ts";
import { column } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import {
  type AskedCompany,
  aMetric,
  anAccount,
  askedCompany,
  underSettings,
} from "./asked-company.ts";

let company: AskedCompany;
afterEach(() => company.close());

const tickets = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;

async function putTicket(ticket_id: string): Promise<void> {
  const created_at = "2026-04-08T10:00Z";
  await putRows(company.db, { tickets: [{ account_id: "a", ticket_id, created_at }] });
  await company.db.run("INSERT INTO bot.dirty VALUES ('tickets', '2026-04-08')");
}

async function aCompanyWithATicket(): Promise<void> {
  company = await askedCompany(aMetric(tickets));
  await putRows(company.db, { accounts: [anAccount("a")] });
  await putTicket("t1");
  await completeThrough(company.db, "2026-04-13T00:00Z");
  await company.refresh();
}

test("a refresh without a folder of definitions, cut off, leaves no cells that late rows made stale", async () => {
  await aCompanyWithATicket();
  await putTicket("t2");
  const without = await underSettings(company, defaultSettings);
  const cutOff = without.refresh({
    onProgress: () => {
      throw new Error("cut off");
    },
  });
  await expect(cutOff).rejects.toThrow("cut off");
  await company.refresh();
  expect((await company.ask({ metric: "own_metric" })).figures.value).toBe(2);
});

test("what no definition is of goes with the next refresh, and nothing else", async () => {
  await aCompanyWithATicket();
  const stored = (table: string) =>
    column(
      company.db,
      `SELECT DISTINCT metric || '@' || version AS value FROM bot.${table} ORDER BY 1`,
    );
  const tables = ["cell", "account_count", "told_total"];
  const before = await Promise.all(tables.map(stored));
  for (const version of ["0", "z"])
    await company.db.run(
      `INSERT INTO bot.cell (metric, version, grain, window_weeks, period, dimension_set, tier, codes, n)
       SELECT DISTINCT metric, $1, 'week', 1, date '2026-04-06', '', -1, '{}'::int[], '{1}'::bigint[] FROM bot.cell`,
      [version],
    );
  await company.refresh();
  expect(await Promise.all(tables.map(stored))).toEqual(before);
});
