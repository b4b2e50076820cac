/**
 * Definitions that a company has written wrongly, or that somebody has written to do harm, on a real
 * database: each is cut off or refused, in a refresh and in a question, and holds up no other.
 */
import fs from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { type Database, openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { readDefinitions } from "../../src/metrics/catalogue/index.ts";
import {
  answerMetric,
  buildScorecard,
  type RefreshReport,
  refresh,
} from "../../src/metrics/index.ts";
import { databaseUrl } from "../support/database-url.ts";
import { completeThrough, one, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

/** Unit rows that are well, with `num` and `from` to be filled in. */
const units = (num: string, more = ""): string =>
  `SELECT w.a, t.account_id, t.created_at AS at, ${num} AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b) ${more}`;

type Bad = readonly [
  id: string,
  sql: string,
  reason: object,
  keys: Readonly<Record<string, string>>,
];

/** What is wrong, its SQL, what is said of it, and keys beside the usual ones. */
/** By the clock or by the room that it takes, whichever is reached first. */
const CUT_OFF = { kind: expect.stringMatching(/^too_(slow|large)$/) };

const bad: readonly Bad[] = [
  [
    "loops",
    `WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r)\n${units("r.i", "CROSS JOIN r")}`,
    CUT_OFF,
    {},
  ],
  ["sleeps", units("(SELECT 1 FROM pg_sleep(60))"), { kind: "too_slow" }, {}],
  [
    "fills_the_disk",
    units(
      "(SELECT count(*) FROM (SELECT i, repeat('x', 900) AS x FROM generate_series(1, 200000) i ORDER BY x, i DESC OFFSET 1) s)",
    ),
    { kind: "too_large" },
    {},
  ],
  [
    "divides_by_zero",
    units("1 / (length(t.ticket_id) - length(t.ticket_id))"),
    { kind: "refused", code: "22012" },
    {},
  ],
  ["reads_the_bot", units("(SELECT count(*) FROM bot.inbox)"), { kind: "forbidden" }, {}],
  ["reads_passwords", units("(SELECT count(*) FROM pg_authid)"), { kind: "forbidden" }, {}],
  ["reads_files", units("length(pg_read_file('/etc/passwd'))"), { kind: "forbidden" }, {}],
  [
    "ends_others",
    units(
      "(SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = current_user)",
    ),
    { kind: "forbidden" },
    {},
  ],
  ["takes_a_lock", units("(SELECT 1 FROM pg_advisory_lock(7206111))"), { kind: "forbidden" }, {}],
  ["writes_by_a_function", units("(SELECT lo_create(4711))::int"), { kind: "forbidden" }, {}],
  [
    "writes_by_xml",
    units("length(query_to_xml('DELETE FROM source.tickets', true, true, '')::text)"),
    { kind: "refused" },
    {},
  ],
  ["breaks_out", `${units("1")}) SELECT * FROM bot.inbox --`, { kind: "refused" }, {}],
  ["is_no_sql", "SELECT nonsense FROM w", { kind: "refused", code: "42703", isOfText: true }, {}],
  [
    "has_no_account",
    units("1").replace("t.account_id, ", ""),
    { kind: "refused", code: "42703" },
    {},
  ],
  ["counts_words", units("'one'"), { kind: "refused", isOfText: true }, {}],
  [
    "has_segments_by_the_thousand",
    `SELECT w.a, 'a' AS account_id, w.a AS at, 1 AS num, 1 AS n, i AS item
FROM w CROSS JOIN generate_series(1, 20000) i`,
    { kind: "too_many" },
    { dimensions: "[item]" },
  ],
  [
    "has_segments_of_many_megabytes",
    `SELECT w.a, 'a' AS account_id, w.a AS at, 1 AS num, 1 AS n, repeat('x', 40000000) AS item FROM w`,
    { kind: "too_large" },
    { dimensions: "[item]" },
  ],
];

const good = [
  aMetric(units("1"), { id: "a_good_one" }),
  // A million unit rows are legal: they are added up before anybody is handed them.
  aMetric(units("1", "CROSS JOIN generate_series(1, 100000)"), { id: "a_large_one" }),
];

const written = [...bad.map(([id, sql, , keys]) => aMetric(sql, { id, ...keys })), ...good].join(
  "",
);

let company: AskedCompany;
let quick: Database;
let report: RefreshReport;
beforeAll(async () => {
  company = await askedCompany(written);
  await putRows(company.db, {
    accounts: [anAccount("a")],
    tickets: [
      { account_id: "a", ticket_id: "t1", created_at: "2026-04-08T10:00Z" },
      { account_id: "a", ticket_id: "t2", created_at: "2026-04-09T10:00Z" },
    ],
  });
  await completeThrough(company.db, "2026-04-13T00:00Z");
  const { database } = await one(
    company.db,
    z.object({ database: z.string() }),
    "SELECT current_database() AS database",
  );
  await company.db.run(
    `ALTER ROLE throughline_metrics IN DATABASE ${database} SET temp_file_limit = '20MB'`,
  );
  quick = openDatabase(databaseUrl(inject("serverUrl"), database), {
    max: 4,
    applicationName: "test",
    statementTimeoutMs: 20_000,
    guest: { url: databaseUrl(inject("guestUrl"), database), max: 2, statementTimeoutMs: 4_000 },
    log: silentLog,
  });
  report = await refresh(quick, company.settings, company.catalogue);
}, 120_000);
afterAll(async () => {
  await quick.close();
  await company.close();
});

const week = "2026-04-06";

/** In the file, which each entry begins with its id. */
function lineOf(metric: string): number {
  const at = written.slice(0, written.indexOf(`  id: ${metric}\n`));
  return at.split("\n").length;
}

function ask(metric: string, by: string | null = null) {
  const query = {
    filters: {},
    week,
    windowWeeks: 1,
    lastWeeks: 1,
    cohort: null,
  } as const;
  const { catalogue, settings } = company;
  return answerMetric({ db: quick, catalogue, settings }, { ...query, versus: "prev", metric, by });
}

describe("a definition that", () => {
  test.each(bad)("%s is cut off when it is asked, and its place is told", async (id, _, reason) => {
    const answer = await ask(id, id.startsWith("has_segments") ? "item" : null);
    const place = { file: expect.stringMatching(/own\.yaml$/), line: lineOf(id) };
    expect(answer).toMatchObject({
      ok: false,
      fault: { kind: "own_sql", metric: id, reason, place },
    });
  });

  test.each(bad)("%s is left out of a refresh, and why is told", (id, _, reason) => {
    expect(report.failed.find(({ metric }) => metric === id)?.own).toMatchObject({ reason });
  });
});

test.each([
  ["DELETE FROM tickets", /one SELECT; this begins with DELETE/],
  [units("1", "FOR UPDATE OF t"), /it may only read: FOR UPDATE/],
  ["WITH x AS (DELETE FROM tickets RETURNING *) SELECT * FROM x", /it may only read: DELETE FROM/],
  ["SELECT 1; DROP TABLE tickets", /one SELECT, without a semicolon/],
  ["SELECT 'delete from' AS a FROM w -- update x set y", null],
])("of %j is said at once whether it reads", (sql, problem) => {
  const read = readDefinitions("own.yaml", aMetric(sql));
  const told = read.ok ? [] : read.fault.map((fault) => fault.problem);
  expect(told).toEqual(problem === null ? [] : [expect.stringMatching(problem)]);
});

test("of the others each is computed, and a row that failed sinks no scorecard", async () => {
  expect(report.failed.map(({ metric }) => metric).sort()).toEqual(bad.map(([id]) => id).sort());
  for (const [id, value] of [
    ["a_good_one", 2],
    ["a_large_one", 200_000],
  ] as const)
    expect(await ask(id)).toMatchObject({ ok: true, value: { figures: { value } } });
  const { catalogue, settings } = company;
  const ids = ["divides_by_zero", "a_good_one"];
  const { rows } = await buildScorecard({ db: quick, catalogue, settings }, ids, week);
  expect(rows).toMatchObject([{ kind: "failed", reason: "own_sql" }, { kind: "answered" }]);
});

test("nothing of what they tried is left: no row, no lock, no setting", async () => {
  const left = await one(
    company.db,
    z.object({ tickets: z.number(), locks: z.number(), objects: z.number() }),
    `SELECT (SELECT count(*) FROM source.tickets)::int AS tickets,
            (SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
             WHERE l.locktype = 'advisory' AND d.datname = current_database())::int AS locks,
            (SELECT count(*) FROM pg_largeobject_metadata)::int AS objects`,
  );
  expect(left).toEqual({ tickets: 2, locks: 0, objects: 0 });
});

test("whoever builds a statement round a metric's SQL leaves the choice of the login to the metric", async () => {
  const sources = fs.glob("src/metrics/**/*.ts");
  const builders: string[] = [];
  for await (const file of sources) {
    const text = await fs.readFile(file, "utf8");
    if (!text.includes("unitQuerySql(") || !/\bsql: Sql\b/.test(text)) continue;
    builders.push(file);
    expect(text, file).toMatch(/metricRows\(|stageOwn\(/);
  }
  expect(builders.length).toBeGreaterThan(4);
});
