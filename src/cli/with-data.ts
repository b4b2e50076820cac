/** The data that a command works on, from their opening to their close, whatever happens in between. */
import type { Config } from "../config/index.ts";
import type { Log } from "../log.ts";
import { makeLog } from "../logger.ts";
import { type Data, openData } from "../open-data.ts";
import { interruption } from "./stop-signal.ts";
import { tellStartFault } from "./tell-start-fault.ts";
import { complain, DONE, FAILED, readConfig, STOPPED } from "./terminal.ts";

export interface Session {
  data: Data;
  config: Config;
  log: Log;
  /** Aborted by Ctrl-C: the database ends what is under way, and what fails of it need not be told. */
  signal: AbortSignal;
}

/** The exit status of `work` on the data of this folder. `kept` says after Ctrl-C what has become of it. */
export async function withData(
  work: (session: Session) => Promise<number>,
  kept = "Nothing was changed.",
): Promise<number> {
  const config = readConfig();
  if (config === null) return FAILED;
  const signal = interruption();
  // A command line's own words say what happened; its log speaks up only when something is wrong.
  const log = makeLog(config.logLevel === "info" ? "warn" : config.logLevel);
  const data = await openData(config, log, signal);
  if (!data.ok) {
    complain(tellStartFault(data.fault));
    return data.fault.kind === "interrupted" ? STOPPED : FAILED;
  }
  const status = await untilStopped(work, { data: data.value, config, log, signal });
  await data.value.close();
  if (status === STOPPED) complain(kept);
  return status;
}

/** STOPPED when it was interrupted before it was done. Rejects after the data are closed. */
async function untilStopped(
  work: (session: Session) => Promise<number>,
  session: Session,
): Promise<number> {
  const { data, signal } = session;
  let ending: Promise<void> | null = null;
  const end = (): void => {
    ending = data.interrupt();
  };
  signal.addEventListener("abort", end, { once: true });
  try {
    const status = await work(session);
    return signal.aborted && status !== DONE ? STOPPED : status;
  } catch (error) {
    if (signal.aborted) return STOPPED;
    await data.close();
    throw error;
  } finally {
    await ending;
  }
}
