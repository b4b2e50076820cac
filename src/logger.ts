import { destination, pino } from "pino";
import type { Log } from "./log.ts";

/** One JSON line an event on stderr; results go to stdout. */
export function makeLog(level: "debug" | "info" | "warn" | "error" | "silent"): Log {
  const logger = pino(
    { level, base: null, timestamp: () => `,"at":"${new Date().toISOString()}"` },
    destination({ dest: 2, sync: true }),
  );
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  };
}
