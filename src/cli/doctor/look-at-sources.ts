/** Whether what kpi.yaml plans to load each day can be read: the folder, the mapping, one's own database. */
import { access, constants, readdir } from "node:fs/promises";
import { z } from "zod";
import type { Survey } from "../../config/index.ts";
import { databaseCode } from "../../db/index.ts";
import { tellFileFault, tellSourceDatabase, unreadMapping } from "../../ingest/index.ts";
import { errorFields, type Log } from "../../log.ts";
import { openSource } from "../../source-database.ts";
import { type Finding, fine, wrong } from "./finding.ts";

/** Nothing where kpi.yaml plans nothing and no database of one's own is named. */
export async function lookAtSources(
  { config }: Survey,
  log: Log,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { sources } = config;
  const looks = [
    ...(sources?.mapping ? await lookAtMapping(sources.mapping) : []),
    ...(sources?.folder ? [await lookAtFolder(sources.folder, sources.mapping !== null)] : []),
    ...(config.sourceDatabaseUrl === null ? [] : [await lookAtOwn(config, log, signal)]),
  ];
  if (sources === null || looks.some(({ state }) => state !== "ok")) return looks;
  return [fine("sources", `loaded each day at ${sources.every}`), ...looks];
}

async function lookAtMapping(file: string): Promise<Finding[]> {
  const fault = await unreadMapping(file);
  if (fault === null) return [fine("mapping", "read, without a fault")];
  const next = "Correct it, and try it with kpi import --mapping; docs/importing.md says how.";
  const faults = tellFileFault(fault).split("\n");
  return faults.map((said) => wrong("mapping", said.replace(/\.$/, ""), next, 4));
}

/** Without a mapping its files are called after the tables. */
async function lookAtFolder(folder: string, isMapped: boolean): Promise<Finding> {
  const next = "Correct kpi.yaml, sources.from, or make the folder readable for this user.";
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    const files = (await readdir(folder)).filter((file) => file.endsWith(".csv"));
    if (files.length > 0 || isMapped) return fine("sources.from", `${files.length} CSV files`);
    return wrong("sources.from", "the folder has no CSV file", "Export a <table>.csv there.", 4);
  } catch (error) {
    const { code } = errorFields(error);
    return wrong("sources.from", `the folder cannot be read (${code})`, next, 4);
  }
}

async function lookAtOwn(
  config: Survey["config"],
  log: Log,
  signal: AbortSignal,
): Promise<Finding> {
  const source = openSource(config, log, signal);
  if (source === null) throw new Error("no database is named");
  const about = "SOURCE_DATABASE_URL";
  try {
    await source.rows(z.object({ one: z.number() }), "SELECT 1 AS one");
    return fine(about, "your own database answers");
  } catch (error) {
    const [said = "", ...next] = tellSourceDatabase(databaseCode(error)).split(/(?<=[.)])\s+/);
    return wrong(about, said.replace(/\.$/, ""), next.join(" "));
  } finally {
    await source.close();
  }
}
