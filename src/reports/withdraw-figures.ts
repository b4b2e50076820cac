/**
 * A channel may be opened to others after something was posted there: then the figures that stand in
 * it are deleted, which the audit has and the owner is told. Source: FAULTS.md 28.
 */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { type ChannelRef, type ChatPort, channelName, parseChannel } from "../message.ts";
import { pause } from "../pause.ts";
import { readersOf, refusePlace } from "../policy/index.ts";
import type { ReportContext } from "./report-context.ts";
import { figuresIn, type StandingFigure } from "./standing-figures.ts";
import { channelsToWatch } from "./standing-store.ts";
import { endTrouble, reportTrouble } from "./trouble-store.ts";

/** A look costs a call of which Slack allows 50 a minute, and answers and posts need some too. */
const PACE_MS = 1_500;

export async function withdrawEverywhere(
  context: ReportContext,
  now: () => Temporal.Instant,
  stopping: AbortSignal,
): Promise<void> {
  const channels = await channelsToWatch(context.metrics.db, [...context.ports.keys()]);
  for (const [i, name] of channels.entries()) {
    if (i > 0) await pause(PACE_MS, stopping);
    if (stopping.aborted) return;
    const channel = parseChannel(name);
    if (channel !== null) await lookAt(context, channel, now());
  }
}

/** Where nothing stands the platform is not asked, for hundreds may join a channel in a minute. */
export async function withdrawFrom(
  context: ReportContext,
  channel: ChannelRef,
  now: Temporal.Instant,
): Promise<void> {
  const watched = await channelsToWatch(context.metrics.db, [channel.platform]);
  if (watched.includes(channelName(channel))) await lookAt(context, channel, now);
}

/** Nothing is done where the channel cannot be looked at: what stands there may stand there as well. */
async function lookAt(
  context: ReportContext,
  channel: ChannelRef,
  now: Temporal.Instant,
): Promise<void> {
  const port = context.ports.get(channel.platform);
  if (port === undefined) return;
  try {
    const facts = await port.channelFacts(channel);
    if (!facts.ok) return;
    const refused = refusePlace(context.rules, channel, readersOf(facts.value));
    if (refused !== null) return await withdrawAll(context, { port, channel, code: refused, now });
    await endTrouble(context.metrics.db, { kind: "figures", channel: channelName(channel) }, now);
  } catch (error) {
    if (isConnectionLoss(error)) throw error;
    context.log.error("figures_not_withdrawn", {
      channel: channelName(channel),
      ...errorFields(error),
    });
  }
}

interface Withdrawing {
  port: ChatPort;
  channel: ChannelRef;
  /** Why no figure may stand there. */
  code: string;
  now: Temporal.Instant;
}

async function withdrawAll(context: ReportContext, withdrawing: Withdrawing): Promise<void> {
  const { db } = context.metrics;
  const { channel, code, now } = withdrawing;
  let gone = 0;
  let left = 0;
  const threadsLeft = new Set<string>();
  for (const figure of await figuresIn(db, channel)) {
    // What stands in a thread is found by its head, which therefore goes last.
    const isNeeded = figure.ref !== null && threadsLeft.has(figure.ref.id);
    const done = isNeeded ? "stands" : await withdraw(context, withdrawing, figure);
    if (done === "gone") gone++;
    if (done !== "stands") continue;
    left++;
    if (figure.ref?.thread !== undefined) threadsLeft.add(figure.ref.thread);
  }
  if (gone + left === 0) return;
  context.log.warn("figures_withdrawn", { channel: channelName(channel), code, gone, left });
  const subject = { kind: "figures", channel: channelName(channel) } as const;
  const trouble = { subject, code: left > 0 ? "figures_stand" : code, since: now.toString() };
  await reportTrouble(db, trouble);
}

/** `stands`: it could not be deleted; it is tried again at the next look. */
async function withdraw(
  context: ReportContext,
  { port, channel, code, now }: Withdrawing,
  figure: StandingFigure,
): Promise<"gone" | "stands" | "was_none"> {
  const seen = figure.ref === null ? await figure.lookUp(port) : figure.ref;
  if (seen === "unreadable") return "stands";
  if (seen !== "absent") {
    const deleted = await port.delete(seen);
    if (!deleted.ok && !(deleted.fault.kind === "refused" && wasGone.has(deleted.fault.code))) {
      context.log.error("figure_not_deleted", { channel: channelName(channel), ...deleted.fault });
      return "stands";
    }
  }
  const hasStood = seen !== "absent";
  await context.metrics.db.transaction((sql) => figure.settle(sql, code, now, hasStood));
  return hasStood ? "gone" : "was_none";
}

/** Somebody has deleted it before: Slack's word and Discord's. */
const wasGone: ReadonlySet<string> = new Set(["message_not_found", "10008"]);
