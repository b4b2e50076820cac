import { expect, onTestFinished, test } from "vitest";
import { databaseState, openDatabase, sqlState } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { freshDatabase } from "../support/database.ts";

const options = { max: 1, applicationName: "test", statementTimeoutMs: 5_000, log: silentLog };

test("a database that turns read-only is not ready, refuses writes with 25006, and resumes", async () => {
  const fresh = await freshDatabase();
  onTestFinished(() => fresh.close());
  await fresh.db.run("CREATE TABLE public.t ()");
  const name = new URL(fresh.url).pathname.slice(1);
  await fresh.db.run(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  // The setting holds for new connections, like a fail-over.
  const db = openDatabase(fresh.url, options);
  onTestFinished(() => db.close());
  expect(await databaseState(db)).toBe("read_only");
  const refused = await db
    .run("INSERT INTO public.t DEFAULT VALUES")
    .catch((error: unknown) => error);
  expect(sqlState(refused)).toBe("25006");
  await db.run(`SET default_transaction_read_only = off`);
  expect(await databaseState(db)).toBe("ready");
});

test("a database that is not there is away", async () => {
  const db = openDatabase("postgres://nobody:none@127.0.0.1:1/none", options);
  onTestFinished(() => db.close());
  expect(await databaseState(db)).toBe("away");
});
