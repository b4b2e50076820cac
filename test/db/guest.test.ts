/** The restricted login beside our own: what it sees, what it cannot reach, and what it leaves behind. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { type Database, loginFaults, openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { one } from "../support/rows.ts";

let fresh: FreshDatabase;
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = fresh.db;
});
afterAll(() => fresh.close());

const text = z.object({ value: z.string().nullable() });
const tierNames = "SELECT string_agg(tier, ',' ORDER BY tier) AS value FROM source.tiers";

/** The login's URL in another database of the server. */
function guestOf({ url }: FreshDatabase): string {
  const guest = new URL(inject("guestUrl"));
  guest.pathname = new URL(url).pathname;
  return guest.toString();
}

async function read(sql: Pick<Database, "asGuest">, select: string): Promise<unknown[]> {
  return sql.asGuest(["kpi.tz"], async (guest) => {
    const found: unknown[] = [];
    for await (const page of guest.pages(text, select, []))
      found.push(...page.map(({ value }) => value));
    return found;
  });
}

test("it sees what the transaction sees, also after others have committed, and its settings", async () => {
  await db.run("INSERT INTO source.tiers VALUES ('free', 0, false)");
  const seen = await db.transaction(
    async (sql) => {
      await one(db, text, tierNames);
      await sql.rows(text, tierNames);
      await db.run("INSERT INTO source.tiers VALUES ('pro', 1, true)");
      return [
        await read(sql, tierNames),
        await read(sql, "SELECT current_setting('kpi.tz') AS value"),
      ];
    },
    { isolation: "repeatable read", settings: { "kpi.tz": "Asia/Kolkata" } },
  );
  expect(seen).toEqual([["free"], ["Asia/Kolkata"]]);
  expect(await read(db, tierNames)).toEqual(["free,pro"]);
});

test("many rows come page by page, and a reader that has enough may go", async () => {
  const many = "SELECT i::text AS value FROM generate_series(1, 12345) i";
  expect((await read(db, many)).length).toBe(12_345);
  const first = db.asGuest([], async (guest) => {
    for await (const page of guest.pages(text, many, [])) return page.length;
    return 0;
  });
  expect(await first).toBeLessThan(12_345);
  expect(await read(db, "SELECT 'again' AS value")).toEqual(["again"]);
});

async function lenientDatabase(): Promise<FreshDatabase> {
  const lenient = await freshDatabase();
  await lenient.db.run("GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO PUBLIC");
  return lenient;
}

test("where a server lets it set anything, what it sets is gone with its SELECT", async () => {
  const lenient = await lenientDatabase();
  await read(lenient.db, "SELECT set_config('kpi.tz', 'nowhere', false) AS value");
  const seen = await Promise.all(
    [1, 2, 3].map(() => read(lenient.db, "SELECT current_setting('kpi.tz', true) AS value")),
  );
  expect(seen.flat()).not.toContain("nowhere");
  await lenient.close();
});

test.each([
  ["one value", "SELECT repeat('x', 40000000) AS value"],
  ["one page", "SELECT repeat('x', 10000) || i AS value FROM generate_series(1, 5000) i"],
])("%s of more than anybody can hold is cut off, and the next is answered", async (_, select) => {
  await expect(read(db, select)).rejects.toMatchObject({ name: "GuestTooLarge" });
  expect(await read(db, "SELECT 'again' AS value")).toEqual(["again"]);
});

test("where a server lets it set anything, a limit that it lifts holds again from the next page on", async () => {
  const lenient = await lenientDatabase();
  const hurried = openDatabase(lenient.url, {
    max: 1,
    applicationName: "test",
    statementTimeoutMs: 20_000,
    guest: { url: guestOf(lenient), max: 1, statementTimeoutMs: 500 },
    log: silentLog,
  });
  const endless = `SELECT CASE i WHEN 1 THEN set_config('statement_timeout', '0', true)
                                 WHEN 5001 THEN pg_sleep(60)::text END AS value
                   FROM generate_series(1, 5002) i`;
  await expect(read(hurried, endless)).rejects.toMatchObject({ code: "57014" });
  await hurried.close();
  await lenient.close();
});

test.each([
  ["two statements", "SELECT 'a' AS value; DROP TABLE source.tiers"],
  ["a table of its own", "SELECT 'a' AS value INTO TEMP x"],
  ["what the bot remembers", "SELECT platform AS value FROM bot.inbox"],
  ["turning read-only off", "SELECT set_config('transaction_read_only', 'off', true) AS value"],
  ["more time and memory than it is given", "SELECT set_config('work_mem', '2GB', true) AS value"],
  ["a file for each row", "SELECT pg_export_snapshot() AS value FROM generate_series(1, 3)"],
  ["another role", "SELECT set_config('role', 'postgres', true) AS value"],
])("%s is refused", (_, select) => expect(read(db, select)).rejects.toThrow());

test("the embedded server's login is limited to reading", async () => {
  const role = new URL(inject("guestUrl")).username;
  // TEMP is a right of each database, which a clone does not have from its template.
  await db.run(
    "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$",
  );
  expect(await loginFaults(db, role)).toEqual([]);
  expect(await loginFaults(db, "nobody_here")).toEqual([
    { said: "there is no role nobody_here", isGrave: true },
  ]);
});

test("an interrupt ends what it has under way, which may not end itself", async () => {
  const interrupted = await freshDatabase();
  const sleeping = read(interrupted.db, "SELECT pg_sleep(60)::text AS value");
  const asleep = `SELECT count(*)::text AS value FROM pg_stat_activity
    WHERE wait_event = 'PgSleep' AND datname = '${new URL(interrupted.url).pathname.slice(1)}'`;
  await expect.poll(async () => (await one(db, text, asleep)).value).toBe("1");
  const ended = expect(sleeping).rejects.toThrow();
  await interrupted.db.interrupt();
  await ended;
  expect((await one(db, text, asleep)).value).toBe("0");
  await interrupted.close();
});

test("its settings are made in each transaction where a pooler stands before the server", async () => {
  const pooled = openDatabase(fresh.url, {
    max: 1,
    applicationName: "test",
    statementTimeoutMs: 20_000,
    guest: { url: `${guestOf(fresh)}?pgbouncer=true`, max: 1, statementTimeoutMs: 4_000 },
    log: silentLog,
  });
  const made = ["statement_timeout", "search_path", "DateStyle", "cursor_tuple_fraction"].map(
    (name) => `current_setting('${name}')`,
  );
  expect(await read(pooled, `SELECT concat_ws('; ', ${made.join(", ")}) AS value`)).toEqual([
    "4s; bot, source, public; ISO, YMD; 1",
  ]);
  await pooled.close();
});

test("without such a login, and with one that is not let in, it says so", async () => {
  const options = { max: 1, applicationName: "test", statementTimeoutMs: 5_000, log: silentLog };
  const without = openDatabase(fresh.url, options);
  await expect(read(without, tierNames)).rejects.toThrow("no login");
  await without.close();
  const url = inject("guestUrl").replace(/:[^:@]+@/, ":wrong@");
  const shut = openDatabase(fresh.url, {
    ...options,
    guest: { url, max: 1, statementTimeoutMs: 5_000 },
  });
  await expect(read(shut, tierNames)).rejects.toMatchObject({ code: "28P01" });
  await shut.close();
});

test("a login of another database is told apart: it knows nothing of this one's snapshot", async () => {
  const other = await freshDatabase();
  const mixed = openDatabase(fresh.url, {
    max: 1,
    applicationName: "test",
    statementTimeoutMs: 5_000,
    guest: { url: guestOf(other), max: 1, statementTimeoutMs: 5_000 },
    log: silentLog,
  });
  await expect(read(mixed, tierNames)).rejects.toMatchObject({ name: "GuestShutOut" });
  await mixed.close();
  await other.close();
});
