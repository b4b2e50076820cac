/** The database and the catalogue, which the bot and every command line need. */
import path from "node:path";
import type { Config } from "./config/index.ts";
import { isoWeekday } from "./config/index.ts";
import {
  type Database,
  type EmbeddedFault,
  type EmbeddedServer,
  migrate,
  openDatabase,
  startEmbedded,
} from "./db/index.ts";
import type { Log } from "./log.ts";
import {
  type Catalogue,
  type CatalogueFault,
  loadCatalogue,
  type MetricSettings,
} from "./metrics/catalogue/index.ts";
import { failed, ok, type Result } from "./result.ts";

export interface Data {
  /** Questions: many short reads. */
  db: Database;
  /** Imports, refreshes and reports, which may take minutes: apart, so that they never hold up a question. */
  work: Database;
  /** What must be stored before a platform is told that it arrived. */
  inbox: Database;
  catalogue: Catalogue;
  settings: MetricSettings;
  close(): Promise<void>;
}

export type DataFault =
  | { kind: "embedded"; fault: EmbeddedFault }
  | { kind: "catalogue"; faults: CatalogueFault[] };

export async function openData(config: Config, log: Log): Promise<Result<Data, DataFault>> {
  const settings = metricSettings(config);
  const folders =
    config.company.catalogue === undefined
      ? []
      : [path.resolve(config.folder, config.company.catalogue)];
  const catalogue = await loadCatalogue(settings, folders);
  if (!catalogue.ok) return failed({ kind: "catalogue", faults: catalogue.fault });
  const server = await startServer(config, log);
  if (!server.ok) return server;
  await migrate(server.value.url, log);
  return ok({ ...openPools(server.value, settings, log), catalogue: catalogue.value, settings });
}

async function startServer(
  config: Config,
  log: Log,
): Promise<Result<{ url: string; embedded: EmbeddedServer | null }, DataFault>> {
  if (config.databaseUrl !== null) return ok({ url: config.databaseUrl, embedded: null });
  const started = await startEmbedded({
    dataDir: config.dataDir,
    binFolder: config.postgresBin ?? undefined,
    log,
  });
  return started.ok
    ? ok({ url: started.value.url, embedded: started.value })
    : failed({ kind: "embedded", fault: started.fault });
}

function openPools(
  { url, embedded }: { url: string; embedded: EmbeddedServer | null },
  settings: MetricSettings,
  log: Log,
): Pick<Data, "db" | "work" | "inbox" | "close"> {
  const pool = (name: string, max: number, statementTimeoutMs: number): Database =>
    openDatabase(url, {
      max,
      applicationName: `throughline ${name}`,
      statementTimeoutMs,
      settings: { "kpi.tz": settings.timeZone },
      log,
    });
  const pools = {
    db: pool("questions", 6, 20_000),
    work: pool("work", 4, 0),
    inbox: pool("inbox", 3, 2_000),
  };
  return {
    ...pools,
    async close() {
      await Promise.all(Object.values(pools).map((database) => database.close()));
      await embedded?.stop();
    },
  };
}

function metricSettings({ company }: Config): MetricSettings {
  return {
    timeZone: company.time_zone,
    weekStarts: isoWeekday(company.week_starts),
    acquisitionDays: company.metrics.acquisition_days,
    adoption: company.metrics.adoption,
  };
}
