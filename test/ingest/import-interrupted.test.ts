import { appendFile, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { importCsv } from "../../src/ingest/index.ts";
import { asManyAsFit } from "../support/as-many-as-fit.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, load, loaded, now, tiers } from "./importing.ts";

let fresh: FreshDatabase;
let folder: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "throughline-interrupted-"));
});
afterAll(async () => {
  await fresh.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => fresh.db.run("DELETE FROM source.releases; DELETE FROM source.tiers"));

const head = "release_id,released_at,kind\n";
const releases = () =>
  column(fresh.db, "SELECT release_id AS value FROM source.releases ORDER BY 1");
const manyRows = Array.from({ length: 30_000 }, (_, i) => `r${i},2024-01-01,fix\n`).join("");
const interrupted = { ok: false, fault: { kind: "interrupted" } };

test("interrupted while it reads, an import leaves nothing", async () => {
  const stop = new AbortController();
  const endless = Readable.from(
    (async function* () {
      yield Buffer.from(head);
      for (let row = 0; ; row++) {
        if (row === 1_000) stop.abort();
        yield Buffer.from(`r${row},2024-01-01,fix\n`);
        await wait(0);
      }
    })(),
  );
  const file = { name: "endless.csv", stream: endless };
  const result = await load(fresh.db, "releases", "", { file, signal: stop.signal });
  expect(result).toEqual(interrupted);
  expect(await releases()).toEqual([]);
});

test("interrupted while a statement waits, an import ends at once and leaves nothing", async () => {
  const stop = new AbortController();
  await fresh.db.transaction(async (other) => {
    await other.run("LOCK TABLE source.releases IN EXCLUSIVE MODE");
    const result = load(fresh.db, "releases", `${head}r1,2024-01-01,fix\n`, {
      signal: stop.signal,
    });
    await expect.poll(waiting, { timeout: 20_000 }).toEqual(["1"]);
    stop.abort();
    expect(await result).toEqual(interrupted);
  });
  expect(await releases()).toEqual([]);
  // The connection that was told to give up is as good as new.
  await loaded(fresh.db, "tiers", tiers);
});

const waiting = () =>
  column(
    fresh.db,
    `SELECT count(*)::text AS value FROM pg_locks JOIN pg_database d ON d.oid = database
     WHERE NOT granted AND d.datname = current_database()`,
  );

test("interrupted before it began, an import does not begin", async () => {
  const result = await load(fresh.db, "tiers", tiers, { signal: AbortSignal.abort() });
  expect(result).toEqual(interrupted);
});

test.each([
  ["grows", (file: string) => appendFile(file, "r9,2024-01-01,fix\n")],
  ["is cut", (file: string) => truncate(file, head.length + 5)],
])("a file that %s while it is read is a fault, and nothing of it is taken", async (_, change) => {
  const file = path.join(folder, "changing.csv");
  await writeFile(file, `${head}${manyRows}`);
  let changed: Promise<void> | null = null;
  const result = await importCsv(fresh.db, {
    table: "releases",
    file,
    mode: "upsert",
    completeThrough: null,
    now,
    timeZone: "UTC",
    onRead: () => {
      changed ??= change(file);
    },
  });
  await changed;
  expect(result).toEqual({ ok: false, fault: { kind: "file_changed", file: "changing.csv" } });
  expect(await releases()).toEqual([]);
});

test("a source that breaks anywhere leaves nothing", async () => {
  const bytes = Buffer.from(
    `${head}${Array.from({ length: 40 }, (_, i) => `r${i},2024-01-01,fix\n`).join("")}`,
  );
  await asManyAsFit(
    fc.asyncProperty(fc.nat(bytes.length - 1), async (cut) => {
      const stream = Readable.from(
        (function* () {
          yield bytes.subarray(0, cut);
          throw new Error("broken pipe");
        })(),
      );
      const result = load(fresh.db, "releases", "", { file: { name: "x", stream } });
      await expect(result).rejects.toThrow("broken pipe");
      expect(await releases()).toEqual([]);
    }),
    { most: 100, ms: 3_000 },
  );
});
