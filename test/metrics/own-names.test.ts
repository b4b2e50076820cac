/** Names that a company gives in its definitions, and those that the engine has beside them. */
import { afterEach, expect, test } from "vitest";
import { defaultSettings } from "../../src/metrics/catalogue/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import {
  type AskedCompany,
  aMetric,
  anAccount,
  askedCompany,
  catalogueFaults,
} from "./asked-company.ts";

let company: AskedCompany | undefined;
afterEach(async () => {
  await company?.close();
  company = undefined;
});

const tickets = (column = ""): string =>
  `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n${column}
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;

/** Twice the tickets, by a part of this name. */
const twice = (part: string): string => `
- id: twice
  name: Twice
  layer: actionable
  owners: [CS]
  unit: count
  direction: up
  dimensions: [tier]
  aggregation: derived
  test: null
  sensitive: false
  tier: event
  what: Twice the tickets.
  numerator: twice the tickets
  parts: { ${part}: { metric: own_metric } }
  derive: { value: 2 * ${part}.num }
`;

test.each(["p", "i"])("a part may be called %s", async (part) => {
  company = await askedCompany(aMetric(tickets()) + twice(part));
  await putRows(company.db, {
    accounts: [anAccount("a")],
    tickets: [{ account_id: "a", ticket_id: "t1", created_at: "2026-04-08T10:00Z" }],
  });
  await completeThrough(company.db, "2026-04-13T00:00Z");
  await company.refresh();
  expect(await company.ask({ metric: "twice", week: "2026-04-06" })).toMatchObject({
    figures: { value: 2 },
  });
});

test("a name that the engine needs itself is told as one when it is read", async () => {
  expect(await catalogueFaults(aMetric(tickets()) + twice("this"), defaultSettings)).toEqual([
    expect.stringMatching(/twice\.parts: this: is the metric itself/),
  ]);
  const ofYears = aMetric(tickets(", 2026 AS year"), { dimensions: "[year, tier]" });
  expect(await catalogueFaults(ofYears, defaultSettings)).toEqual([
    expect.stringMatching(/own_metric\.dimensions: year: reserved/),
  ]);
});
