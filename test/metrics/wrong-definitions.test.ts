/** What people get wrong in definitions before anything runs: each is told where it is, with what to do. */
import { expect, test } from "vitest";
import { defaultSettings } from "../../src/metrics/catalogue/index.ts";
import { aMetric, catalogueFaults } from "./asked-company.ts";

const from = "FROM w JOIN tickets t ON t.created_at >= ts(w.a)";
const units = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n\n${from}`;
const derived = (derive: string, keys: Readonly<Record<string, string>> = {}): string =>
  aMetric("", {
    aggregation: "derived",
    reads: "[]",
    test: "null",
    parts: "{ p: { metric: adoption_rate } }",
    derive,
    ...keys,
  }).replace(/ {2}sql: \|\n.*\n/, "");

test.each([
  ["a comment that is left open", aMetric(`${units} /* todo`), /sql: a comment, .* not closed/],
  [
    "a text that is left open",
    aMetric(`${units} AND t.ticket_id <> 'x`),
    /sql: a text, .* not closed/,
  ],
  ["a parenthesis left open", aMetric(`${units} AND (true`), /sql: a parenthesis .* not closed/],
  ["SQL that makes a table", aMetric(units.replace("FROM", "INTO x FROM")), /may only read: INTO/i],
  [
    "SQL that reads no window",
    aMetric("SELECT 1 AS num FROM tickets t"),
    /sql: it does not read w/,
  ],
  ["a window of centuries", aMetric(units, { window: "100000" }), /window: must be from 1 to 520/],
  ["a lag of centuries", aMetric(units, { lag: "100000" }), /lag: must be at most 520/],
  ["a column that no part has", derived("{ value: p.vale }"), /derive: vale: a part has num, den/],
  [
    "parts of what is not derived",
    aMetric(units, { parts: "{ p: { metric: mrr } }" }),
    /parts: only a derived/,
  ],
  [
    "expressions of it",
    aMetric(units, { derive: "{ num: this.num }" }),
    /derive: only a derived metric/,
  ],
  ["a ratio without den", aMetric(units, { aggregation: "ratio" }), /denominator: a ratio needs/],
  ["a share without den", aMetric(units, { test: "prop" }), /denominator: prop tests shares/],
  [
    "rows of no table",
    aMetric(units, { needs: "[ticket.solved_at]" }),
    /needs: there is no source table ticket. Did you mean "tickets"/,
  ],
  [
    "a table of one's own in reads",
    aMetric(units, { reads: "[accounts, tickets, raw.calls]" }),
    /reads: raw.calls is no source table; one of your own is read without being named here/,
  ],
  [
    "a metric under itself",
    aMetric(units, { parents: "[own_metric]" }),
    /parents: own_metric stands under own_metric itself/,
  ],
  [
    "a team that is not there",
    aMetric(units, { owners: "[OPERATIONS]" }),
    /no team OPERATIONS\. Teams: GTM/,
  ],
  [
    "a test that is no test",
    aMetric(units, { test: "none" }),
    /test: must be one of .*, value, null/,
  ],
  [
    "a setting's value",
    aMetric(units, { when: "{ arr_basis: runrate }" }),
    /when: arr_basis: one of contracted, run_rate/,
  ],
  [
    "a name that is taken",
    "- dimension: tier\n  what: x\n  sql: SELECT 1\n",
    /tier.dimension: is there already/,
  ],
  [
    "a tab",
    "- id: x\n\tname: y\n",
    /own.yaml:2 a tab at the beginning of the line: YAML is indented by spaces/,
  ],
  ["SQL indented by tabs", aMetric(units).replace("    SELECT", "\tSELECT"), /own.yaml:17 a tab/],
  [
    "a colon in a text",
    aMetric(units, { what: "Tickets: opened" }),
    /own.yaml:14 a text with a colon and a space in it must stand in quotes/,
  ],
  [
    "a key too far to the right",
    "- id: x\n  name: y\n   layer: actionable\n  owners: [PRD]\n",
    /own.yaml:3 a key that is indented further than those beside it/,
  ],
  [
    "a key too far to the left",
    "- id: x\n  name: y\n layer: actionable\n  owners: [PRD]\n",
    /own.yaml:3 a key that is indented less than those beside it/,
  ],
  [
    "a key too far to the right behind a list",
    "- id: x\n  owners: [PRD]\n   layer: actionable\n  name: y\n",
    /own.yaml:3 a line that is not indented as those beside it/,
  ],
  ["a dash without a blank", "-id: x\n name: y\n", /own.yaml:1 a "-" without a blank behind it/],
  [
    "a key that leaves its entry",
    "- id: x\n  name: y\nlayer: actionable\n  owners: [PRD]\n",
    /own.yaml:3 a text that belongs to no key/,
  ],
  [
    "SQL that is not indented",
    "- id: x\n  sql: |\n  SELECT 1\n  name: y\n",
    /own.yaml:3 .*that is not indented/,
  ],
])("%s is one fault", async (_, text, told) => {
  expect(await catalogueFaults(text, defaultSettings)).toEqual([expect.stringMatching(told)]);
});

test.each([
  ["a comment in a comment", `${units} /* /* ; */ ; */`],
  ["a semicolon in a text", `${units} AND t.ticket_id <> ';' -- ;`],
  ["one that reads w by its pieces", units.replace(from, "FROM piece w JOIN tickets t ON true")],
])("%s is none", async (_, sql) => {
  expect(await catalogueFaults(aMetric(sql), defaultSettings)).toEqual([]);
});
