/**
 * What an operator watches, in Prometheus' format. Events are counted on their way to the log, so that
 * no room knows of it; states are read from the tables when somebody looks.
 */
import { Counter, Gauge, Registry } from "@prometheus-io/client";
import { whyUnavailable } from "../db/index.ts";
import { DeadlinePassed, withDeadline } from "../deadline.ts";
import type { Log, LogFields } from "../log.ts";
import { eventHistograms } from "./event-histograms.ts";
import { type ProcessFacts, processGauges } from "./process-gauges.ts";
import { type Reading, stateGauges, type Watched } from "./state-gauges.ts";

export interface Monitor {
  /** A log that counts what goes through it. */
  counting(log: Log): Log;
  /** The text of a scrape. Without the database what stands in it is missing, and all else is there. */
  scrape(facts: ProcessFacts, watched: Watched): Promise<string>;
  stop(): void;
}

export const EVENTS = "throughline_events_total";
export const COMPLETE = "throughline_scrape_complete";

/** Whoever scrapes gives up after 10 s, as Prometheus does by default. */
const PATIENCE_MS = 5_000;

export function startMonitor(): Monitor {
  const registry = new Registry();
  const observe = eventHistograms(registry);
  const events = new Counter({
    name: EVENTS,
    help: "Warnings and errors of the log, by the name of the event.",
    labelNames: ["level", "event"],
    registers: [registry],
  });
  const complete = new Gauge({
    name: COMPLETE,
    help: "1 when the database was read for this scrape, 0 when what stands in it is missing.",
    registers: [registry],
  });
  const state = stateGauges(registry);
  const processes = processGauges(registry);
  const level =
    (name: keyof Log, log: Log) =>
    (event: string, fields: LogFields = {}): void => {
      observe(event, fields);
      if (name === "warn" || name === "error") events.inc({ level: name, event });
      log[name](event, fields);
    };
  return {
    counting: (log) => ({
      debug: level("debug", log),
      info: level("info", log),
      warn: level("warn", log),
      error: level("error", log),
    }),
    scrape: async (facts, watched) => {
      const reading = await inTime(state.read(watched));
      // From here to the text nothing waits, so that another scrape cannot come in between.
      processes.update(facts);
      state.show(reading);
      complete.set(reading === null ? 0 : 1);
      return registry.metrics();
    },
    stop: processes.stop,
  };
}

/** Null: the database is away, or too slow. */
async function inTime(reading: Promise<Reading>): Promise<Reading | null> {
  try {
    return await withDeadline(reading, PATIENCE_MS);
  } catch (error) {
    if (error instanceof DeadlinePassed || whyUnavailable(error) !== null) return null;
    throw error;
  }
}
