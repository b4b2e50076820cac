/** FAULTS.md row 36: what is typed is bound, and never part of a statement. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { dispatch, lineOf } from "../../src/commands/index.ts";
import { answerMetric, refresh } from "../../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { faultTest } from "../support/fault-test.ts";
import { completeThrough, one, putRows } from "../support/rows.ts";
import { contextOf, now, shipped, terminal } from "./asking.ts";

/** Each is also a source of its own account, so that it gets past the names and into the queries. */
const corpus = [
  "'; DROP TABLE source.accounts; --",
  "' OR '1'='1",
  "' OR 1=1 --",
  "x' UNION SELECT account_id FROM source.accounts --",
  "x'); DELETE FROM source.accounts; --",
  '"; DROP SCHEMA bot CASCADE; --',
  "\\'; DROP TABLE source.accounts; --",
  "$1",
  "$1::int",
  "$$; DROP TABLE source.accounts; $$",
  "$tag$ x $tag$",
  "%27%20OR%201=1",
  "{a,b}",
  '{"a"}',
  "{}",
  "NULL",
  "null",
  "E'\\x41'",
  "/* x */",
  "pg_sleep(10)",
  "'||pg_sleep(10)||'",
  "\ufeff'",
  "ʼ OR 1=1",
  "＇ OR 1=1",
  "; SELECT pg_terminate_backend(pg_backend_pid())",
  "(none)'",
  "\\",
  "a\nb",
  "\u202e'",
];

let database: FreshDatabase;
let before: unknown;
beforeAll(async () => {
  database = await freshDatabase();
  const accounts = corpus.map((source, i) => ({
    account_id: `a${i}`,
    source,
    channel: "direct",
    segment: "smb",
    region: "eu",
    signed_up_at: "2026-11-10T09:00Z",
  }));
  await putRows(database.db, { accounts });
  await completeThrough(database.db, "2026-11-16");
  const { metrics } = contextOf(shipped, database.db);
  await refresh(metrics.db, metrics.settings, metrics.catalogue);
  before = await everything();
});
afterAll(() => database.close());

/** All tables, columns and functions, and how many rows each table has. */
async function everything(): Promise<unknown> {
  const text = z.object({ all: z.string() });
  const schema = await one(
    database.db,
    text,
    `SELECT string_agg(line, E'\\n' ORDER BY line) AS all FROM (
       SELECT format('%s.%s.%s %s', table_schema, table_name, column_name, data_type) AS line
       FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
         AND table_schema NOT LIKE 'pg_temp%'
       UNION ALL SELECT format('%s.%s()', routine_schema, routine_name)
       FROM information_schema.routines WHERE routine_schema NOT IN ('pg_catalog', 'information_schema')) AS lines`,
  );
  const tables = await database.db.rows(
    z.object({ name: z.string() }),
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const counts = await one(
    database.db,
    text,
    `SELECT concat_ws(' ', ${tables.map(({ name }) => `(SELECT count(*) FROM ${name})`).join(", ")}) AS all`,
  );
  return { schema: schema.all, counts: counts.all, tables: tables.length };
}

const context = () => contextOf(shipped, database.db);
const ask = { caller: terminal, now, exact: false, week: null } as const;
const plain = {
  by: null,
  week: null,
  windowWeeks: null,
  lastWeeks: 1,
  cohort: null,
  versus: "prev",
} as const;

test("a hostile value that the data hold counts its own account and no other", async () => {
  for (const exact of [false, true]) {
    for (const source of corpus) {
      const query = { ...plain, metric: "weekly_sign_ups", filters: { source: [source] } };
      const told = await dispatch(context(), lineOf(query), { ...ask, exact });
      expect(told, source).toMatchObject({ ok: true, value: { data: { value: 1 } } });
    }
  }
  const all = { ...plain, metric: "weekly_sign_ups", filters: { source: [...corpus].sort() } };
  expect(await dispatch(context(), lineOf(all), ask)).toMatchObject({
    ok: true,
    value: { data: { value: corpus.length } },
  });
  expect(await everything()).toEqual(before);
});

test("a hostile dimension, metric, week or search is a fault and reaches no statement", async () => {
  for (const text of corpus) {
    const quoted = `"${text.replaceAll('"', '""')}"`;
    const wrong = [
      `signups by ${quoted}`,
      `signups ${quoted}=campaign`,
      `signups channel=${quoted}`,
      `signups week ${quoted}`,
      `define ${quoted}`,
      `scorecard ${quoted}`,
    ];
    for (const line of wrong) expect((await dispatch(context(), line, ask)).ok, line).toBe(false);
    for (const line of [text, `signups source=${text}`, `signups since ${text}`, `signups ${text}`])
      await dispatch(context(), line, ask);
    expect((await dispatch(context(), `metrics ${quoted}`, ask)).ok).toBe(true);
  }
  expect(await everything()).toEqual(before);
});

test("the engine itself refuses a dimension that the catalogue does not have", async () => {
  for (const name of [...corpus, "account_id", 'source"; --', "__proto__", "constructor"]) {
    const { metrics } = context();
    const filtered = { ...plain, metric: "weekly_sign_ups", filters: { [name]: ["x"] } };
    const cut = { ...plain, metric: "weekly_sign_ups", filters: {}, by: name };
    for (const query of name === "__proto__" ? [cut] : [filtered, cut])
      expect(await answerMetric(metrics, query), name).toMatchObject({
        ok: false,
        fault: { kind: "unknown_dimension" },
      });
  }
});

/** Text as a driver may be given it: without NUL, which Postgres cannot hold, and halves of surrogates. */
const anyValue = fc.oneof(
  fc.constantFrom(...corpus),
  fc.tuple(fc.constantFrom(...corpus), fc.string({ maxLength: 4 })).map((parts) => parts.join("")),
  fc
    .string({ unit: "binary", maxLength: 30 })
    .map((text) => text.replaceAll("\0", "").toWellFormed()),
);

/** Values of one query, and pieces of one line: as many as are tried at once. */
const QUERY_VALUES = 100;
const LINE_PIECES = 8;

faultTest(
  36,
  "any values that reach the engine count the accounts that have them, and no others",
  async (run) => {
    const { metrics } = context();
    const values = { minLength: QUERY_VALUES, maxLength: QUERY_VALUES };
    await run.check(
      fc.asyncProperty(fc.array(anyValue, values), fc.boolean(), async (source, exact) => {
        const query = { ...plain, metric: "weekly_sign_ups", filters: { source } };
        const answer = await answerMetric(metrics, query, exact);
        const held = corpus.filter((value) => source.includes(value));
        expect(answer).toMatchObject({ ok: true, value: { figures: { value: held.length } } });
      }),
      QUERY_VALUES,
    );
    expect(await everything()).toEqual(before);
    run.saw(`${QUERY_VALUES} in a query: 0 injections`);
  },
);

/** What gets a line past its first words, so that more of it is read. */
const starts = ["", "signups", "signups source=", "metrics", "define"];
const piece = fc.oneof(
  fc.constantFrom(...corpus),
  fc.constantFrom("signups", "by source", "source=", ",", '"', "'", " ", "week 46", "define", "="),
  fc.constant("metrics"),
  fc.string({ unit: "binary", maxLength: 12 }),
);

faultTest(36, "nothing that is typed changes the database", async (run) => {
  let answered = 0;
  await run.check(
    fc.asyncProperty(
      fc.array(piece, { minLength: LINE_PIECES, maxLength: LINE_PIECES }),
      fc.constantFrom(...starts),
      async (pieces, start) => {
        const told = await dispatch(context(), `${start} ${pieces.join(" ")}`, ask);
        if (told.ok) answered += 1;
      },
    ),
    LINE_PIECES,
  );
  expect(answered).toBeGreaterThan(0);
  expect(await everything()).toEqual(before);
  run.saw(`${LINE_PIECES} in a line, ${answered} lines answered: 0 injections`);
});
