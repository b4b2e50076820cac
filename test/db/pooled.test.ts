/**
 * What PgBouncer in transaction mode asks of its clients, shown on a direct connection, because the
 * machine of a test has no PgBouncer: no options at the start, and no state left on the session.
 */
import { Readable } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { migrate, openDatabase } from "../../src/db/index.ts";
import { planSession } from "../../src/db/session-options.ts";
import { silentLog } from "../../src/log.ts";
import { freshDatabase } from "../support/database.ts";

const Setting = z.object({ value: z.string() });
const text = `SELECT current_setting('search_path') || ' ' || current_setting('kpi.tz', true) AS value`;

async function pooledDatabase() {
  const fresh = await freshDatabase();
  onTestFinished(() => fresh.close());
  const db = openDatabase(`${fresh.url}?pgbouncer=true`, {
    max: 1,
    applicationName: "pooled",
    statementTimeoutMs: 5_000,
    settings: { search_path: "facts, source", "kpi.tz": "Europe/London" },
    log: silentLog,
  });
  onTestFinished(() => db.close());
  return db;
}

test("no options are sent at the start of a connection", () => {
  const session = planSession("postgres://a@b/c?pgbouncer=true&sslmode=require", { a: "b" });
  expect(session.options).toBe("");
  expect(session.connectionString).toBe("postgres://a@b/c?sslmode=require");
});

test("every statement and every transaction has the settings", async () => {
  const db = await pooledDatabase();
  const expected = [{ value: "facts, source Europe/London" }];
  expect(await db.rows(Setting, text)).toEqual(expected);
  expect(await db.transaction((sql) => sql.rows(Setting, text))).toEqual(expected);
  const other = { settings: { search_path: "exact" } };
  expect(await db.transaction((sql) => sql.rows(Setting, text), other)).toEqual([
    { value: "exact Europe/London" },
  ]);
});

test("a statement leaves nothing on the session", async () => {
  const db = await pooledDatabase();
  await db.rows(Setting, text);
  // COMMIT first, so that the rest runs outside of the statement's own transaction.
  await db.run(`COMMIT; CREATE TABLE public.session AS ${text}; BEGIN`);
  const left = await db.rows(Setting, "SELECT value FROM public.session");
  expect(left[0]?.value.trim()).toBe('"$user", public');
});

test("copies work in both directions, and the connection comes back", async () => {
  const db = await pooledDatabase();
  await db.run("CREATE TABLE public.t (n int)");
  await db.copyIn("COPY public.t FROM STDIN", Readable.from(["1\n2\n"]));
  expect(await readAll(await db.copyOut("COPY public.t TO STDOUT"))).toBe("1\n2\n");
  const early = await db.copyOut("COPY (SELECT generate_series(1, 1000000)) TO STDOUT");
  for await (const _ of early) break;
  expect(await readAll(await db.copyOut("COPY public.t TO STDOUT"))).toBe("1\n2\n");
});

test("nothing is migrated through a pooler, whose session would keep the lock", async () => {
  const fresh = await freshDatabase();
  onTestFinished(() => fresh.close());
  const pooled = `${fresh.url}?pgbouncer=true`;
  expect(await migrate(pooled, silentLog)).toEqual([]);
  await fresh.db.run("DELETE FROM bot.migration WHERE name = '0001_source'");
  await expect(migrate(pooled, silentLog)).rejects.toMatchObject({ code: "migrate_directly" });
});
