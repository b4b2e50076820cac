/** `kpi metrics check`: what it proves of a definition, and what it finds in wrong ones. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellCheck } from "../../src/cli/tell-check.ts";
import { checkMetric, type MetricCheck } from "../../src/metrics/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

const units = (num: string): string =>
  `SELECT w.a, t.account_id, t.created_at AS at, ${num} AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;

let company: AskedCompany;
beforeAll(async () => {
  company = await askedCompany(
    [
      aMetric(units("1"), { id: "well" }),
      aMetric(units("random()"), { id: "by_chance" }),
      aMetric(units("(SELECT count(*) FROM facts.account)"), { id: "of_the_facts" }),
      aMetric(units("1 / 0"), { id: "divides" }),
      aMetric(units("1"), { id: "of_surveys", reads: "[accounts, tickets, surveys]" }),
      aMetric(units("1"), {
        id: "of_solved",
        needs: "[tickets.solved_at, accounts.source=referral]",
      }),
      aMetric(units("1"), { id: "of_referred", needs: "[accounts.source=referral]" }),
      aMetric(units("1"), {
        id: "of_both",
        needs:
          "[accounts.channel&source=referral, accounts.source=campaign&account_id=b, accounts.source&sources]",
      }),
      aMetric(units("1"), { id: "of_nothing", needs: "[tickets.closed_on]" }),
    ].join(""),
  );
  await putRows(company.db, {
    accounts: [anAccount("a"), anAccount("b", { source: "referral" })],
    tickets: ["a", "a", "b"].map((account_id, i) => ({
      account_id,
      ticket_id: `t${i}`,
      created_at: `2026-04-0${i + 6}T10:00Z`,
    })),
  });
  await completeThrough(company.db, "2026-04-13T00:00Z");
  await company.db.run("DELETE FROM source.source_watermarks WHERE source_table = 'surveys'");
  await company.refresh();
});
afterAll(() => company.close());

async function check(id: string): Promise<MetricCheck> {
  const { db, catalogue, settings } = company;
  const metric = catalogue.get(id);
  if (metric === undefined) throw new Error(id);
  return checkMetric({ db, catalogue, settings }, metric);
}

test("a good one is the same from facts and sources, adds up, and shows its SQL with its values", async () => {
  const checked = await check("well");
  expect(checked).toMatchObject({
    weeks: ["2026-03-16", "2026-03-23", "2026-03-30", "2026-04-06"],
    figures: { value: 3 },
    isBehind: false,
    added: ["source", "tier"],
    faults: [],
  });
  const { sql } = checked;
  expect(sql).toContain("'2026-04-06'::date AS a");
  // What is shown can be run as it stands.
  const search_path = "facts, source";
  const rows = company.db.transaction((own) => own.run(sql ?? ""), { settings: { search_path } });
  expect(await rows).toBe(1);
});

test("one that gives another sum each time does not add up, and neither are facts and sources alike", async () => {
  const kinds = (await check("by_chance")).faults.map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(["does_not_add_up", "differs"]));
});

test("one that fails is told once, with the database's words, and its SQL", async () => {
  const { faults, sql, figures } = await check("divides");
  expect(faults).toMatchObject([
    { kind: "own_sql", reason: { code: "22012", said: "division by zero" } },
  ]);
  expect(figures).toBeNull();
  expect(sql).toContain("1 / 0");
});

test("where a source was never loaded there is nothing to prove it on", async () => {
  expect(await check("of_surveys")).toMatchObject({
    missing: ["surveys"],
    weeks: [],
    faults: [],
  });
});

test("what came in since the last refresh is no difference, and is said", async () => {
  await putRows(company.db, { accounts: [anAccount("c")] });
  await company.db.run(
    "INSERT INTO bot.dirty (source_table, day) VALUES ('accounts', '2026-03-02')",
  );
  expect(await check("of_the_facts")).toMatchObject({ isBehind: true, faults: [] });
});

test("rows that it cannot do without are told, those that are there and those that are missing", async () => {
  const solved = await check("of_solved");
  expect(solved).toMatchObject({
    needs: [
      { need: { text: "tickets.solved_at" }, isThere: false },
      { need: { text: "accounts.source=referral" }, isThere: true },
    ],
    weeks: [],
    faults: [],
  });
  expect(tellCheck(solved, false)).toMatch(
    /^no data {2}of_solved: no row of tickets fills solved_at \(needs: tickets.solved_at\); of its needs there is accounts.source=referral \(/,
  );
  expect(tellCheck(await check("of_referred"), false)).toMatch(
    /^ok .*; of its needs there is accounts.source=referral \(/,
  );
});

test("a row that no table could have is a fault, and the columns that there are stand beside it", async () => {
  const told = tellCheck(await check("of_nothing"), false);
  expect(told).toMatch(/^wrong .*no row of tickets fills closed_on/);
  expect(told).toMatch(
    /needs tickets.closed_on: no row could ever have it. tickets has no column closed_on\..* Columns: .*created_at/,
  );
});

test("what one row must have together is not met by two", async () => {
  const { needs, faults } = await check("of_both");
  expect(needs.map(({ isThere }) => isThere)).toEqual([true, false, false]);
  expect(faults).toMatchObject([{ kind: "no_such_column", column: "sources" }]);
  expect(tellCheck(await check("of_both"), false)).toContain(
    "no row of accounts has the source campaign and has the account_id b",
  );
});
