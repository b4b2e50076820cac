import { Readable } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { type Database, sqlState } from "../../src/db/index.ts";
import { freshDatabase } from "../support/database.ts";

const Count = z.object({ n: z.number() });
const insert = "COPY t FROM STDIN (FORMAT csv)";

async function tableT(): Promise<Database> {
  // One connection, so that one left in a bad state would be met again.
  const fresh = await freshDatabase({ max: 1 });
  onTestFinished(() => fresh.close());
  await fresh.db.run("CREATE TABLE t (n int)");
  return fresh.db;
}

async function countRows(db: Database): Promise<number | undefined> {
  return (await db.rows(Count, "SELECT count(*) AS n FROM t"))[0]?.n;
}

function* lines(count: number): Generator<string> {
  for (let n = 0; n < count; n++) yield `${n}\n`;
}

test("copies in and out what was given, and counts the bytes", async () => {
  const db = await tableT();
  expect(await db.copyIn(insert, Readable.from(["1\n2\n", "3\n"]))).toBe(6);
  expect(await readAll(await db.copyOut("COPY t TO STDOUT"))).toBe("1\n2\n3\n");
});

test("a hundred thousand rows pass in chunks of one row", async () => {
  const db = await tableT();
  await db.copyIn(insert, Readable.from(lines(100_000)));
  expect(await countRows(db)).toBe(100_000);
});

test.each([
  ["a few bytes", 100, 2_000],
  ["more than a socket holds", 300_000, 5],
])("a source may use the memory of a chunk again, here of %s", async (_, rows, chunks) => {
  const db = await tableT();
  const memory = Buffer.alloc(2 * rows);
  function* overwritten(): Generator<Buffer> {
    for (let i = 0; i < chunks; i++) yield memory.fill(`${i % 10}\n`);
  }
  await db.copyIn(insert, toAsync(overwritten()));
  const counted = await db.rows(
    z.object({ n: z.number(), times: z.number() }),
    "SELECT n, count(*) AS times FROM t GROUP BY n ORDER BY n",
  );
  const digits = Math.min(chunks, 10);
  expect(counted).toEqual(
    Array.from({ length: digits }, (_, n) => ({ n, times: (rows * chunks) / digits })),
  );
});

test("a wrong row fails with its SQLSTATE, takes nothing, and the connection goes on", async () => {
  const db = await tableT();
  const source = Readable.from(
    (function* () {
      yield* lines(50_000);
      yield "not a number\n";
      yield* lines(50_000);
    })(),
  );
  expect(sqlState(await failureOf(db.copyIn(insert, source)))).toBe("22P02");
  expect(await countRows(db)).toBe(0);
});

test("a source that fails takes nothing, and its own error is thrown", async () => {
  const db = await tableT();
  const source = Readable.from(
    (function* () {
      yield* lines(10);
      throw new Error("the file ended early");
    })(),
  );
  await expect(db.copyIn(insert, source)).rejects.toThrow("the file ended early");
  expect(await countRows(db)).toBe(0);
});

test("a copy into a table that is not there fails with 42P01", async () => {
  const db = await tableT();
  const copy = db.copyIn("COPY nowhere FROM STDIN", Readable.from(["1\n"]));
  expect(sqlState(await failureOf(copy))).toBe("42P01");
  expect(await countRows(db)).toBe(0);
});

test("a failed copy inside a transaction rolls it back", async () => {
  const db = await tableT();
  const work = db.transaction(async (sql) => {
    await sql.run("INSERT INTO t VALUES (1)");
    await sql.copyIn(insert, Readable.from(["x\n"]));
  });
  expect(sqlState(await failureOf(work))).toBe("22P02");
  expect(await countRows(db)).toBe(0);
});

test("a copy out that fails tells a reader that comes late", async () => {
  const db = await tableT();
  const out = await db.copyOut("COPY (SELECT 1 / 0) TO STDOUT");
  await vi.waitFor(() => expect(out.destroyed).toBe(true), { timeout: 15_000 });
  await turn();
  expect(sqlState(await failureOf(readAll(out)))).toBe("22012");
  expect(await countRows(db)).toBe(0);
});

test("a reader that goes away early gives its connection back", async () => {
  const db = await tableT();
  const out = await db.copyOut("COPY (SELECT generate_series(1, 10000000)) TO STDOUT");
  for await (const _ of out) break;
  expect(await countRows(db)).toBe(0);
});

test("a reader that goes away inside a transaction ends it instead of hanging it", async () => {
  const db = await tableT();
  const work = db.transaction(async (sql) => {
    const out = await sql.copyOut("COPY (SELECT generate_series(1, 10000000)) TO STDOUT");
    for await (const _ of out) break;
    return sql.rows(Count, "SELECT 1 AS n");
  });
  await expect(work).rejects.toThrow();
  expect(await countRows(db)).toBe(0);
});

test("copying out holds little memory, however slow the reader", async () => {
  const db = await tableT();
  const out = await db.copyOut(
    "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 200000)) TO STDOUT",
  );
  let bytes = 0;
  let most = 0;
  for await (const chunk of out as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    most = Math.max(most, out.readableLength);
    if (bytes % 7 === 0) await turn();
  }
  expect(bytes).toBe(200_000 * 1_001);
  expect(most).toBeLessThan(2_000_000);
});

async function* toAsync<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}
