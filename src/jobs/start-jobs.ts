/**
 * Work that takes its time, done by whichever process is free: pg-boss, and what we ask of it.
 *
 * A job only says that there is something to do for a key; what that is stands in our own tables. So
 * a job that is lost or comes twice changes nothing, and who asked asks again until it is done.
 */
import { PgBoss } from "pg-boss";
import { z } from "zod";
import { errorFields, type Log } from "../log.ts";

export interface JobKind {
  name: string;
  /** Keys that one process works at, at the same time. */
  atOnce: number;
  /** Does what there is to do for a key. What it throws is told, and done when it is asked for again. */
  work(key: string, stopping: AbortSignal): Promise<void>;
}

export interface Jobs {
  /**
   * Asks for the work of a kind for `key`. Of a key's jobs one waits and one runs, over all
   * processes: who asks while one waits adds none, and one that runs is followed by one more.
   */
  ask(kind: string, key: string): Promise<void>;
  /** Milliseconds that the oldest job has waited of a kind that no process works at; 0: none has to. */
  waitsMs(): Promise<number>;
  /** Takes no more jobs and waits for those that run, whose `stopping` tells them to come to an end. */
  stop(): Promise<void>;
}

/** Seconds. */
export interface Pace {
  /** Between two looks for jobs; where the server can tell of a new one, it is taken at once. */
  lookEvery: number;
  /** Without a sign of life of its process, after which a job is given up; pg-boss's least is 10. */
  silence: number;
  /** Between two looks for jobs whose process is gone. */
  watchEvery: number;
  /** That stopping waits for what runs: half of what the program has, so that the rest can be rolled back. */
  drain: number;
}

const usualPace: Pace = { lookEvery: 2, silence: 10, watchEvery: 10, drain: 10 };

const HOUR_S = 60 * 60;

/**
 * Creates or migrates pg-boss's own schema `pgboss`, and begins to work. Throws where the database
 * cannot be reached or does not let it; later on that is told to the log, once a streak.
 */
export async function startJobs(
  url: string,
  kinds: readonly JobKind[],
  log: Log,
  pace: Partial<Pace> = {},
): Promise<Jobs> {
  const { lookEvery, silence, watchEvery, drain } = { ...usualPace, ...pace };
  const boss = new PgBoss({
    connectionString: url,
    application_name: "throughline jobs",
    max: 3,
    useListenNotify: true,
    // What is due is decided by our own table (docs/adr/0022-jobs.md).
    schedule: false,
    superviseIntervalSeconds: watchEvery,
    monitorIntervalSeconds: watchEvery,
  });
  boss.on("error", tellOnceAMinute(log));
  await boss.start();
  const stopping = new AbortController();
  const attempt = async (kind: string, key: string, work: JobKind["work"]): Promise<void> => {
    const began = performance.now();
    const ended = (outcome: "done" | "failed"): void =>
      log.debug("job_ended", { kind, outcome, ms: Math.round(performance.now() - began) });
    try {
      await work(key, stopping.signal);
      ended("done");
    } catch (error) {
      ended("failed");
      log.error("job_failed", { kind, key, ...errorFields(error) });
      throw error;
    }
  };
  for (const { name, atOnce, work } of kinds) {
    await boss.createQueue(name, {
      policy: "stately",
      notify: true,
      retryLimit: 0,
      heartbeatSeconds: silence,
      expireInSeconds: HOUR_S,
      deleteAfterSeconds: HOUR_S,
    });
    const options = { localConcurrency: atOnce, pollingIntervalSeconds: lookEvery };
    await boss.work(name, options, async (jobs) => {
      // What ends because we stop frees its worker, which may take one more before it is told to.
      for (const { data } of jobs)
        if (!stopping.signal.aborted) await attempt(name, jobData.parse(data).key, work);
    });
  }
  return {
    ask: async (kind, key) => void (await boss.send(kind, { key }, { singletonKey: key })),
    waitsMs: () => oldestWait(boss),
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: drain * 1_000 });
    },
  };
}

/** A key whose job waits behind one that runs has to; of a kind at which nobody works at all none has. */
async function oldestWait(boss: PgBoss): Promise<number> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT coalesce(extract(epoch FROM now() - min(w.created_on)) * 1000, 0)::float8 AS ms
     FROM pgboss.job w WHERE w.state = 'created'
       AND NOT EXISTS (SELECT FROM pgboss.job r WHERE r.name = w.name AND r.state = 'active')`,
  );
  return z.tuple([z.object({ ms: z.number() })]).parse(rows)[0].ms;
}

/** Every worker meets the same loss every other second. */
function tellOnceAMinute(log: Log): (error: Error) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (performance.now() - toldAt < 60_000) return;
    toldAt = performance.now();
    log.warn("jobs_disturbed", errorFields(error));
  };
}

const jobData = z.object({ key: z.string() });
