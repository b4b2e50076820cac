import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Sql } from "../../src/db/index.ts";
import { eventTimes } from "../../src/ingest/event-times.ts";
import { foreignKeyOrder } from "../../src/ingest/foreign-key-order.ts";
import { prepareInputCheck } from "../../src/ingest/input-check.ts";
import { readTableShapes, type TableShape } from "../../src/ingest/table-shape.ts";
import {
  type InputCheck,
  nativeInputCheck,
  ownInputCheck,
  readable,
} from "../../src/ingest/value-rules.ts";
import { asManyAsFit } from "../support/as-many-as-fit.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column } from "./importing.ts";

let fresh: FreshDatabase;
let shapes: ReadonlyMap<string, TableShape>;
beforeAll(async () => {
  fresh = await freshDatabase();
  shapes = await readTableShapes(fresh.db);
});
afterAll(() => fresh.close());

test("event times are told of every source table, and are dates or instants of it", () => {
  expect(Object.keys(eventTimes).toSorted()).toEqual([...shapes.keys()].toSorted());
  for (const [table, names] of Object.entries(eventTimes)) {
    const times = shapes
      .get(table)
      ?.columns.filter(({ type }) => type === "date" || type.startsWith("timestamp"));
    expect(times?.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
  }
});

test("parents come before their children, whatever the order given", () => {
  for (const given of [[...shapes.values()], [...shapes.values()].reverse()]) {
    const order = foreignKeyOrder(given).map(({ table }) => table);
    expect(order).toHaveLength(shapes.size);
    for (const { table, references } of given) {
      for (const { parent } of references)
        expect(order.indexOf(parent)).toBeLessThan(order.indexOf(table));
    }
  }
});

test("tables in a circle of references all come once", () => {
  const to = (table: string, parent: string): TableShape => ({
    table,
    columns: [],
    key: [],
    checks: [],
    references: [{ name: `${table}_${parent}`, columns: [], parent, parentColumns: [] }],
  });
  expect(
    foreignKeyOrder([to("a", "b"), to("b", "a"), to("c", "c")]).map(({ table }) => table),
  ).toEqual(["b", "a", "c"]);
});

test("the check for servers without pg_input_is_valid judges like the server's own", async () => {
  const texts = [
    "1",
    "1.5",
    "",
    "x",
    "-9223372036854775809",
    "true",
    "2024-02-30",
    "2024-02-29",
    "{}",
    "{",
    "'; DROP TABLE x; --",
  ];
  await fresh.db.transaction(async (sql) => {
    await prepareOwnCheck(sql);
    expect(await verdicts(sql, ownInputCheck, texts)).toEqual(
      await verdicts(sql, nativeInputCheck, texts),
    );
  });
});

test("our own check and the server's agree on any text that is nearly a value", async () => {
  const seed = fc.constantFrom<string>(
    "2024-02-29",
    "1999-12-31T23:59:59.999Z",
    "2024-01-31 09:30+05:30",
    "-32768",
    "2147483647",
    "9223372036854775807",
    "12.50",
    "1e400",
    "true",
  );
  const slip = fc.tuple(
    fc.nat(26),
    fc.nat(2),
    fc.constantFrom("", "0", "9", "-", "+", ".", ":", " ", "T", "Z", "e", "\n", "1".repeat(30)),
  );
  const text = fc
    .tuple(seed, fc.array(slip, { maxLength: 3 }))
    .map(([start, slips]) =>
      slips.reduce((all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut), start),
    );
  await fresh.db.transaction(async (sql) => {
    await prepareOwnCheck(sql);
    await asManyAsFit(
      fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 80 }), async (texts) => {
        expect(await verdicts(sql, ownInputCheck, texts)).toEqual(
          await verdicts(sql, nativeInputCheck, texts),
        );
      }),
      { most: 250 },
    );
  });
});

const types = [
  "smallint",
  "integer",
  "bigint",
  "numeric",
  "double precision",
  "boolean",
  "date",
  "timestamp with time zone",
  "jsonb",
];

/** As on a server that has none. */
function prepareOwnCheck(sql: Sql): Promise<InputCheck> {
  return prepareInputCheck({ ...sql, rows: async () => [], run: sql.run.bind(sql) });
}

function verdicts(sql: Sql, check: InputCheck, texts: readonly string[]) {
  const cells = types.map((type) => readable("t.text", type, check)).join(", ");
  const list = texts.map((_, index) => `($${index + 1})`).join(", ");
  return sql.rows(
    z.unknown(),
    `SELECT t.text, ARRAY[${cells}] AS verdicts FROM (VALUES ${list}) t(text) ORDER BY 1`,
    texts,
  );
}

test("an import on a server without pg_input_is_valid would find its own function", async () => {
  expect(
    await column(
      fresh.db,
      "SELECT to_regprocedure('pg_catalog.pg_input_is_valid(text, text)')::text AS value",
    ),
  ).toEqual(["pg_input_is_valid(text,text)"]);
});
