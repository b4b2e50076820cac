/** FAULTS.md 47: a migration that is killed at any moment, and two that begin at once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { z } from "zod";
import { type Database, knownMigrations, migrate } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { faultTest } from "../support/fault-test.ts";
import { one } from "../support/rows.ts";
import { emptyDatabase } from "./empty-database.ts";

const script = fileURLToPath(new URL("migrate-once.ts", import.meta.url));

faultTest(
  47,
  "a migration that is killed leaves all of it or nothing, and the next one does the rest",
  async (run) => {
    const first = await emptyDatabase();
    const began = performance.now();
    expect(await ended(first.url, null)).toBe(0);
    const takesMs = performance.now() - began;
    const seen = { nothing: 0, all: 0 };
    for (let i = 0; i < run.cases; i++) {
      const { url, db } = await emptyDatabase();
      // From before it has connected until it is about to end; another migrator waits beside it.
      const killed = ended(url, (takesMs * (i + 0.5)) / run.cases);
      const other = ended(url, null);
      await killed;
      const applied = await appliedTo(db);
      expect([0, knownMigrations().length]).toContain(applied);
      seen[applied === 0 ? "nothing" : "all"]++;
      expect(await other).toBe(0);
      expect(await migrate(url, silentLog)).toEqual([]);
      expect(await appliedTo(db)).toBe(knownMigrations().length);
      run.tried(1);
    }
    run.saw(
      `0 errors: ${seen.nothing} times nothing was there, ${seen.all} times all of it, and a migrator beside it always came to its end. Two versions at once: skipped until there are two releases`,
    );
  },
);

/** The exit status of a process that migrates, killed after so long; null where it was. */
async function ended(url: string, killAfterMs: number | null): Promise<number | null> {
  const child = spawn(process.execPath, [script, url], { stdio: "ignore" });
  const timer =
    killAfterMs === null ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const [status] = await once(child, "exit");
  clearTimeout(timer);
  return typeof status === "number" ? status : null;
}

async function appliedTo(db: Database): Promise<number> {
  const row = z.object({ count: z.coerce.number() });
  const { there } = await one(
    db,
    z.object({ there: z.boolean() }),
    "SELECT to_regclass('bot.migration') IS NOT NULL AS there",
  );
  return there ? (await one(db, row, "SELECT count(*) AS count FROM bot.migration")).count : 0;
}
