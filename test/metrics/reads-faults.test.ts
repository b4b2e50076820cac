/** What a definition's SQL reads and its `reads` do not tell would change without making a cell stale. */
import { expect, test } from "vitest";
import { eventTimes } from "../../src/ingest/event-times.ts";
import { readDefinitions } from "../../src/metrics/catalogue/index.ts";
import { timedTables, timelessTables } from "../../src/metrics/catalogue/source-tables.ts";
import { aMetric } from "./asked-company.ts";

function problems(text: string): string[] {
  const read = readDefinitions("own.yaml", text);
  return read.ok ? [] : read.fault.map(({ problem }) => problem);
}

const units = "SELECT w.a, x.account_id, x.day AS at, 1 AS num, 1 AS n FROM w";

test.each([
  ["JOIN surveys x ON true", "surveys"],
  ["JOIN source.surveys x ON true", "surveys"],
  [`JOIN "source"."surveys" x ON true`, "surveys"],
  [", tickets t, surveys AS s WHERE true", "surveys"],
  ["JOIN tickets t ON true, surveys x", "surveys"],
  ["JOIN customer x ON true", "subscription_periods"],
  ["JOIN facts.customer x ON true", "subscription_periods"],
  ["JOIN raw.calls x ON EXISTS (SELECT FROM surveys)", "surveys"],
])("of units %s the table is told that reads lacks", (from, table) => {
  expect(problems(aMetric(`${units} ${from}`))).toEqual([
    expect.stringMatching(new RegExp(`own_metric.reads: the SQL reads \\w+, so add ${table}`)),
  ]);
});

test.each([
  "JOIN tickets x ON true",
  "JOIN raw.surveys x ON true",
  "JOIN (WITH surveys AS (SELECT 1) SELECT * FROM surveys) x ON true",
  "JOIN (SELECT count(*) AS surveys FROM tickets) x ON true",
  "JOIN features x ON 'FROM surveys' <> '' -- FROM surveys",
])("units %s read nothing that is not told", (from) => {
  expect(problems(aMetric(`${units} ${from}`))).toEqual([]);
});

test("a name in reads that is no source table is told with the nearest", () => {
  expect(
    problems(aMetric(`${units} JOIN raw.x x ON true`, { reads: "[accounts, ticket]" })),
  ).toEqual([expect.stringContaining('there is no source table ticket. Did you mean "tickets"?')]);
});

test("a first use is asked for all weeks before, whatever it is written like", () => {
  const sql = `${units} JOIN FACTS.First_Use x ON x.first_on >= w.a`;
  const reads = { reads: "[accounts, usage_daily]" };
  expect(problems(aMetric(sql, reads))).toEqual([
    expect.stringMatching(/own_metric.lookback: all, since the SQL reads first_use/),
  ]);
  expect(problems(aMetric(sql, { ...reads, lookback: "all" }))).toEqual([]);
});

test.each([
  ["", "needed"],
  ["reads: [accounts]", "so add subscription_periods"],
])("units of a part with %j are asked for their tables too", (reads, problem) => {
  const part = aMetric("SELECT 1", {
    aggregation: "derived",
    parts: `{ paying: { sql: SELECT w.a FROM w JOIN customer c ON true${reads && `, ${reads}`} } }`,
    derive: "{ value: paying.num }",
  });
  const told = problems(
    part.replace(/ {2}(sql: \||reads: \[accounts, tickets\])\n( {4}.*\n)?/g, ""),
  );
  expect(told).toEqual([expect.stringMatching(`own_metric.parts: paying.reads: .*${problem}`)]);
});

test("the tables that metrics may read are those that an import knows when they happened", () => {
  const { targets: _, ...times } = eventTimes;
  const names = (timed: boolean) =>
    Object.keys(times).filter((table) => (times[table] ?? []).length > 0 === timed);
  expect([...timedTables].sort()).toEqual(names(true).sort());
  expect([...timelessTables].sort()).toEqual(names(false).sort());
});
