/** Which tables an SQL text takes rows from, whatever else is called so in it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { mentions } from "../../src/metrics/catalogue/sql-code.ts";
import { tablesRead } from "../../src/metrics/catalogue/tables-read.ts";

function read(sql: string): string[] {
  return tablesRead(sql).map(({ schema, name }) => (schema === null ? name : `${schema}.${name}`));
}

test.each([
  ["a comma after a condition", "SELECT 1 FROM w JOIN a ON w.x = a.x, b", ["w", "a", "b"]],
  ["a comma in a condition", "SELECT 1 FROM w JOIN a ON ARRAY[w.x, c] @> f(w.x, d)", ["w", "a"]],
  ["a comma after USING", "SELECT 1 FROM w JOIN a USING (x, c), b", ["w", "a", "b"]],
  ["LATERAL", "SELECT 1 FROM w, LATERAL (SELECT FROM a) x, LATERAL f(w.x) y, b", ["w", "a", "b"]],
  [
    "schemas",
    "SELECT 1 FROM source.a, raw . calls c, db.source.b",
    ["source.a", "raw.calls", "source.b"],
  ],
  [
    "names in quotes",
    `SELECT 1 FROM "a" JOIN "source"."b" ON true, "A", "s""x"`,
    ["a", "source.b", "A", 's"x'],
  ],
  ["capitals", "SELECT 1 FROM A JOIN Source.B ON TRUE", ["a", "source.b"]],
  ["functions", "SELECT 1 FROM generate_series(1, 2) a, ROWS FROM (f(1), g(2)) x, b", ["b"]],
  ["ordinality", "SELECT 1 FROM unnest(ARRAY[1, 2]) WITH ORDINALITY AS t(x, i), b", ["b"]],
  [
    "sub-selects",
    "SELECT (SELECT 1 FROM a), x IN (SELECT 1 FROM b) FROM (SELECT FROM c) d",
    ["a", "b", "c"],
  ],
  ["lists of columns", "SELECT 1 FROM w AS x(a, b), c AS y(d)", ["w", "c"]],
  [
    "a join in parentheses",
    "SELECT 1 FROM (a LEFT JOIN (b CROSS JOIN c) ON true), d",
    ["a", "b", "c", "d"],
  ],
  [
    "sets",
    "SELECT 1, 2 FROM a EXCEPT SELECT x, c FROM b INTERSECT (SELECT 3 FROM d)",
    ["a", "b", "d"],
  ],
  [
    "FROM of a function",
    "SELECT extract(epoch FROM a), substring(x FROM 2 FOR 3), trim(both FROM b) FROM c",
    ["c"],
  ],
  [
    "a comparison",
    "SELECT 1 FROM a WHERE x IS DISTINCT FROM b AND y IS NOT DISTINCT FROM c",
    ["a"],
  ],
  ["a zone", "SELECT x::timestamp WITH TIME ZONE, a FROM b", ["b"]],
  ["columns after the list", "SELECT 1 FROM a WHERE true GROUP BY b, c ORDER BY d, e", ["a"]],
  ["TABLE", "WITH x AS (TABLE a) SELECT 1 FROM x", ["a"]],
  [
    "a name of WITH",
    "WITH a AS (SELECT 1 FROM b), c (x, y) AS NOT MATERIALIZED (SELECT 1 FROM a) SELECT 1 FROM a, c, d",
    ["b", "d"],
  ],
  ["a name of WITH within itself", "WITH a AS (SELECT 1 FROM a) SELECT 1 FROM a", ["a"]],
  [
    "a recursive one",
    "WITH RECURSIVE a AS (SELECT 1 FROM b UNION ALL SELECT 1 FROM a) SELECT 1 FROM a",
    ["b"],
  ],
  ["a name of WITH beyond it", "SELECT (WITH a AS (SELECT 1) SELECT 1 FROM a) FROM a", ["a"]],
  ["a name of WITH and a schema", "WITH a AS (SELECT 1) SELECT 1 FROM source.a", ["source.a"]],
  ["literals and comments", "SELECT 'FROM a', $$ FROM b $$ FROM c -- , d\n/* , e */", ["c"]],
  ["a column called so", "SELECT a.from, b.join FROM c WHERE c.from > 1", ["c"]],
])("of %s", (_, sql, tables) => {
  expect(read(sql)).toEqual(tables);
});

/** A query and the tables that it reads: what is written round them must not matter. */
interface Query {
  sql: string;
  tables: string[];
}

const name = fc.constantFrom("a", "b", "c", "d");
const table: fc.Arbitrary<Query> = fc
  .tuple(fc.constantFrom("", "source.", '"raw".'), name, fc.boolean())
  .map(([schema, text, isQuoted]) => ({
    sql: `${schema}${isQuoted ? `"${text}"` : text.toUpperCase()}`,
    tables: [`${schema.replaceAll('"', "")}${text}`],
  }));

/** None of what stands there is a table. */
const condition = fc.constantFrom(
  "true",
  "f(x, a) > 1",
  "x IN (a, b)",
  "ARRAY[a, b] @> y",
  "x.a IS DISTINCT FROM b",
);

const { query } = fc.letrec<{ query: Query; item: Query; list: Query }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    table,
    fc.constantFrom("f(1, 2)", "(VALUES (1, 2))").map((sql) => ({ sql, tables: [] })),
    tie("query").map(({ sql, tables }) => ({ sql: `LATERAL (${sql})`, tables })),
    tie("list").map(({ sql, tables }) => ({ sql: `(${sql} CROSS JOIN f(1))`, tables })),
  ),
  list: fc
    .tuple(
      tie("item"),
      fc.array(
        fc.tuple(
          fc.constantFrom(",", "JOIN", "LEFT JOIN"),
          tie("item"),
          condition,
          fc.constantFrom(" t", " AS t(a, b)"),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([first, more]) => ({
      sql: [
        `${first.sql} t0`,
        ...more.map(([way, item, on, alias]) =>
          way === "," ? `, ${item.sql}${alias}` : ` ${way} ${item.sql}${alias} ON ${on}`,
        ),
      ].join(""),
      tables: [first, ...more.map(([, item]) => item)].flatMap((each) => each.tables),
    })),
  query: fc
    .tuple(
      tie("list"),
      condition,
      fc.option(tie("list")),
      fc.constantFrom("", " GROUP BY a, b", " ORDER BY c, d"),
    )
    .map(([list, where, other, end]) => ({
      sql: `SELECT a, extract(day FROM b) FROM ${list.sql} WHERE ${where}${other ? ` UNION SELECT 1, 2 FROM ${other.sql}` : ""}${end}`,
      tables: [...list.tables, ...(other?.tables ?? [])],
    })),
}));

test("whatever stands between the tables, they are found and nothing else", () => {
  fc.assert(
    fc.property(query, ({ sql, tables }) => {
      expect(read(sql)).toEqual(tables);
    }),
    { numRuns: 500 },
  );
});

test("a name of WITH hides the tables that are called so, and those with a schema are read", () => {
  fc.assert(
    fc.property(name, query, query, (hidden, entry, { sql, tables }) => {
      expect(read(`WITH ${hidden} AS (${entry.sql}) ${sql}`)).toEqual([
        ...entry.tables,
        ...tables.filter((each) => each !== hidden),
      ]);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["c.closed_at", true],
  ["c.CLOSED_AT", true],
  ['c."closed_at"', true],
  ["c.closed_at_all", false],
  ["'closed_at'", false],
])("that %s names closed_at is %s: SQL does not ask for the case", (sql, does) => {
  expect(mentions(sql, "closed_at")).toBe(does);
});
