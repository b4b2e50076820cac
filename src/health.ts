/** How the running program is, for whoever asks its admin address. */
import type { Health } from "./admin-server.ts";
import type { ChatConnection } from "./chat-connection.ts";
import type { Clock } from "./clock.ts";
import { databaseState } from "./db/index.ts";
import { withDeadline } from "./deadline.ts";
import type { Jobs } from "./jobs/index.ts";
import type { Monitor } from "./monitoring/index.ts";
import type { Data } from "./open-data.ts";
import type { Pulse } from "./pulse.ts";
import { version } from "./version.ts";

interface Parts {
  data: Data;
  open: readonly ChatConnection[];
  ticks: Pulse;
  /** Null until they have been started. */
  jobs(): Pick<Jobs, "waitsMs"> | null;
  monitor: Monitor;
  clock: Clock;
}

/** It ticks each second, and after a failure 8 s later at the latest. */
const SILENT_MS = 30_000;
/** Jobs are looked for every 2 s, and a process that dies with one is noticed after 20. */
const UNTAKEN_MS = 60_000;
const PATIENCE_MS = 3_000;

export function health(parts: Parts): Health {
  const { data, ticks, monitor, clock } = parts;
  return {
    ready: () => notReady(parts),
    metrics: async () => {
      const pools = {
        questions: data.db.usage(),
        work: data.work.usage(),
        inbox: data.inbox.usage(),
      };
      const jobWaitsMs = await jobWait(parts);
      const facts = { version, pools, tickAgeMs: ticks.ageMs(), jobWaitsMs };
      return monitor.scrape(facts, { sql: data.inbox, now: clock() });
    },
  };
}

async function notReady(parts: Parts): Promise<string[]> {
  const { data, open, ticks } = parts;
  // Not the pool of questions: it may be used up while the database is well.
  const state = await databaseState(data.inbox);
  const away = open.filter((connection) => !connection.connected());
  return [
    ...(state === "ready" ? [] : [`database ${state}`]),
    ...away.map(({ port }) => `${port.platform} disconnected`),
    ...(ticks.ageMs() < SILENT_MS ? [] : ["scheduler silent"]),
    ...(state !== "ready" || (await areTaken(parts)) ? [] : ["jobs not taken"]),
  ];
}

async function areTaken(parts: Parts): Promise<boolean> {
  const waitMs = await jobWait(parts);
  return waitMs !== null && waitMs < UNTAKEN_MS;
}

/** Null where it cannot be told: the database of the jobs does not answer. */
async function jobWait({ jobs }: Parts): Promise<number | null> {
  const running = jobs();
  if (running === null) return 0;
  return withDeadline(running.waitsMs(), PATIENCE_MS).catch(() => null);
}
