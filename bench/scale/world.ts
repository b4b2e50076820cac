/** A synthetic company of a given size in an embedded Postgres of its own, and the week that it holds back. */
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { loadConfig } from "../../src/config/index.ts";
import type { Database } from "../../src/db/index.ts";
import { eventTimes, plannedTables } from "../../src/ingest/event-times.ts";
import { silentLog } from "../../src/log.ts";
import { type Data, openData } from "../../src/open-data.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { copyToFile } from "./copy-to-file.ts";

/** A Monday; the company has 104 weeks before it. */
export const ENDS = Temporal.PlainDate.from("2026-11-16");
const WEEKS = 104;
const ROWS_AN_ACCOUNT = 1_000;

export interface World {
  data: Data;
  /** For files; removed at the end. */
  folder: string;
  /** The last week as a folder of CSV files, which the source tables do not have. */
  newWeek: string;
  /** Late rows of usage over the eight weeks before the last. */
  lateRows: string;
  usageRows: number;
  stop(): Promise<void>;
}

/** About `usageRows`: accounts that left, or came late, have fewer. */
export async function startWorld(usageRows: number): Promise<World> {
  const folder = await temporaryFolder("scale");
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const config = loadConfig({ KPI_DATA_DIR: path.join(folder, "data") }, folder);
  if (!config.ok) throw new Error("the configuration is wrong");
  const data = await openData(config.value, silentLog);
  if (!data.ok) throw new Error(`the data could not be opened: ${data.fault.kind}`);
  const stop = async (): Promise<void> => {
    await data.value.close();
    await remove();
  };
  try {
    const { work } = data.value;
    await putCompany(work, usageRows);
    const newWeek = path.join(folder, "new-week");
    await holdBackLastWeek(work, newWeek);
    const lateRows = path.join(folder, "usage_daily.csv");
    await copyToFile(work, LATE_ROWS, lateRows);
    return { data: data.value, folder, newWeek, lateRows, usageRows: await countUsage(work), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function putCompany(db: Database, usageRows: number): Promise<void> {
  const accounts = Math.ceil(usageRows / ROWS_AN_ACCOUNT);
  await db.run(`CREATE SCHEMA bench; CREATE TABLE bench.size (accounts int, first date, ends date);
    INSERT INTO bench.size VALUES (${accounts}, '${ENDS.subtract({ weeks: WEEKS })}', '${ENDS}')`);
  await db.run(await readFile(path.join(import.meta.dirname, "company.sql"), "utf8"));
}

/**
 * Takes the last week out of the source tables, as though it had not come yet: rows whose event is of
 * that week, and of older rows what happened to them in it.
 */
async function holdBackLastWeek(db: Database, folder: string): Promise<void> {
  await mkdir(folder);
  const monday = ENDS.subtract({ weeks: 1 });
  for (const [table, [event, ...later]] of Object.entries(eventTimes)) {
    if (event === undefined) continue;
    const isNew = (column: string): string => `${column} >= '${monday}'`;
    const changed = [event, ...later].map(isNew).join(" OR ");
    const file = path.join(folder, `${table}.csv`);
    await copyToFile(db, `SELECT * FROM source.${table} WHERE ${changed}`, file);
    // What lies ahead is written down before its week comes.
    if (!plannedTables.has(table))
      await db.run(`DELETE FROM source.${table} WHERE ${isNew(event)}`);
    for (const column of later)
      await db.run(`UPDATE source.${table} SET ${column} = NULL WHERE ${isNew(column)}`);
  }
  await db.run(`UPDATE source.source_watermarks SET complete_through = '${monday}'`);
  // VACUUM stands alone.
  await db.run("VACUUM ANALYZE");
}

/** Of a feature that nobody used: none of them is there already. */
const LATE_ROWS = `SELECT DISTINCT ON (a.account_id, day) a.account_id, 'u1' AS user_id, day AS usage_date,
    'f9' AS feature_id, 'none' AS model_id, 3 AS event_count, 10 AS api_calls, 100 AS tokens, 5 AS active_minutes
  FROM bench.size s, generate_series(1, 5000) i,
    LATERAL (SELECT 'a' || 1 + bench.pick(i, 200, s.accounts) AS account_id, s.ends - 8 - bench.pick(i, 201, 56) AS day) x
    JOIN source.accounts a USING (account_id)`;

async function countUsage(db: Database): Promise<number> {
  const count = z.object({ rows: z.coerce.number() });
  const [row] = await db.rows(count, "SELECT count(*) AS rows FROM source.usage_daily");
  return row?.rows ?? 0;
}
