/** `kpi metrics check` looks at the unit rows: what the engine would leave out or count wrongly without a word. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellCheck } from "../../src/cli/tell-check.ts";
import { checkMetric } from "../../src/metrics/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

const inWindow = "t.created_at >= ts(w.a) AND t.created_at < ts(w.b)";
const units = (columns: Readonly<Record<string, string>> = {}, on = inWindow): string => {
  const all = {
    a: "w.a",
    account_id: "t.account_id",
    at: "t.created_at",
    num: "1",
    n: "1",
    ...columns,
  };
  const list = Object.entries(all).map(([name, text]) => `${text} AS ${name}`);
  return `SELECT ${list.join(", ")}\nFROM w JOIN tickets t ON ${on}`;
};
const ratio = { aggregation: "ratio", denominator: "what" };

/** A definition, and what is told of its two rows; null: it is well. */
const cases: Readonly<Record<string, readonly [string, RegExp | null, Record<string, string>?]>> = {
  well: [units(), null],
  of_no_window: [
    units({ a: "w.a + 1" }),
    /2 of 2 unit rows have an a that is no window's: select w.a/,
  ],
  never_bounded: [units({}, "true"), /6 of 8 unit rows have an at outside their window/],
  without_account: [units({ account_id: "NULL::text" }), /2 of 2 unit rows have no account_id/],
  of_nobody: [units({ account_id: "'zzz'" }), /2 of 2 .* an account_id that accounts has not/],
  without_time: [units({ at: "NULL::timestamptz" }), /2 of 2 unit rows have no at/],
  without_num: [
    units({ num: "CASE WHEN t.ticket_id = 't1' THEN 1 END" }),
    /1 of 2 unit rows have no num/,
  ],
  no_number: [units({ num: "'NaN'::float8" }), /2 of 2 unit rows have a num that is NaN/],
  negative: [units({ den: "-1" }), /2 of 2 unit rows have a den below 0/, ratio],
  above_all: [
    units({ num: "3", den: "1" }),
    /num is 6, above den, 2\. "test: prop"/,
    { ...ratio, test: "prop" },
  ],
  no_den: [units(), /its SQL gives no column den\.$/m, ratio],
  no_dimension: [units(), /its SQL gives no column priority\.$/m, { dimensions: "[priority]" }],
  a_text: [units({ num: "'1'::text" }), /a column of its SQL has another type .*sum\(text\)/],
  closed_twice: [`${units()})`, /its SQL ends before its last word/],
};

let company: AskedCompany;
beforeAll(async () => {
  const metrics = Object.entries(cases).map(([id, [sql, , keys = {}]]) =>
    aMetric(sql, { id, ...keys }),
  );
  company = await askedCompany(metrics.join(""));
  await putRows(company.db, {
    accounts: [anAccount("a")],
    tickets: ["t1", "t2"].map((ticket_id) => ({
      account_id: "a",
      ticket_id,
      created_at: "2026-04-08T10:00Z",
    })),
  });
  await completeThrough(company.db, "2026-04-13T00:00Z");
  await company.refresh();
}, 120_000);
afterAll(() => company.close());

test.each(Object.entries(cases))("%s", async (id, [, told]) => {
  const metric = company.catalogue.get(id);
  if (metric === undefined) throw new Error(id);
  const lines = tellCheck(await checkMetric(company, metric), false);
  if (told === null) expect(lines).toMatch(/^ok [^\n]*$/);
  else expect(lines).toMatch(told);
  expect(lines).not.toMatch(/SELECT u\.|DECLARE|FROM u /);
});
