/** Each new signal is a message of its own, in its team's channel; the scorecard's thread links to it. */

import { type ChannelRef, parseChannel } from "../message.ts";
import { answerMetric, type WeekStart } from "../metrics/index.ts";
import { maySee } from "../policy/index.ts";
import { type Signal, signalsOpenedIn } from "../threads/index.ts";
import { type SentDelivery, sentDeliveries } from "./delivery-store.ts";
import type { ReportContext } from "./report-context.ts";
import { claimRun, SCORECARD } from "./run-store.ts";
import type { ToldSignal, ToldSignalLink } from "./told.ts";

const SERIES_WEEKS = 26;

/** Runs for the signals that `week` opened; doing it again adds none. */
export async function claimSignals(
  context: ReportContext,
  week: WeekStart,
  now: Temporal.Instant,
): Promise<void> {
  for (const signal of await signalsOpenedIn(context.metrics.db, week))
    await claimSignal(context, signal, week, now);
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
  const answer = await answerMetric(context.metrics, {
    metric: metric.id,
    filters: {},
    by: null,
    week,
    windowWeeks: null,
    lastWeeks: SERIES_WEEKS,
  });
  if (channel === null || !answer.ok) return;
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

/** The first channel of the owning team that may see the metric, else the first of the scorecard's. */
function signalChannel(
  context: ReportContext,
  team: string,
  metric: { sensitive: boolean },
): string | null {
  const candidates = [...(context.teams.get(team)?.channels ?? []), ...context.scorecard.channels];
  const allowed = (name: string): boolean => {
    const channel = parseChannel(name);
    return (
      channel !== null &&
      context.ports.has(channel.platform) &&
      maySee(context.rules, { kind: "report", channel }, metric)
    );
  };
  return candidates.find(allowed) ?? null;
}

/** One line in the thread of each scorecard of `week` for each signal message that stands. */
export async function claimSignalLinks(
  context: ReportContext,
  week: WeekStart,
  now: Temporal.Instant,
): Promise<void> {
  const { db, catalogue } = context.metrics;
  const parents = await sentDeliveries(db, SCORECARD, week);
  for (const signal of await signalsOpenedIn(db, week)) {
    const [stands] = await sentDeliveries(db, `signal/${signal.id}`, week);
    const metric = catalogue.get(signal.metric);
    if (!stands || !metric) continue;
    for (const parent of parents) {
      const url = await linkFrom(context, parent, stands);
      const told: ToldSignalLink = {
        kind: "signal_link",
        name: metric.name,
        url,
        sensitive: metric.sensitive,
      };
      await db.transaction((sql) =>
        claimRun(sql, {
          report: `signal_link/${signal.id}/${parent.channel}`,
          period: week,
          dueAt: now,
          now,
          told,
          channels: [{ channel: parent.channel, parent: parent.id }],
        }),
      );
    }
  }
}

/** An address that the channel's platform can open; null across platforms or when it is not told. */
async function linkFrom(
  context: ReportContext,
  parent: SentDelivery,
  stands: SentDelivery,
): Promise<string | null> {
  const [from, to] = [parseChannel(parent.channel), parseChannel(stands.channel)] as [
    ChannelRef,
    ChannelRef,
  ];
  if (from.platform !== to.platform) return null;
  const link = await context.ports.get(to.platform)?.permalink({ ...to, id: stands.messageId });
  return link?.ok ? link.value : null;
}
