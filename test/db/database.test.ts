import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type DatabaseOptions, sqlState } from "../../src/db/index.ts";
import { freshDatabase } from "../support/database.ts";

const Setting = z.object({ value: z.string() });
const One = z.object({ one: z.number() });

async function database(options: Partial<Omit<DatabaseOptions, "log">> = {}) {
  const fresh = await freshDatabase(options);
  onTestFinished(() => fresh.close());
  return fresh.db;
}

test("settings hold on every connection of the pool, from its first statement on", async () => {
  const db = await database({
    max: 3,
    settings: { search_path: 'facts, "odd, name", public', "kpi.tz": "Europe/London" },
  });
  const text = `SELECT current_setting('search_path') || '|' || current_setting('kpi.tz') AS value,
                       pg_sleep(0.05)::text`;
  const all = await Promise.all([1, 2, 3].map(() => db.rows(Setting, text)));
  expect(new Set(all.flat().map(({ value }) => value))).toEqual(
    new Set(['facts, "odd, name", public|Europe/London']),
  );
});

test("names are looked up in bot, source and public unless told otherwise", async () => {
  const db = await database();
  const rows = await db.rows(Setting, "SELECT current_setting('search_path') AS value");
  expect(rows).toEqual([{ value: "bot, source, public" }]);
});

test("a row that is not as expected names its column, and not its value", async () => {
  const db = await database();
  const wrong = db.rows(z.object({ arr: z.number() }), "SELECT $1 AS arr", ["secret figure"]);
  await expect(wrong).rejects.toThrow("0.arr: invalid_type");
  await expect(wrong).rejects.not.toThrow("secret figure");
});

test("rows takes one statement only", async () => {
  const db = await database();
  const two = db.rows(One, "SELECT 1 AS one; SELECT 2 AS one");
  await expect(two).rejects.toMatchObject({ code: "42601" });
});

test("run gives the number of rows touched, over several statements their sum", async () => {
  const db = await database();
  await db.run("CREATE TABLE t (n int)");
  expect(await db.run("INSERT INTO t SELECT generate_series(1, $1::int)", [5])).toBe(5);
  expect(await db.run("DELETE FROM t WHERE n < 3; DELETE FROM t WHERE n = 3")).toBe(3);
});

test("a statement that fails has its SQLSTATE and costs no connection", async () => {
  const db = await database({ max: 1 });
  const Pid = z.object({ pid: z.number() });
  const before = await db.rows(Pid, "SELECT pg_backend_pid() AS pid");
  const error = await db.run("SELECT 1 / 0").catch((thrown: unknown) => thrown);
  expect(sqlState(error)).toBe("22012");
  expect(await db.rows(Pid, "SELECT pg_backend_pid() AS pid")).toEqual(before);
});

test("a statement over its time limit is cancelled with 57014", async () => {
  const db = await database({ statementTimeoutMs: 50 });
  const error = await db.run("SELECT pg_sleep(10)").catch((thrown: unknown) => thrown);
  expect(sqlState(error)).toBe("57014");
});

test("a transaction commits its work", async () => {
  const db = await database();
  await db.run("CREATE TABLE t (one int)");
  await db.transaction((sql) => sql.run("INSERT INTO t VALUES (1)"));
  expect(await db.rows(One, "SELECT one FROM t")).toEqual([{ one: 1 }]);
});

test("a transaction whose work throws is rolled back and throws the same error", async () => {
  const db = await database({ max: 1 });
  await db.run("CREATE TABLE t (one int)");
  const work = db.transaction(async (sql) => {
    await sql.run("INSERT INTO t VALUES (1)");
    throw new Error("changed my mind");
  });
  await expect(work).rejects.toThrow("changed my mind");
  expect(await db.rows(One, "SELECT one FROM t")).toEqual([]);
});

test("a transaction that swallowed a failed statement says that nothing was committed", async () => {
  const db = await database();
  await db.run("CREATE TABLE t (one int)");
  const work = db.transaction(async (sql) => {
    await sql.run("INSERT INTO t VALUES (1)");
    await sql.run("SELECT 1 / 0").catch(() => {});
  });
  await expect(work).rejects.toThrow("nothing was committed");
  expect(await db.rows(One, "SELECT one FROM t")).toEqual([]);
});

test("settings of a transaction end with it, and it can be read only and repeatable", async () => {
  const db = await database({ max: 1 });
  const text = `SELECT current_setting('search_path') || ' ' || current_setting('transaction_read_only')
                || ' ' || current_setting('transaction_isolation') AS value`;
  const inside = await db.transaction((sql) => sql.rows(Setting, text), {
    readOnly: true,
    isolation: "repeatable read",
    settings: { search_path: "exact" },
  });
  expect(inside).toEqual([{ value: "exact on repeatable read" }]);
  expect(await db.rows(Setting, text)).toEqual([
    { value: "bot, source, public off read committed" },
  ]);
});

test("a read-only transaction refuses to write with 25006", async () => {
  const db = await database();
  const write = (): Promise<unknown> =>
    db.transaction((sql) => sql.run("CREATE TABLE t ()"), { readOnly: true });
  expect(sqlState(await write().catch((error: unknown) => error))).toBe("25006");
});

test("a statement after the end of its transaction is refused", async () => {
  const db = await database();
  const escaped = await db.transaction(async (sql) => sql);
  await expect(escaped.run("SELECT 1")).rejects.toThrow("after the end");
});

test("closing twice is closing once", async () => {
  const db = await database();
  await db.run("SELECT 1");
  await Promise.all([db.close(), db.close()]);
});
