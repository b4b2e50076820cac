/** The database, the catalogue and the fonts, which the bot and every command line need. */
import path from "node:path";
import type { Config } from "./config/index.ts";
import { isoWeekday } from "./config/index.ts";
import {
  type Database,
  type DatabaseOptions,
  databaseCode,
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
import {
  hasOwnSql,
  LONGEST_OWN_QUESTION_MS,
  LONGEST_OWN_WORK_MS,
  metricsLogin,
} from "./metrics-login.ts";
import { nearest } from "./nearest.ts";
import { addFonts, RenderError } from "./render/index.ts";
import { failed, ok, type Result } from "./result.ts";

export interface Data {
  /** Questions: many short reads. */
  db: Database;
  /** Imports, refreshes and reports, which may take minutes: apart, so that they never hold up a question. */
  work: Database;
  /** What must be stored before a platform is told that it arrived. */
  inbox: Database;
  /** For what brings a pool of its own. */
  url: string;
  /** Ends what is under way in all of them: it is rolled back and fails, as does what follows. */
  interrupt(): Promise<void>;
  catalogue: Catalogue;
  settings: MetricSettings;
  close(): Promise<void>;
}

export type DataFault =
  | { kind: "embedded"; fault: Exclude<EmbeddedFault, { kind: "interrupted" }> }
  | { kind: "catalogue"; faults: CatalogueFault[] }
  /** The folder that `fonts` in kpi.yaml names, or a file in it, cannot be used. */
  | { kind: "fonts"; problem: string }
  /** kpi.yaml names metrics that the catalogue does not have. */
  | { kind: "unknown_metrics"; names: UnknownMetric[] }
  /** The database cannot be reached, or refuses us; `code` is the system's word or a SQLSTATE. */
  | { kind: "database"; code: string }
  /** Before everything was there; nothing of it runs on. */
  | { kind: "interrupted" };

export interface UnknownMetric {
  /** The place in kpi.yaml. */
  where: string;
  name: string;
  nearest: readonly string[];
}

/** `signal`, once aborted, ends the start as fault `interrupted`. */
export async function openData(
  config: Config,
  log: Log,
  signal?: AbortSignal,
): Promise<Result<Data, DataFault>> {
  const settings = metricSettings(config);
  const catalogue = await openCatalogue(config);
  if (!catalogue.ok) return catalogue;
  const fonts = addConfiguredFonts(config);
  if (!fonts.ok) return fonts;
  const server = await startServer(config, log, signal);
  if (!server.ok) return server;
  const fault = await tryMigrate(server.value.url, log, signal);
  if (fault !== null) {
    await server.value.embedded?.stop();
    return failed(fault);
  }
  const { url } = server.value;
  const guestUrl = await openGuest(config, catalogue.value, server.value, log);
  if (!guestUrl.ok) {
    await server.value.embedded?.stop();
    return guestUrl;
  }
  return ok({
    ...openPools(server.value, guestUrl.value, settings, log),
    url,
    catalogue: catalogue.value,
    settings,
  });
}

/** The built-in metrics and the company's own, all that kpi.yaml names among them. */
export async function openCatalogue(
  config: Config,
): Promise<Result<Catalogue, Extract<DataFault, { kind: "catalogue" | "unknown_metrics" }>>> {
  const folders =
    config.company.catalogue === undefined
      ? []
      : [path.resolve(config.folder, config.company.catalogue)];
  const catalogue = await loadCatalogue(metricSettings(config), folders);
  if (!catalogue.ok) return failed({ kind: "catalogue", faults: catalogue.fault });
  const names = unknownMetrics(config, catalogue.value);
  return names.length > 0 ? failed({ kind: "unknown_metrics", names }) : catalogue;
}

function unknownMetrics({ company, placeOf }: Config, catalogue: Catalogue): UnknownMetric[] {
  const known = new Set(catalogue.metrics.flatMap(({ id, codes }) => [id, ...codes]));
  const named = [
    ...(company.scorecard.metrics ?? []).map((name, i) => ({
      where: placeOf(["scorecard", "metrics", i]),
      name,
    })),
    ...Object.entries(company.channels).flatMap(([channel, { muted }]) =>
      muted.map((name, i) => ({ where: placeOf(["channels", channel, "muted", i]), name })),
    ),
  ];
  return named
    .filter(({ name }) => !known.has(name))
    .map((unknown) => ({ ...unknown, nearest: nearest(unknown.name, known) }));
}

/** An error without a code is a bug and is thrown. */
async function tryMigrate(
  url: string,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<Extract<DataFault, { kind: "database" | "interrupted" }> | null> {
  try {
    await migrate(url, log, signal);
    return signal?.aborted ? { kind: "interrupted" } : null;
  } catch (error) {
    if (signal?.aborted) return { kind: "interrupted" };
    return { kind: "database", code: databaseCode(error) };
  }
}

/** The login of the company's own SQL, where there is any; null: it is refused, or there is none. */
async function openGuest(
  config: Config,
  catalogue: Catalogue,
  server: { url: string; embedded: EmbeddedServer | null },
  log: Log,
): Promise<Result<string | null, Extract<DataFault, { kind: "database" }>>> {
  try {
    return ok(hasOwnSql(catalogue) ? await metricsLogin(config, server, log) : null);
  } catch (error) {
    return failed({ kind: "database", code: databaseCode(error) });
  }
}

/** The server to use: the one that is named, or the embedded one, which is brought up. */
export async function startServer(
  config: Config,
  log: Log,
  signal?: AbortSignal,
): Promise<Result<{ url: string; embedded: EmbeddedServer | null }, DataFault>> {
  if (config.databaseUrl !== null) return ok({ url: config.databaseUrl, embedded: null });
  const started = await startEmbedded({
    dataDir: config.dataDir,
    binFolder: config.postgresBin ?? undefined,
    log,
    signal,
  });
  if (started.ok) return ok({ url: started.value.url, embedded: started.value });
  const { fault } = started;
  return failed(
    fault.kind === "interrupted" ? { kind: "interrupted" } : { kind: "embedded", fault },
  );
}

function openPools(
  { url, embedded }: { url: string; embedded: EmbeddedServer | null },
  guestUrl: string | null,
  settings: MetricSettings,
  log: Log,
): Pick<Data, "db" | "work" | "inbox" | "interrupt" | "close"> {
  const pool = (
    name: string,
    max: number,
    limits: Pick<DatabaseOptions, "statementTimeoutMs" | "connectTimeoutMs" | "guest">,
  ): Database =>
    openDatabase(url, {
      max,
      applicationName: `throughline ${name}`,
      ...limits,
      settings: { "kpi.tz": settings.timeZone },
      log,
    });
  const guest = (max: number, statementTimeoutMs: number): DatabaseOptions["guest"] =>
    guestUrl === null ? undefined : { url: guestUrl, max, statementTimeoutMs };
  const pools = {
    db: pool("questions", 6, {
      statementTimeoutMs: 20_000,
      connectTimeoutMs: 20_000,
      guest: guest(4, LONGEST_OWN_QUESTION_MS),
    }),
    work: pool("work", 6, { statementTimeoutMs: 0, guest: guest(2, LONGEST_OWN_WORK_MS) }),
    inbox: pool("inbox", 3, { statementTimeoutMs: 2_000, connectTimeoutMs: 2_000 }),
  };
  return {
    ...pools,
    async interrupt() {
      await Promise.all(Object.values(pools).map((database) => database.interrupt()));
    },
    async close() {
      await Promise.all(Object.values(pools).map((database) => database.close()));
      await embedded?.stop();
    },
  };
}

export function metricSettings({ company }: Config): MetricSettings {
  return {
    timeZone: company.time_zone,
    weekStarts: isoWeekday(company.week_starts),
    acquisitionDays: company.metrics.acquisition_days,
    adoption: company.metrics.adoption,
    fiscalYearStarts: company.fiscal_year_starts,
    usageMeasure: company.metrics.usage_measure,
    arrBasis: company.metrics.arr_basis,
  };
}

/** To be called once, before the first drawing. */
export function addConfiguredFonts({
  company,
  folder,
}: Config): Result<null, Extract<DataFault, { kind: "fonts" }>> {
  try {
    if (company.fonts !== undefined) addFonts(path.resolve(folder, company.fonts));
    return ok(null);
  } catch (error) {
    if (error instanceof RenderError) return failed({ kind: "fonts", problem: error.message });
    throw error;
  }
}
