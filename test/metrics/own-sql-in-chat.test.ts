/** What chat is told of a company's SQL that fails holds no value of its data, and no literal. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellOwnSql } from "../../src/cli/tell-own-sql.ts";
import { answerMetric, totalQuestion } from "../../src/metrics/index.ts";
import { ownSqlWords } from "../../src/wording/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

const units = (num: string): string =>
  `SELECT w.a, t.account_id, t.created_at AS at, ${num} AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;

/** What is counted, and what chat may say of it. */
const cases: Readonly<Record<string, readonly [num: string, told: RegExp]>> = {
  a_value_as_a_table: ["length((t.ticket_id::regclass)::text)", /a text names no table/],
  a_value_as_a_type: ["length((t.ticket_id::regtype)::text)", /is refused/],
  a_value_as_a_query: ["length(to_tsquery(t.ticket_id || ' acme')::text)", /a text is not written/],
  a_value_as_sql: [
    "length(query_to_xml('SELECT ' || t.ticket_id, true, true, '')::text)",
    /is refused|may not/,
  ],
  a_value_as_a_setting: ["length(current_setting(t.ticket_id))", /a text names what there is not/],
  a_value_as_a_role: ["CASE WHEN pg_has_role(t.ticket_id, 'USAGE') THEN 1 END", /is refused/],
  a_value_as_a_number: ["t.ticket_id::int", /fails on the data/],
  a_literal_as_a_table: ["length(('acme_secret'::regclass)::text)", /is refused/],
  a_literal_out_of_place: ["1 'acme_secret'", /is refused/],
  a_literal_as_a_number: ["'acme_secret'::int", /fails on the data/],
};

let company: AskedCompany;
beforeAll(async () => {
  const metrics = Object.entries(cases).map(([id, [num]]) => aMetric(units(num), { id }));
  const wrong = aMetric(units("t.soled_at"), { id: "a_wrong_column" });
  company = await askedCompany([...metrics, wrong].join(""));
  await putRows(company.db, {
    accounts: [anAccount("a")],
    tickets: [{ account_id: "a", ticket_id: "acme_secret", created_at: "2026-04-08T10:00Z" }],
  });
  await completeThrough(company.db, "2026-04-13T00:00Z");
});
afterAll(() => company.close());

async function faultOf(metric: string) {
  const answer = await answerMetric(company, totalQuestion(metric, "2026-04-06", 1), true);
  if (answer.ok || answer.fault.kind !== "own_sql") throw new Error(JSON.stringify(answer));
  return answer.fault;
}

test.each(Object.entries(cases))("%s is told without it", async (id, [, told]) => {
  const fault = await faultOf(id);
  const { problem, next } = ownSqlWords(fault);
  expect(problem).toMatch(told);
  expect(`${problem}${next}`).not.toMatch(/acme/);
  // The machine's own terminal is told what the database says.
  expect(tellOwnSql(fault).problem).toMatch(/The database says: .*acme_secret/);
});

test("a name of the text is told, and the terminal tells its line", async () => {
  const fault = await faultOf("a_wrong_column");
  expect(ownSqlWords(fault).problem).toMatch(/\(column t.soled_at does not exist\)/);
  expect(tellOwnSql(fault).problem).toMatch(/The line: SELECT w.a, .*t.soled_at AS num, 1 AS n$/);
});
