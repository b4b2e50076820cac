import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { bindValues } from "../../src/db/bind-values.ts";
import { parseBigint, parseTimestamptz } from "../../src/db/value-parsers.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

async function evaluate(expression: string, values: unknown[] = []): Promise<unknown> {
  const [row] = await fresh.db.rows(
    z.object({ v: z.unknown() }),
    `SELECT ${expression} AS v`,
    values,
  );
  return row?.v;
}

test.each([
  ["date '2026-11-24'", "2026-11-24"],
  ["date 'infinity'", "infinity"],
  ["timestamptz '2026-11-24 22:42:54.123456+02'", "2026-11-24T20:42:54.123456Z"],
  ["timestamptz '2026-11-24 00:00:00Z'", "2026-11-24T00:00:00Z"],
  ["timestamptz '-infinity'", "-infinity"],
  ["timestamp '2026-11-24 22:42:54.5'", "2026-11-24T22:42:54.5"],
  ["interval '1 year 2 days 3 hours'", "P1Y2DT3H"],
  ["12345678901234567890.123456789::numeric", "12345678901234567890.123456789"],
  ["9007199254740991::bigint", 9_007_199_254_740_991],
  ["0.1::float8", 0.1],
  ["true", true],
  ["null::date", null],
  [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
  ["ARRAY[date '2026-11-24', null]", ["2026-11-24", null]],
  [
    "ARRAY[[1.10, 2], [3, null]]::numeric[]",
    [
      ["1.10", "2"],
      ["3", null],
    ],
  ],
  ["ARRAY[1, -2]::bigint[]", [1, -2]],
  ["ARRAY[timestamptz '2026-11-24Z', 'infinity']", ["2026-11-24T00:00:00Z", "infinity"]],
])("%s arrives as %j", async (expression, expected) => {
  expect(await evaluate(expression)).toEqual(expected);
});

test("a bigint beyond 2^53 throws instead of being rounded, and the connection goes on", async () => {
  await expect(evaluate("9007199254740992::bigint")).rejects.toThrow(RangeError);
  expect(await evaluate("1::bigint")).toBe(1);
});

test("a transaction in another time zone still reads instants in UTC", async () => {
  const v = await fresh.db.transaction(
    (sql) =>
      sql.rows(z.object({ v: z.string() }), "SELECT timestamptz '2026-11-24 12:00:00Z' AS v"),
    { settings: { timezone: "Asia/Kathmandu" } },
  );
  expect(v).toEqual([{ v: "2026-11-24T12:00:00Z" }]);
});

test.each([
  [
    Temporal.Instant.from("2026-11-24T22:42:54.123456Z"),
    "timestamptz",
    "2026-11-24T22:42:54.123456Z",
  ],
  [Temporal.PlainDate.from("2026-11-24"), "date", "2026-11-24"],
  [Temporal.Duration.from("P1DT2H"), "interval", "P1DT2H"],
  [[Temporal.PlainDate.from("2026-11-24")], "date[]", ["2026-11-24"]],
  [["a", null, 'quo"te', "com,ma"], "text[]", ["a", null, 'quo"te', "com,ma"]],
  [{ a: 1 }, "jsonb", { a: 1 }],
])("%s is bound as %s", async (value, type, expected) => {
  expect(await evaluate(`$1::${type}`, [value])).toEqual(expected);
});

test("undefined is refused, because it would become NULL without a word", () => {
  expect(() => bindValues([1, undefined])).toThrow("$2");
});

test("every instant of a thousand years comes back as it went, to the microsecond", async () => {
  const micros = fc.bigInt({ min: -30_000_000_000_000_000n, max: 30_000_000_000_000_000n });
  await fc.assert(
    fc.asyncProperty(fc.array(micros, { minLength: 50, maxLength: 200 }), async (all) => {
      const instants = all.map((each) => Temporal.Instant.fromEpochNanoseconds(each * 1_000n));
      const back = await evaluate("$1::timestamptz[]", [instants]);
      expect(back).toEqual(instants.map(String));
    }),
    { numRuns: 50 },
  );
});

test("parsing an instant agrees with Temporal for every offset", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.integer({ min: -14 * 4, max: 14 * 4 }),
      (second, quarter) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(second * 1_000);
        const hours = String(Math.trunc(Math.abs(quarter) / 4)).padStart(2, "0");
        const minutes = String((Math.abs(quarter) % 4) * 15).padStart(2, "0");
        const offset = `${quarter < 0 ? "-" : "+"}${hours}:${minutes}`;
        const local = instant.toZonedDateTimeISO(offset).toPlainDateTime().toString();
        expect(parseTimestamptz(`${local.replace("T", " ")}${offset}`)).toBe(instant.toString());
      },
    ),
  );
});

test("a bigint is exact or an error", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const isSafe = value >= -(2n ** 53n) + 1n && value <= 2n ** 53n - 1n;
      if (isSafe) expect(BigInt(parseBigint(String(value)))).toBe(value);
      else expect(() => parseBigint(String(value))).toThrow(RangeError);
    }),
  );
});
