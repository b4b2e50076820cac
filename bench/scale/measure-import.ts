/** Rows a second of an import, against a bare COPY of the same file into the same table. */
import { createReadStream } from "node:fs";
import path from "node:path";
import type { Database } from "../../src/db/index.ts";
import { timed } from "../figures.ts";
import { copyToFile } from "./copy-to-file.ts";
import { importUsage } from "./measure-refresh.ts";
import type { World } from "./world.ts";

/** Rows of a file. */
const ROWS = 500_000;

export interface Imported {
  way: string;
  rows: number;
  ms: number;
  /** Null: there is nothing to copy. */
  copyMs: number | null;
}

/** Into an empty table, beside as many rows, and the same file once more. The usage is gone after it. */
export async function measureImport(world: World): Promise<Imported[]> {
  const { work: db } = world.data;
  const rows = Math.min(ROWS, Math.floor(world.usageRows / 2));
  const [older, newer] = [
    path.join(world.folder, "older.csv"),
    path.join(world.folder, "newer.csv"),
  ];
  // In the order of the index, which is that of an export by days.
  const all = "SELECT * FROM source.usage_daily ORDER BY usage_date, account_id, user_id";
  await copyToFile(db, `${all} LIMIT ${rows}`, older);
  await copyToFile(db, `${all} LIMIT ${rows} OFFSET ${rows}`, newer);
  await db.run("TRUNCATE source.usage_daily");
  const measure = async (way: string, file: string): Promise<Imported> => {
    const copyMs = await bareCopy(db, file);
    await db.run("VACUUM source.usage_daily");
    const ms = await timed(() => importUsage(world, file));
    return { way, rows, ms, copyMs };
  };
  return [
    await measure("into an empty table", older),
    await measure("into a table with as many rows", newer),
    { ...(await again(world, newer)), rows },
  ];
}

/** COPY alone, rolled back. */
async function bareCopy(db: Database, file: string): Promise<number> {
  let ms = 0;
  const undone = new Error("undone");
  await db
    .transaction(async (sql) => {
      const copy = "COPY source.usage_daily FROM STDIN (FORMAT csv, HEADER)";
      ms = await timed(() => sql.copyIn(copy, createReadStream(file)));
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return ms;
}

/** Nothing to copy it into: the rows are there. */
async function again(world: World, file: string): Promise<Omit<Imported, "rows">> {
  const ms = await timed(() => importUsage(world, file));
  return { way: "the same file again", ms, copyMs: null };
}
