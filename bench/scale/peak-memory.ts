/** The most memory that this process and any one process of Postgres had of their own. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { Database } from "../../src/db/index.ts";

const EVERY_MS = 250;

export interface Peaks {
  nodeMb: number;
  /** Without what all of them share; null where the system does not tell it. */
  postgresMb: number | null;
}

export interface MemoryWatch {
  /** Since the last time it was asked. */
  peaks(): Peaks;
  stop(): void;
}

export function watchMemory(db: Database): MemoryWatch {
  let peaks: Peaks = { nodeMb: 0, postgresMb: null };
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    const nodeMb = process.memoryUsage.rss() / 1e6;
    const own = await ownMegabytes(db).catch(() => []);
    const postgresMb =
      own.length === 0 ? peaks.postgresMb : Math.max(peaks.postgresMb ?? 0, ...own);
    peaks = { nodeMb: Math.max(peaks.nodeMb, nodeMb), postgresMb };
    looking = false;
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  return {
    peaks: () => {
      const found = peaks;
      peaks = { nodeMb: 0, postgresMb: null };
      return found;
    },
    stop: () => clearInterval(timer),
  };
}

const pid = z.object({ pid: z.number() });

/** Of each process of the server that serves or helps a client. */
async function ownMegabytes(db: Database): Promise<number[]> {
  const processes = await db.rows(
    pid,
    "SELECT pid FROM pg_stat_activity WHERE backend_type IN ('client backend', 'parallel worker')",
  );
  const read = processes.map(async ({ pid: id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? [] : [Number(kilobytes) / 1e3];
  });
  return (await Promise.all(read)).flat();
}
