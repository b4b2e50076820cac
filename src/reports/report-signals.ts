/** Each new signal is a message of its own, in its team's channel; the scorecard's thread links to it. */

import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { parseChannel } from "../message.ts";
import { answerMetric, totalQuestion, type WeekStart } from "../metrics/index.ts";
import { type Signal, signalsOpenedIn } from "../threads/index.ts";
import { isShown } from "./message-for.ts";
import { missingLinks } from "./missing-links.ts";
import type { ReportContext } from "./report-context.ts";
import { claimRun } from "./run-store.ts";
import { readTold, type ToldSignal, type ToldSignalLink } from "./told.ts";

const SERIES_WEEKS = 26;

/**
 * Runs for the signals that `week` opened; doing it again adds none. `isPatient`: what breaks one is
 * thrown, to be tried again; else that one is left out and the others are told.
 */
export async function claimSignals(
  context: ReportContext,
  week: WeekStart,
  now: Temporal.Instant,
  isPatient: boolean,
): Promise<void> {
  for (const signal of await signalsOpenedIn(context.metrics.db, week)) {
    try {
      await claimSignal(context, signal, week, now);
    } catch (error) {
      if (isPatient || isConnectionLoss(error)) throw error;
      context.log.error("signal_not_told", { signal: signal.id, ...errorFields(error) });
    }
  }
}

async function claimSignal(
  context: ReportContext,
  signal: Signal,
  week: WeekStart,
  now: Temporal.Instant,
): Promise<void> {
  const metric = context.metrics.catalogue.get(signal.metric);
  if (metric === undefined) return;
  const [team = ""] = metric.owners;
  const channel = signalChannel(context, team, metric);
  const answer = await answerMetric(context.metrics, totalQuestion(metric.id, week, SERIES_WEEKS));
  if (channel === null || !answer.ok) {
    const reason = answer.ok ? "no_channel" : answer.fault.kind;
    context.log.warn("signal_not_told", { signal: signal.id, metric: metric.id, reason });
    return;
  }
  const told: ToldSignal = {
    kind: "signal",
    signalId: signal.id,
    answer: answer.value,
    team,
    sensitive: metric.sensitive,
  };
  await context.metrics.db.transaction((sql) =>
    claimRun(sql, {
      report: `signal/${signal.id}`,
      period: week,
      dueAt: now,
      now,
      told,
      channels: [{ channel, parent: null }],
    }),
  );
}

/** The first channel of the owning team that may see the metric and wants it, else of the scorecard's. */
function signalChannel(
  context: ReportContext,
  team: string,
  { id, sensitive }: { id: string; sensitive: boolean },
): string | null {
  const candidates = [...(context.teams.get(team)?.channels ?? []), ...context.scorecard.channels];
  const allowed = (name: string): boolean => {
    const channel = parseChannel(name);
    if (channel === null || !context.ports.has(channel.platform)) return false;
    // Who else reads there is looked at when it is posted.
    const reader = { kind: "report", channel, readers: "colleagues" } as const;
    return isShown(context, { metric: id, sensitive }, reader);
  };
  return candidates.find(allowed) ?? null;
}

/**
 * One line in the thread of each scorecard for each signal message of its week that stands; what is
 * missing is looked up, so that it comes however late the messages did.
 */
export async function claimSignalLinks(
  context: ReportContext,
  now: Temporal.Instant,
): Promise<void> {
  const { db } = context.metrics;
  for (const { report, period, parent, parentChannel, ...stands } of await missingLinks(db, now)) {
    const signal = readTold(stands.told);
    if (signal?.kind !== "signal") continue;
    const { channel, messageId } = stands;
    const { metric, name } = signal.answer;
    const { sensitive } = signal;
    const told: ToldSignalLink = {
      kind: "signal_link",
      metric,
      name,
      sensitive,
      channel,
      messageId,
    };
    const channels = [{ channel: parentChannel, parent }];
    await db.transaction((sql) =>
      claimRun(sql, { report, period, dueAt: now, now, told, channels }),
    );
  }
}
