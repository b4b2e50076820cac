/** Dimensions of accounts that a company defines itself, as a SELECT over what it has. */
import { afterEach, describe, expect, test } from "vitest";
import { defaultSettings, readDefinitions } from "../../src/metrics/catalogue/index.ts";
import { checkDimension, dimensionValues } from "../../src/metrics/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import {
  type AskedCompany,
  aMetric,
  anAccount,
  askedCompany,
  catalogueFaults,
} from "./asked-company.ts";

let company: AskedCompany;

const tickets = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;

const industry = (keys = ""): string => `
- dimension: industry
  what: The customer's industry, from the CRM.
  sql: SELECT id AS account_id, industry AS value FROM raw.crm
${keys}`;

const own = aMetric(tickets, { id: "own_tickets", dimensions: "[industry, tier]" });

/** Three accounts, of which one is in no CRM, and a ticket of each in the week of 6 April. */
async function companyWith(definitions: string): Promise<AskedCompany> {
  company = await askedCompany(definitions);
  const { db } = company;
  await db.run("CREATE TABLE raw.crm (id text, industry text)");
  await db.run("INSERT INTO raw.crm VALUES ('a', 'banks'), ('b', 'schools'), ('gone', 'banks')");
  await putRows(db, {
    accounts: ["a", "b", "c"].map((id) => anAccount(id)),
    tickets: ["a", "b", "c"].map((account_id) => ({
      account_id,
      ticket_id: account_id,
      created_at: "2026-04-08T10:00Z",
    })),
  });
  await completeThrough(db, "2026-04-13T00:00Z");
  return company;
}

/** Of one metric's layer, since a hundred others have nothing to do with it. */
const refreshed = (first = "own_tickets") => company.refresh({ first: [first], onlyFirst: true });

async function cut(metric: string, exact = false): Promise<Record<string, number | null>> {
  const answer = await company.ask({ metric, by: "industry", week: "2026-04-06" }, exact);
  const segments = answer.breakdown?.segments ?? [];
  return Object.fromEntries(segments.map(({ segment, value }) => [segment, value]));
}

const alike = { banks: 1, schools: 1, "(none)": 1 };

describe("a dimension of the company's own", () => {
  afterEach(() => company.close());

  test("cuts its own metrics, from cells, from facts and exactly, alone and with others", async () => {
    await companyWith(industry() + own);
    expect((await refreshed()).failed).toEqual([]);
    expect(await cut("own_tickets")).toEqual(alike);
    expect(await cut("own_tickets", true)).toEqual(alike);
    await company.db.run("DELETE FROM bot.cell");
    expect(await cut("own_tickets")).toEqual(alike);
    const both = { industry: ["banks"], tier: ["(none)"] };
    const query = { metric: "own_tickets", week: "2026-04-06", filters: both };
    expect((await company.ask(query)).figures.value).toBe(1);
    expect(await dimensionValues(company.db, "industry")).toEqual(["banks", "schools"]);
  });

  test("cuts nothing that does not name it, unless it is for all; then accounts are counted by it, too", async () => {
    await companyWith(industry() + own);
    expect(company.catalogue.get("support_ticket_volume")?.dimensions).not.toContain("industry");
    await company.close();
    await companyWith(industry("  everywhere: true\n"));
    await refreshed("weekly_sign_ups");
    for (const metric of ["support_ticket_volume", "weekly_sign_ups", "mrr"])
      expect(company.catalogue.get(metric)?.dimensions).toContain("industry");
    // Nothing of accounts in the first, and a part without accounts in the second.
    for (const metric of ["uptime_pct", "ltv_cac_ratio"])
      expect(company.catalogue.get(metric)?.dimensions).not.toContain("industry");
    expect(await cut("support_ticket_volume")).toEqual(alike);
    const answer = await company.ask({
      metric: "support_ticket_volume",
      week: "2026-04-06",
      filters: { industry: ["banks", "schools"] },
    });
    expect(answer.figures.value).toBe(2);
  });

  test("that changes takes its cells away from the account's first day on, and no others", async () => {
    await companyWith(industry() + own);
    await refreshed();
    expect((await refreshed()).staleCells).toBe(0);
    await company.db.run("UPDATE raw.crm SET industry = 'banks' WHERE id = 'b'");
    expect((await refreshed()).staleCells).toBeGreaterThan(0);
    expect(await cut("own_tickets")).toEqual({ banks: 2, "(none)": 1 });
    await company.db.run("DELETE FROM raw.crm WHERE id = 'a'");
    await refreshed();
    expect(await cut("own_tickets")).toEqual({ banks: 1, "(none)": 2 });
  });

  test.each([
    ["fails", "DROP TABLE raw.crm", { kind: "refused", code: "42P01" }],
    [
      "gives an account two values",
      "INSERT INTO raw.crm VALUES ('a', 'schools')",
      { kind: "two_values", accounts: 1 },
    ],
    [
      "gives a whole document as a value",
      "UPDATE raw.crm SET industry = repeat('x', 2000) WHERE id = 'a'",
      { kind: "too_large" },
    ],
  ])(
    "that %s stays as it was, is told with its place, and holds up nothing",
    async (_, harm, reason) => {
      await companyWith(industry() + own);
      await refreshed();
      await company.db.run(harm);
      const { failed } = await refreshed();
      const place = { file: expect.stringMatching(/own\.yaml$/), line: 2 };
      expect(failed).toMatchObject([{ metric: "industry", own: { reason, place } }]);
      expect(await cut("own_tickets")).toEqual(alike);
    },
  );

  test("is proven by a check, which keeps nothing", async () => {
    await companyWith(industry() + own);
    await refreshed();
    await company.db.run("UPDATE raw.crm SET industry = 'banks' WHERE id = 'b'");
    const { db, catalogue, settings } = company;
    const [dimension] = catalogue.dimensions;
    if (dimension === undefined) throw new Error("no dimension");
    const check = () => checkDimension({ db, catalogue, settings }, dimension);
    const found = { accounts: 2, without: 1, values: 1, changed: 1 };
    expect(await check()).toMatchObject({ found, faults: [] });
    expect(await check()).toMatchObject({ found });
    await company.db.run("INSERT INTO raw.crm VALUES ('b', 'schools')");
    const reason = { kind: "two_values", accounts: 1 };
    expect(await check()).toMatchObject({ found: null, faults: [{ reason }] });
  });

  test("may be a column of accounts, and reads under the login that reads nothing else", async () => {
    const column = `
- dimension: campaign_of_account
  what: The campaign that brought it.
  sql: SELECT account_id, campaign_id AS value FROM accounts
- dimension: secret
  what: What it may not read.
  sql: SELECT id AS account_id, platform AS value FROM bot.inbox
`;
    const metric = aMetric(tickets, { id: "own_tickets", dimensions: "[campaign_of_account]" });
    await companyWith(column + metric);
    const { failed } = await refreshed();
    expect(failed).toMatchObject([{ metric: "secret", own: { reason: { kind: "forbidden" } } }]);
    const by = "campaign_of_account";
    const answer = await company.ask({ metric: "own_tickets", by, week: "2026-04-06" });
    expect(answer.breakdown?.segments).toMatchObject([{ segment: "none", value: 3 }]);
  });
});

test.each([
  ["- dimension: tier\n  what: x\n  sql: SELECT 1\n", "tier.dimension: is there already"],
  ["- dimension: Industry\n  what: x\n  sql: SELECT 1\n", "lower case letters"],
  ["- dimension: size\n  what: x\n  sql: DELETE FROM accounts\n", "size.sql: one SELECT"],
  ["- dimension: size\n  sql: SELECT 1\n", "size.what:"],
])("a wrong entry is told when it is read: %j", (text, problem) => {
  const read = readDefinitions("own.yaml", text);
  expect(read.ok ? [] : read.fault.map((fault) => fault.problem).join()).toContain(problem);
});

test("a name that another metric has for something else, and a platform metric, are told at once", async () => {
  const clash =
    "- dimension: service\n  what: x\n  sql: SELECT account_id, name AS value FROM accounts\n";
  const platform = aMetric("SELECT w.a, 1 AS num, 1 AS n FROM w", {
    id: "of_nobody",
    tier: "none",
    dimensions: "[industry]",
  });
  const told = await catalogueFaults(clash + industry() + platform, defaultSettings);
  expect(told.join("\n")).toMatch(/own\.yaml:1 .*service: is a dimension of \w+ already/);
  expect(told.join("\n")).toMatch(/of_nobody\.dimensions: industry is a dimension of accounts/);
});
