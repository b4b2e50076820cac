/** `kpi watch`: one look from outside, for a timer. Reads the database, and posts to the owner alone. */
import { startClock } from "../../clock.ts";
import type { Config } from "../../config/index.ts";
import { scorecardHold } from "../../contexts.ts";
import { databaseCode, openDatabase, type Sql } from "../../db/index.ts";
import { errorFields, type Log } from "../../log.ts";
import { makeLog } from "../../logger.ts";
import { metricSettings, startServer } from "../../open-data.ts";
import { type Missing, missingNow, tellMissing, type WatchState } from "../../reports/index.ts";
import { tellNotice, troubleWords } from "../../wording/index.ts";
import { complain, DONE, FAILED, print, readConfig } from "../terminal.ts";
import { openPort } from "./open-port.ts";
import { watchState } from "./watch-state.ts";

/** 0: nothing is missing. 1: something is, or the owner could not be told of it. */
export async function watch(): Promise<number> {
  const config = readConfig();
  if (config === null) return FAILED;
  const log = makeLog(config.logLevel === "info" ? "warn" : config.logLevel);
  const now = startClock(config.clockFrom)();
  const state = watchState(config.dataDir);
  if (!leaveSign(state)) return FAILED;
  const missing = await look(config, log, state, now);
  const isTold = await tellOwner(config, log, state, missing, now);
  if (missing.length === 0) {
    print("Nothing is missing.");
    return isTold ? DONE : FAILED;
  }
  const troubles = missing.map((one) => ({ ...one, over: null }));
  complain(tellNotice(troubles, config.company.time_zone, voiceOf(config)).summary);
  return FAILED;
}

/** The file's time says that somebody looks, which the doctor reads, also while nothing is missing. */
function leaveSign(state: WatchState): boolean {
  try {
    state.write(state.read());
    return true;
  } catch (error) {
    const { code } = errorFields(error);
    if (code === undefined) throw error;
    complain(
      `Nothing was looked at: watch.json cannot be read or written below KPI_DATA_DIR (${code}), and without it the owner would be told the same at each look.`,
    );
    return false;
  }
}

function voiceOf({ company: { locale, currency } }: Config) {
  return { locale, currency };
}

async function look(
  config: Config,
  log: Log,
  state: WatchState,
  now: Temporal.Instant,
): Promise<Missing[]> {
  const seen = (sql: Sql | null) => missingNow(sql, scorecardHold(config), state.read(), now);
  const server = await startServer(config, log);
  if (!server.ok) return seen(null);
  const { url, embedded } = server.value;
  const db = openDatabase(url, {
    max: 1,
    applicationName: "throughline watch",
    statementTimeoutMs: 20_000,
    connectTimeoutMs: 20_000,
    settings: { "kpi.tz": metricSettings(config).timeZone },
    log,
  });
  try {
    return await db.transaction(seen, { readOnly: true });
  } catch (error) {
    complain(`The database cannot be read (${databaseCode(error)}).`);
    return await seen(null);
  } finally {
    await db.close();
    await embedded?.stop();
  }
}

/** False when there was something to tell and it could not be told. */
async function tellOwner(
  config: Config,
  log: Log,
  state: WatchState,
  missing: readonly Missing[],
  now: Temporal.Instant,
): Promise<boolean> {
  const { owner, time_zone: timeZone } = config.company;
  if (missing.length === 0 && state.read().length === 0) return true;
  if (owner === undefined) {
    complain("Nobody is told: kpi.yaml names no owner.");
    return false;
  }
  const port = await openPort(config, owner, log);
  if (!port.ok) return untold(port.fault);
  try {
    const telling = { owner, port: port.value, state, timeZone, voice: voiceOf(config) };
    const fault = await tellMissing(telling, missing, now);
    return fault === null || untold(fault);
  } catch (error) {
    const { code } = errorFields(error);
    if (code === undefined) throw error;
    complain(`The owner is not told: watch.json cannot be written below KPI_DATA_DIR (${code}).`);
    return false;
  }
}

function untold(fault: { kind: string; code?: string }): false {
  const { why, next } = troubleWords(fault.code ?? fault.kind);
  complain(`The owner could not be told: ${why}. ${next}`);
  return false;
}
