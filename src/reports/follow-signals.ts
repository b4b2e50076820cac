/** A signal goes on: its message says how it stands, and its thread gets one line a week at most. */
import { z } from "zod";
import { isConnectionLoss, type Sql } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { answerMetric, totalQuestion, type WeekStart } from "../metrics/index.ts";
import { type Signal, signalsGoingInto } from "../threads/index.ts";
import type { SignalState } from "../wording/index.ts";
import { reviseTold } from "./edit-store.ts";
import type { ReportContext } from "./report-context.ts";
import { claimRun } from "./run-store.ts";
import { readTold, type ToldSignal, type ToldSignalWeek } from "./told.ts";

const SERIES_WEEKS = 2;

/** Doing it again for a week changes nothing. A signal that cannot be followed is told of and left. */
export async function followSignals(
  context: ReportContext,
  week: WeekStart,
  now: Temporal.Instant,
): Promise<void> {
  for (const signal of await signalsGoingInto(context.metrics.db, week)) {
    try {
      await follow(context, signal, week, now);
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      context.log.error("signal_not_followed", { signal: signal.id, ...errorFields(error) });
    }
  }
}

async function follow(
  context: ReportContext,
  signal: Signal,
  week: WeekStart,
  now: Temporal.Instant,
): Promise<void> {
  const { db } = context.metrics;
  const stands = await signalMessage(db, signal.id);
  const told = stands && readTold(stands.told);
  if (stands === null || told?.kind !== "signal" || isLater(told, week)) return;
  const question = totalQuestion(signal.metric, week, SERIES_WEEKS);
  const answer = await answerMetric(context.metrics, question);
  if (!answer.ok) return;
  const state: SignalState = {
    kind: kindOf(signal, week),
    week,
    value: answer.value.figures.value,
  };
  const line: ToldSignalWeek = {
    kind: "signal_week",
    answer: answer.value,
    sensitive: told.sensitive,
    state,
  };
  const channels = [{ channel: stands.channel, parent: stands.delivery }];
  const report = `signal_week/${signal.id}`;
  await db.transaction(async (sql) => {
    if (!(await reviseTold(sql, stands, { ...told, state }))) return;
    await claimRun(sql, { report, period: week, dueAt: now, now, told: line, channels });
  });
}

function isLater({ state, answer }: ToldSignal, week: WeekStart): boolean {
  return (state?.week ?? answer.week) >= week;
}

/** A signal that a later week ended was still open in this one. */
function kindOf({ closedWeek, withdrawn }: Signal, week: WeekStart): SignalState["kind"] {
  if (closedWeek === null || closedWeek > week) return "open";
  return withdrawn ? "withdrawn" : "ended";
}

const message = z.object({
  id: z.coerce.number(),
  revision: z.number(),
  told: z.unknown(),
  delivery: z.string(),
  channel: z.string(),
});

/** The run of a signal whose message stands; null where none does. */
async function signalMessage(sql: Sql, signal: number): Promise<z.infer<typeof message> | null> {
  const [stands] = await sql.rows(
    message,
    `SELECT r.id, r.revision, r.told, d.id AS delivery, d.channel
     FROM run r JOIN delivery d ON d.run_id = r.id AND d.state = 'sent' WHERE r.report = $1`,
    [`signal/${signal}`],
  );
  return stands ?? null;
}
