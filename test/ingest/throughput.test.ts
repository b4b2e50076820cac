import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importCsv } from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { column, counts, now } from "./importing.ts";

const ROWS = 100_000;
const columns =
  "usage_date,account_id,user_id,feature_id,model_id,event_count,api_calls,tokens,active_minutes";

let fresh: FreshDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "throughline-throughput-"));
  file = path.join(folder, "usage_daily.csv");
  const first = Temporal.PlainDate.from("2024-01-01");
  const days = Array.from({ length: ROWS / 200 }, (_, day) => String(first.add({ days: day })));
  const row = (i: number) =>
    `${days[Math.floor(i / 200)]},acc_${i % 97},user_${i},feature_${i % 40},none,${i % 100},${i % 7},${i},12.5`;
  await writeFile(
    file,
    `${columns}\n${Array.from({ length: ROWS }, (_, i) => row(i)).join("\n")}\n`,
  );
});
afterAll(async () => {
  await fresh.close();
  await rm(folder, { recursive: true });
});

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; rowsPerSecond: number }> {
  const start = performance.now();
  const value = await work();
  return { value, rowsPerSecond: Math.round((ROWS / (performance.now() - start)) * 1_000) };
}

function bringIn() {
  return importCsv(fresh.db, {
    table: "usage_daily",
    file,
    mode: "upsert",
    completeThrough: null,
    now,
    timeZone: "UTC",
  });
}

test("an import's speed is told beside that of a bare COPY of the same file", {
  timeout: 120_000,
}, async () => {
  const bare = await timed(() =>
    fresh.db.transaction((sql) =>
      sql.copyIn(
        `COPY source.usage_daily (${columns}) FROM STDIN (FORMAT csv, HEADER)`,
        createReadStream(file),
      ),
    ),
  );
  expect(bare.value).toBe((await stat(file)).size);
  const copied = await column(
    fresh.db,
    "SELECT md5(string_agg(u::text, '' ORDER BY u)) AS value FROM source.usage_daily u",
  );
  await fresh.db.run("TRUNCATE source.usage_daily");
  const first = await timed(bringIn);
  const again = await timed(bringIn);
  if (!first.value.ok || !again.value.ok) throw new Error("the import ended in a fault");
  expect(counts(first.value.value)).toMatchObject({ read: ROWS, new: ROWS });
  expect(counts(again.value.value)).toMatchObject({ read: ROWS, unchanged: ROWS });
  // The stage must change nothing on the way.
  expect(
    await column(
      fresh.db,
      "SELECT md5(string_agg(u::text, '' ORDER BY u)) AS value FROM source.usage_daily u",
    ),
  ).toEqual(copied);
  process.stdout.write(
    `rows a second: bare COPY ${bare.rowsPerSecond}, import into an empty table ${first.rowsPerSecond}, the same again ${again.rowsPerSecond}\n`,
  );
});
