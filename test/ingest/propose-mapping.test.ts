import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { generateCompany } from "../../demo/company/index.ts";
import {
  type ImportReport,
  importMapping,
  type ProposedMapping,
  proposeMapping,
} from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hasShared, shared } from "../support/shared.ts";
import { column, now } from "./importing.ts";

let fresh: FreshDatabase;
let folder: string;
beforeEach(async () => {
  fresh = await freshDatabase({ statementTimeoutMs: 120_000 });
  folder = await mkdtemp(path.join(tmpdir(), "throughline-init-"));
});
afterEach(async () => {
  await fresh.close();
  await rm(folder, { recursive: true });
});

async function proposed(dir: string): Promise<ProposedMapping> {
  const from = { folder: dir };
  const result = await proposeMapping(fresh.db, {
    from,
    command: "kpi init",
    now,
    timeZone: "UTC",
  });
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** What the proposal does as it is, without a line changed. */
async function imported(dir: string, { text }: ProposedMapping): Promise<ImportReport> {
  const mapping = path.join(folder, "proposed.yaml");
  await writeFile(mapping, text);
  const result = await importMapping(fresh.db, { mapping, dir, now, timeZone: "UTC" });
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

const rowsOf = ({ tables }: ImportReport) =>
  Object.fromEntries(tables.map(({ table, read, rejected }) => [table, read - rejected]));

async function files(texts: Readonly<Record<string, string>>): Promise<string> {
  const dir = path.join(folder, "export");
  await mkdir(dir);
  for (const [file, text] of Object.entries(texts)) await writeFile(path.join(dir, file), text);
  return dir;
}

describe("the export of a billing system", () => {
  const dir = path.join(import.meta.dirname, "exports/billing");

  test("becomes accounts, subscriptions by the month and revenue that was paid", async () => {
    const mapping = await proposed(dir);
    const report = await imported(dir, mapping);
    expect(rowsOf(report)).toMatchObject({
      accounts: 6,
      subscription_periods: 5,
      revenue_daily: 4,
    });
    expect(report.rejectionsInAll).toBe(0);
    expect(report.files.every(({ unexplained }) => unexplained === 0)).toBe(true);
    const lines = await column(
      fresh.db,
      `SELECT concat_ws(' ', line_id, tier, status, valid_from AT TIME ZONE 'UTC', valid_to::date, mrr) AS value
       FROM source.subscription_periods ORDER BY line_id`,
    );
    expect(lines).toEqual([
      "sub_1 pro paid 2026-01-12 09:40:00 1200.00",
      "sub_2 starter paid 2026-02-03 14:10:00 2026-05-03 49.00",
      "sub_3 pro paid 2026-05-03 14:10:00 1000.00",
      "sub_4 starter trial 2026-02-20 08:10:00 49.00",
      "sub_6 enterprise paid 2026-03-05 12:01:00 900.00",
    ]);
    const sameDay =
      "SELECT net_amount::text AS value FROM source.revenue_daily WHERE revenue_date = '2026-02-03'";
    expect(await column(fresh.db, sameDay)).toEqual(["79.00"]);
  });

  test("says where it ends, so that what is later is not nought but unknown", async () => {
    const mapping = await proposed(dir);
    expect(mapping.completeThrough).toBe("2026-05-04");
    const report = await imported(dir, mapping);
    const accounts = report.tables.find(({ table }) => table === "accounts");
    expect(accounts?.completeThrough).toContain("2026-05-04T00:00:00");
  });

  test("is proposed to the letter alike whatever the database holds, which stays as it is", async () => {
    const mapping = await proposed(dir);
    await imported(dir, mapping);
    const held = () =>
      column(fresh.db, "SELECT account_id AS value FROM source.accounts ORDER BY 1");
    const before = await held();
    expect((await proposed(dir)).text).toBe(mapping.text);
    expect(await held()).toEqual(before);
  });
});

test("the tables' own files map to themselves, without a question", async () => {
  const dir = path.join(folder, "export");
  await mkdir(dir);
  const company = { seed: 7, weeks: 45, lastWeek: "2026-11-09", stories: true };
  const names = [];
  for (const table of generateCompany(company)) {
    // The first rows of each are enough: what they refer to is in small tables, which are whole.
    for await (const chunk of table.csv()) {
      const text = Buffer.from(chunk).toString("utf8");
      await writeFile(
        path.join(dir, `${table.name}.csv`),
        text.split("\n").slice(0, 60).join("\n"),
      );
      break;
    }
    names.push(table.name);
  }
  const mapping = await proposed(dir);
  const own = names.filter((name) => name !== "source_watermarks").sort();
  expect(mapping.proposal.drafts.map(({ table }) => table).sort()).toEqual(own);
  expect(mapping.text).not.toMatch(/-- |# \? (?!source_watermarks)/);
  const report = await imported(dir, mapping);
  expect(report.rejectionsInAll).toBe(0);
});

test("what cannot be known is asked and not guessed", async () => {
  const dir = await files({
    "accounts.csv": "Account ID,Name,Created Date\nA,Ann,01/02/2026\nB,Bob,03/04/2026\n",
    "recipes.csv": "dish,salt\nsoup,1\n",
    "empty.csv": "",
    "tickets.csv": "id,account,created\n",
    "book.csv": "PK\u0003\u0004 not a text",
  });
  const mapping = await proposed(dir);
  expect(mapping.report).toBeNull();
  expect(mapping.proposal.notes[0]?.why).toContain("whether the day or the month is written first");
  expect(mapping.unread.map(({ file }) => file)).toEqual(["book.csv", "empty.csv"]);
  expect(mapping.text).toContain("# ? recipes: recipes.csv  (no source table is like it)");
  expect(mapping.text).toContain("# ? tickets: tickets.csv  (no rows)");
  expect(mapping.text).toContain("# ? accounts: accounts.csv  (why is told at the end)");
});

test("one date whose number is above 12 tells how all of its column are written", async () => {
  const dir = await files({
    "accounts.csv": "Account ID;Account Name;Created Date\nA;Ann;1/2/2026\nB;Bob;14/02/2026\n",
  });
  await imported(dir, await proposed(dir));
  const days = "SELECT signed_up_at::date::text AS value FROM source.accounts ORDER BY account_id";
  expect(await column(fresh.db, days)).toEqual(["2026-02-01", "2026-02-14"]);
});

test("a small shop's export is known by its numbers, its German dates and times, and in spite of the day in its files' names", async () => {
  const dir = await files({
    "Customers_Export_2026-11-16.csv":
      "Customer No.;Company;Created on;Lead origin\nK1;Müller GmbH;12.07.2026;Messe\nK2;Ott;1.9.2026;Google\n",
    "Subscriptions 2026.csv":
      "Contract No.;Customer No.;Plan;Start;End;Monthly price (EUR)\nV1;K1;Pro;12.07.2026;;1.299,00\nV2;K2;Basic;1.9.2026;1.10.2026;99,00\n",
    "tickets.csv":
      "Ticket Nr.;Customer No.;Opened;Solved on\nT1;K1;03.10.2026 09:30;4.10.2026 7:05\n",
    "usage.csv": "Date;Customer No.;Feature;Count\n06.10.2026 23:10;K1;Invoices;5\n",
  });
  const report = await imported(dir, await proposed(dir));
  expect(rowsOf(report)).toMatchObject({ accounts: 2, subscription_periods: 2, tickets: 1 });
  expect(report.rejectionsInAll).toBe(0);
  const said = `SELECT concat_ws(' ', a.name, a.source, a.signed_up_at::date, t.created_at AT TIME ZONE 'UTC',
      t.solved_at AT TIME ZONE 'UTC', u.usage_date) AS value
    FROM source.accounts a JOIN source.tickets t USING (account_id) JOIN source.usage_daily u USING (account_id)`;
  expect(await column(fresh.db, said)).toEqual([
    "Müller GmbH Messe 2026-07-12 2026-10-03 09:30:00 2026-10-04 07:05:00 2026-10-06",
  ]);
  expect(
    await column(fresh.db, "SELECT max(mrr)::text AS value FROM source.subscription_periods"),
  ).toEqual(["1299.00"]);
});

test("a file that cannot be the table that it is called like is told of once", async () => {
  const dir = await files({ "tickets.csv": "nonsense,other\n1,2\n" });
  const { proposal } = await proposed(dir);
  expect(proposal.notes.map(({ table, why }) => `${table}: ${why}`)).toEqual([
    "tickets: no column is account_id, ticket_id or created_at",
  ]);
});

test("a table that most rows of a file do not fit is left out, with the reason", async () => {
  const rows = [..."ABCDE"].map((id) => `same,${id},2026-02-0${"ABCDE".indexOf(id) + 1}`);
  const dir = await files({
    "accounts.csv": `account_id,name,signed_up_at\n${rows.join("\n")}\n`,
    "features.csv": "feature_id,category,is_core,ga_on\nreports,core,true,2026-01-01\n",
  });
  const mapping = await proposed(dir);
  expect([...mapping.failed.keys()]).toEqual(["accounts"]);
  expect(mapping.text).toContain("# ? accounts was tried and left out: 5 of its 5 rows");
  expect(rowsOf(await imported(dir, mapping))).toMatchObject({ features: 1 });
});

test.skipIf(!hasShared("data/ravenstack/accounts.csv"))(
  "RavenStack is proposed as the mapping by hand has it, but for what only a person can decide",
  async () => {
    const dir = path.join(shared, "data/ravenstack");
    const mapping = await proposed(dir);
    const report = await imported(dir, mapping);
    expect(report.rejectionsInAll).toBe(0);
    expect(rowsOf(report)).toMatchObject({
      accounts: 500,
      subscription_periods: 6842,
      surveys: 1175,
      tickets: 2000,
      usage_daily: 24_981,
    });
    // By hand, revenue is derived from subscriptions and escalations from a flag.
    expect(Object.keys(rowsOf(report))).not.toContain("revenue_daily");
    expect(mapping.completeThrough).toBe("2025-01-01");
  },
  120_000,
);

test("the active line of a free plan is free, and not what an account first paid for", async () => {
  const dir = await files({
    "accounts.csv": "account_id,name,signed_up_at\nA,Ann,2026-01-05\nB,Bob,2026-01-06\n",
    "subscriptions.csv":
      "subscription_id,account_id,plan,status,mrr,start_date,end_date\n" +
      "1,A,Free,active,0,2026-01-05,2026-02-01\n2,A,Pro,active,50,2026-02-01,\n3,B,free,active,0,2026-01-06,\n",
  });
  await imported(dir, await proposed(dir));
  const lines = `SELECT account_id || ' ' || tier || ' ' || status AS value FROM source.subscription_periods
    ORDER BY account_id, valid_from`;
  expect(await column(fresh.db, lines)).toEqual(["A free free", "A pro paid", "B free free"]);
  const paid =
    "SELECT coalesce(first_paid_at::date::text, 'never') AS value FROM source.accounts ORDER BY account_id";
  expect(await column(fresh.db, paid)).toEqual(["2026-02-01", "never"]);
});

test.each([
  ["1.200 950 12.000", null],
  ["€1.200 €950 €12.000", null],
  ["1.200 950 12.000,50", ["1200", "950", "12000.5"]],
  ["1.200 950 12.5", ["1.2", "950", "12.5"]],
  ["1200 950 12000", ["1200", "950", "12000"]],
])(
  "of the amounts %s a guess is made where one of them tells what a point is",
  async (text, mrr) => {
    const lines = text.split(" ").map((amount, i) => `${i};A${i};Pro;active;${amount};2026-01-05;`);
    const dir = await files({
      "accounts.csv": `account_id;name;signed_up_at\n${[0, 1, 2].map((i) => `A${i};Ann;2026-01-05\n`).join("")}`,
      "subscriptions.csv": `subscription_id;account_id;plan;status;mrr;start_date;end_date\n${lines.join("\n")}\n`,
    });
    const mapping = await proposed(dir);
    if (mrr === null) expect(mapping.text).toContain("whether 1.234 is more than a thousand");
    else {
      await imported(dir, mapping);
      const amounts =
        "SELECT trim_scale(mrr)::text AS value FROM source.subscription_periods ORDER BY account_id";
      expect(await column(fresh.db, amounts)).toEqual(mrr);
    }
  },
);

test("what stands in a file is told in one line, and never run", async () => {
  const dir = await files({
    "accounts.csv": "account_id,name,signed_up_at\nA,Ann,2026-01-05\nB,Bob,2026-01-06\n",
    "subscriptions.csv":
      "subscription_id,account_id,plan,status,mrr,start_date,end_date\n" +
      Array.from(
        { length: 9 },
        (_, i) => `${i},A,Pro,active,50,2026-0${i + 1}-01,2026-0${i + 1}-20\n`,
      ).join("") +
      '9,B,Pro,"odd\n1 / 0 AS mrr, --",50,2026-01-05,\n',
    "tickets.csv":
      'ticket_id,account_id,created_at,severity\n1,A,2026-02-01 10:00,"none\n    sql: SELECT 1"\n',
  });
  const mapping = await proposed(dir);
  expect(mapping.text).toMatch(/-- .*\? what odd 1 \/ 0 AS mrr, -- means/);
  expect(mapping.text).not.toMatch(/^ *(1 \/ 0|sql: SELECT 1)/m);
  expect(rowsOf(await imported(dir, mapping))).toMatchObject({ subscription_periods: 9 });
});
