/** The load of the sources: a run of its own a day, before whatever reports on the data. */
import { z } from "zod";
import { isConnectionLoss, type Sql } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { latestScorecardWeek } from "../metrics/index.ts";
import { ok, type Result } from "../result.ts";
import { keepSignals } from "../threads/index.ts";
import { computeChanges } from "./compute-changes.ts";
import { isHeld } from "./hold.ts";
import { rebuildAfter } from "./next-step.ts";
import type { LoadFault, ReportContext, ReportSources } from "./report-context.ts";
import { delayBuild, lockBuild, type Run, SOURCES, storeTold, unbuiltRun } from "./run-store.ts";
import type { ToldLoad } from "./told-load.ts";
import { endTrouble, reportTrouble } from "./trouble-store.ts";

/** A load that has not come to its end by then is waited for no longer than `hold_until` says. */
const FIRST_TRY_MS = 30 * 60 * 1_000;

/** Failures of which the owner hears; fewer may be over before anybody could do something. */
const TOLD_FROM = 3;

export async function isLoadToDo(
  { metrics, sources }: ReportContext,
  now: Temporal.Instant,
): Promise<boolean> {
  return sources !== null && (await unbuiltRun(metrics.db, SOURCES, now)) !== null;
}

/** Loads what is due and computes what it changed; what fails is tried again, and the old data stay. */
export async function loadDue(
  context: ReportContext,
  now: Temporal.Instant,
  stopping: AbortSignal,
): Promise<void> {
  const { metrics, sources } = context;
  const run = sources && (await unbuiltRun(metrics.db, SOURCES, now));
  if (!sources || !run) return;
  await metrics.db.transaction(async (sql) => {
    if (!(await lockBuild(sql, run))) return;
    const loaded = await attempt(context, sources, now, stopping);
    if (loaded.ok) {
      await storeTold(metrics.db, run, loaded.value);
      await endTrouble(metrics.db, { kind: "sources" }, now);
    } else if (loaded.fault.kind === "failed") await setBack(context, run, loaded.fault, now);
  });
}

async function attempt(
  context: ReportContext,
  sources: ReportSources,
  now: Temporal.Instant,
  stopping: AbortSignal,
): Promise<Result<ToldLoad, LoadFault>> {
  const began = performance.now();
  try {
    const loaded = await sources.load(now, stopping);
    if (!loaded.ok) return loaded;
    await compute(context, stopping);
    const { tables } = loaded.value;
    const count = (of: "new" | "changed" | "deleted" | "rejected"): number =>
      tables.reduce((sum, table) => sum + table[of], 0);
    context.log.info("sources_loaded", {
      tables: tables.length,
      new: count("new"),
      changed: count("changed"),
      deleted: count("deleted"),
      rejected: count("rejected"),
      ms: Math.round(performance.now() - began),
    });
    return ok(loaded.value);
  } catch (error) {
    if (isConnectionLoss(error)) throw error;
    const { error: name, code } = errorFields(error);
    const about = String(code ?? name);
    return { ok: false, fault: { kind: "failed", code: "source_load_broken", about } };
  }
}

/** Stopped in between, the next refresh goes on: the rows are in. */
async function compute(context: ReportContext, stopping: AbortSignal): Promise<void> {
  const { metrics } = context;
  const { db, catalogue } = metrics;
  const report = await computeChanges(context, { stopping });
  const ids = catalogue.metrics.map(({ id }) => id);
  const week = await latestScorecardWeek(metrics, ids);
  if (week !== null) await keepSignals(db, report.movements, week, report.unjudged);
}

async function setBack(
  context: ReportContext,
  run: Run,
  { code, about }: Extract<LoadFault, { kind: "failed" }>,
  now: Temporal.Instant,
): Promise<void> {
  const { db } = context.metrics;
  const failures = run.failures + 1;
  const waitMs = rebuildAfter(failures);
  context.log.error("sources_not_loaded", { period: run.period, code, about, failures, waitMs });
  await delayBuild(db, run, waitMs);
  if (failures < TOLD_FROM) return;
  await reportTrouble(db, { subject: { kind: "sources" }, code, since: now.toString() });
}

const pending = z.object({ failures: z.number(), since: z.string().nullable() });

/**
 * Whether a report has still to wait for the load: for its first attempt in any case, and while it
 * fails until `hold_until`.
 */
export async function awaitsLoad(
  context: ReportContext,
  run: Run,
  now: Temporal.Instant,
): Promise<boolean> {
  if (context.sources === null) return false;
  const load = await pendingLoad(context.metrics.db, now);
  if (load === null) return false;
  if (isHeld(context, run, now)) return true;
  if (load.failures > 0) return false;
  // Due, and about to be claimed by whichever process ticks next.
  if (load.since === null) return true;
  const last = Temporal.Instant.from(load.since).add({ milliseconds: FIRST_TRY_MS });
  return Temporal.Instant.compare(now, last) < 0;
}

async function pendingLoad(
  sql: Sql,
  now: Temporal.Instant,
): Promise<z.infer<typeof pending> | null> {
  const [load] = await sql.rows(
    pending,
    `SELECT failures, claimed_at AS since FROM run WHERE report = $1 AND told IS NULL
       AND period = (SELECT max(period) FROM run WHERE report = $1 AND due_at <= $2)
     UNION ALL SELECT 0, NULL FROM schedule WHERE report = $1 AND next_at <= $2`,
    [SOURCES, now.toString()],
  );
  return load ?? null;
}
