/** FAULTS.md 45: a disk that is full ends what cannot be done, says so, and spoils nothing. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { expect } from "vitest";
import { z } from "zod";
import { exportData, tellBackupFault } from "../../src/backup/index.ts";
import {
  type Database,
  migrate,
  openDatabase,
  startEmbedded,
  whyUnavailable,
} from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { faultTest } from "../support/fault-test.ts";
import { one } from "../support/rows.ts";

const now = Temporal.Instant.from("2026-11-16T09:00:00Z");

/** A file system of so many megabytes, where this machine lets us have one; null: it does not. */
function smallDisk(
  megabytes: number,
): { at: string; grow(to: number): void; remove(): void } | null {
  const at = mkdtempSync(path.join(tmpdir(), "small-disk-"));
  const mount = (...args: string[]): void =>
    void execFileSync("mount", args, { stdio: ["ignore", "ignore", "pipe"] });
  try {
    mount("-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", at);
  } catch {
    rmSync(at, { recursive: true });
    return null;
  }
  return {
    at,
    grow: (to) => mount("-o", `remount,size=${to}m`, at),
    remove: () => {
      execFileSync("umount", [at]);
      rmSync(at, { recursive: true });
    },
  };
}

const probe = process.platform === "linux" ? smallDisk(1) : null;
probe?.remove();

faultTest(
  45,
  "a full disk is told, leaves every row that was stored, and is worked on with once there is room",
  async (run) => {
    for (let i = 0; i < run.cases; i++) {
      const disk = smallDisk(192);
      if (disk === null) throw new Error("there was one a moment ago");
      try {
        run.saw(await fillUp(disk));
      } finally {
        disk.remove();
      }
      run.tried(1);
    }
  },
  { lacks: probe === null ? "no tmpfs can be mounted here" : null },
);

async function fillUp(disk: { at: string; grow(to: number): void }): Promise<string> {
  const dataDir = path.join(disk.at, "kpi");
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, log: silentLog });
  if (!server.ok) throw new Error(JSON.stringify(server.fault));
  const { url } = server.value;
  const options = { max: 2, applicationName: "full disk", statementTimeoutMs: 60_000 };
  const db = openDatabase(url, { ...options, log: silentLog });
  try {
    await migrate(url, silentLog);
    const stored = await storeUntilFull(db);
    expect(statfsSync(disk.at).bavail * statfsSync(disk.at).bsize).toBeLessThan(20e6);
    await expect.poll(() => sumsOf(db), { timeout: 60_000 }).toEqual(stored);
    const folder = path.join(disk.at, "backup");
    const exported = await exportData(db, { folder, version: "0.1.0", now });
    expect(!exported.ok && tellBackupFault(exported.fault)).toContain("there is no more room");
    expect(existsSync(folder)).toBe(false);
    disk.grow(512);
    await store(db, stored.rows);
    const more = await sumsOf(db);
    expect(more.rows).toBe(stored.rows + BLOCK);
    const whole = await exportData(db, { folder, version: "0.1.0", now });
    expect(whole.ok && whole.value.tables.find(({ table }) => table === "dirty")?.rows).toBe(
      more.rows,
    );
    return `${stored.rows.toLocaleString("en-GB")} rows stored until the disk was full: all there, 0 corrupt; the export said so and left nothing; both went on after there was room`;
  } finally {
    await db.close();
    await server.value.stop();
  }
}

const BLOCK = 50_000;

/** Each block is a transaction; the first that fails must fail for want of room. */
async function storeUntilFull(db: Database): Promise<Sums> {
  for (let rows = 0; ; rows += BLOCK) {
    try {
      await store(db, rows);
    } catch (error) {
      expect(["full", "away"]).toContain(whyUnavailable(error));
      return sumsFor(rows);
    }
  }
}

async function store(db: Database, from: number): Promise<void> {
  const lines = Array.from({ length: BLOCK }, (_, i) => `t${from + i}\t2026-01-01\n`);
  await db.copyIn("COPY bot.dirty (source_table, day) FROM STDIN", Readable.from([lines.join("")]));
}

interface Sums {
  rows: number;
  /** Of the numbers in their names. */
  sum: number;
}

/** Reads every row, which checks every page. */
async function sumsOf(db: Database): Promise<Sums> {
  return one(
    db,
    z.object({ rows: z.coerce.number(), sum: z.coerce.number() }),
    "SELECT count(*) AS rows, coalesce(sum(substr(source_table, 2)::bigint), 0) AS sum FROM bot.dirty",
  );
}

function sumsFor(rows: number): Sums {
  return { rows, sum: (rows * (rows - 1)) / 2 };
}
