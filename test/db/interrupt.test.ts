import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { isConnectionLoss, openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { freshDatabase } from "../support/database.ts";
import { one } from "../support/rows.ts";

const Count = z.object({ count: z.number() });

async function twoPools() {
  const mine = await freshDatabase({ applicationName: "interrupted", statementTimeoutMs: 0 });
  onTestFinished(() => mine.close());
  const watching = await freshDatabase();
  onTestFinished(() => watching.close());
  const sessions = () =>
    one(
      watching.db,
      Count,
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'interrupted' AND state <> 'idle'",
    );
  return { db: mine.db, sessions };
}

test("what is under way ends at once when it is interrupted, and is rolled back", async () => {
  const { db, sessions } = await twoPools();
  await db.run("CREATE TABLE public.kept (x int)");
  const long = db.transaction(async (sql) => {
    await sql.run("INSERT INTO public.kept VALUES (1)");
    await sql.run("SELECT pg_sleep(600)");
  });
  const failure = long.then(
    () => null,
    (error: unknown) => error,
  );
  await expect.poll(sessions).toEqual({ count: 1 });
  await db.interrupt();
  expect(isConnectionLoss(await failure)).toBe(true);
  expect(await sessions()).toEqual({ count: 0 });
  await expect(db.run("SELECT 1")).rejects.toSatisfy(isConnectionLoss);
});

test("behind a pooler the connection is cut, and nobody else's session is ended", async () => {
  const { url, close } = await freshDatabase();
  onTestFinished(close);
  const db = openDatabase(`${url}?pgbouncer=true`, {
    max: 1,
    applicationName: "pooled",
    statementTimeoutMs: 60_000,
    log: silentLog,
  });
  onTestFinished(() => db.close());
  await db.run("SELECT 1");
  const failure = db.run("SELECT pg_sleep(30)").then(
    () => null,
    (error: unknown) => error,
  );
  await db.interrupt();
  expect(isConnectionLoss(await failure)).toBe(true);
});
