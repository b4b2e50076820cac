/** Asks the database; the embedded one is brought up for it, and nothing is changed in either. */
import { z } from "zod";
import type { Config } from "../../config/index.ts";
import {
  type Database,
  databaseCode,
  databaseState,
  openDatabase,
  pendingMigrations,
} from "../../db/index.ts";
import { brokenViews, unindexedViews } from "../../ingest/index.ts";
import type { Log } from "../../log.ts";
import type { Catalogue } from "../../metrics/catalogue/index.ts";
import { sourceState } from "../../metrics/index.ts";
import { metricSettings, startServer } from "../../open-data.ts";
import type { DatabaseLook } from "./database-findings.ts";
import { lookAtMetricsLogin } from "./look-at-metrics-login.ts";

/** `catalogue` null: it has faults, and what it reads is not known. */
export async function lookAtDatabase(
  config: Config,
  catalogue: Catalogue | null,
  now: Temporal.Instant,
  log: Log,
  signal?: AbortSignal,
): Promise<DatabaseLook> {
  const server = await startServer(config, log, signal);
  if (!server.ok) {
    const { fault } = server;
    if (fault.kind === "embedded" || fault.kind === "database" || fault.kind === "interrupted")
      return { kind: "closed", fault };
    throw new Error(`a server cannot have the fault ${fault.kind}`);
  }
  const { url, embedded } = server.value;
  const settings = metricSettings(config);
  const db = openDatabase(url, {
    max: 2,
    applicationName: "throughline doctor",
    statementTimeoutMs: 10_000,
    settings: { "kpi.tz": settings.timeZone },
    log,
  });
  const interrupt = (): void => void db.interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const pending = await pendingMigrations(db);
    const readable = catalogue !== null && pending.length === 0;
    return {
      kind: "open",
      embedded: embedded !== null,
      version: await versionOf(db),
      state: await databaseState(db),
      pending,
      mayQueue: await mayQueue(db),
      load: config.sources === null || pending.length > 0 ? null : await lastLoad(db),
      metricsLogin: readable
        ? await lookAtMetricsLogin(config, catalogue, db, log)
        : { kind: "not_needed" },
      sources: readable ? await sourceState({ db, catalogue, settings }, now) : null,
      broken: pending.length > 0 ? [] : await brokenViews(db),
      unindexed: pending.length > 0 ? [] : await unindexedViews(db),
    };
  } catch (error) {
    return { kind: "closed", fault: { kind: "database", code: databaseCode(error) } };
  } finally {
    await db.close();
    await embedded?.stop();
  }
}

/** The queue of jobs makes a schema of its own, and later versions of it change that. */
async function mayQueue(db: Database): Promise<boolean> {
  const [own] = await db.rows(
    z.object({ may: z.boolean() }),
    `SELECT coalesce((SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'pgboss'),
       has_database_privilege(current_database(), 'CREATE')) AS may`,
  );
  return own?.may === true;
}

const loadRow = z.object({ period: z.string(), failures: z.number() });

/** The latest load on schedule, where it has failed and not come to its end since. */
async function lastLoad(db: Database): Promise<z.infer<typeof loadRow> | null> {
  const [load] = await db.rows(
    loadRow,
    `SELECT period::text AS period, failures FROM bot.run WHERE report = 'sources' AND told IS NULL
       AND failures > 0 AND period = (SELECT max(period) FROM bot.run WHERE report = 'sources')`,
  );
  return load ?? null;
}

async function versionOf(db: Database): Promise<number> {
  const row = z.object({ version: z.coerce.number() });
  const rows = await db.rows(row, "SELECT current_setting('server_version_num') AS version");
  return rows[0]?.version ?? 0;
}
