import { expect, test } from "vitest";
import { z } from "zod";
import { freshDatabase } from "../support/database.ts";

test("a fresh database is migrated and its own", async () => {
  const began = performance.now();
  const first = await freshDatabase();
  const ms = Math.round(performance.now() - began);
  const second = await freshDatabase();
  await first.db.run("CREATE TABLE only_here ()");
  const count = z.object({ tables: z.number() });
  const text = "SELECT count(*) AS tables FROM pg_tables WHERE schemaname IN ('bot', 'source')";
  const [inFirst] = await first.db.rows(count, text);
  const [inSecond] = await second.db.rows(count, text);
  await first.close();
  await second.close();
  expect(inSecond?.tables).toBeGreaterThan(10);
  expect(inFirst?.tables).toBe((inSecond?.tables ?? 0) + 1);
  process.stdout.write(`a fresh database took ${ms} ms\n`);
});
