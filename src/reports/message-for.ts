/** What a channel gets of a run: only what it may see and has not muted. */

import { errorFields } from "../log.ts";
import type { ChannelRef, ChatFault, Message } from "../message.ts";
import { channelName, parseChannel } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { maySee } from "../policy/index.ts";
import { assertNever, ok, type Result } from "../result.ts";
import {
  pictureOfAnswer,
  pictureOfScorecard,
  type Restatement,
  tellLate,
  tellScorecard,
  tellSignal,
  tellSignalLink,
  tellSignalWeek,
  tellTeam,
} from "../wording/index.ts";
import type { ReportContext } from "./report-context.ts";
import { addressOf, teamLinks } from "./team-links.ts";
import type { Told, ToldScorecard, ToldSignal, ToldSignalLink, ToldTeam } from "./told.ts";

/** When a message was due, and when it came: an edit changes neither. */
export interface Moment {
  dueAt: string;
  at: Temporal.Instant;
}

/**
 * Null when the channel may see nothing of it, or wants nothing of it. A picture that cannot be drawn
 * is left out. A fault only where the platform has to be asked and does not answer now.
 */
export async function messageFor(
  context: ReportContext,
  told: Told,
  channel: ChannelRef,
  moment: Moment,
): Promise<Result<Message | null, ChatFault>> {
  switch (told.kind) {
    case "scorecard":
      return ok(late(context, await scorecardFor(context, told, channel), moment));
    case "team": {
      const message = await teamFor(context, told, channel);
      return message.ok ? ok(late(context, message.value, moment)) : message;
    }
    case "signal": {
      const about = { metric: told.answer.metric, sensitive: told.sensitive };
      return ok(isShown(context, about, channel) ? await signalFor(context, told) : null);
    }
    case "signal_week": {
      const about = { metric: told.answer.metric, sensitive: told.sensitive };
      const line = tellSignalWeek(told.answer, told.state, context.voice);
      return ok(isShown(context, about, channel) ? line : null);
    }
    case "signal_link":
      return isShown(context, told, channel) ? linkFor(context, told, channel) : ok(null);
    default:
      return assertNever(told);
  }
}

function late(
  { metrics, voice }: ReportContext,
  message: Message | null,
  { dueAt, at }: Moment,
): Message | null {
  const due = Temporal.Instant.from(dueAt);
  return message && tellLate(message, due, at, metrics.settings.timeZone, voice);
}

async function scorecardFor(
  context: ReportContext,
  { scorecard, restated = [] }: ToldScorecard,
  channel: ChannelRef,
): Promise<Message | null> {
  const { shown, hidden } = rowsFor(context, scorecard, channel);
  if (shown.rows.length === 0) return null;
  const message = tellScorecard(shown, hidden, context.voice, ofShown(restated, shown));
  return withPicture(context, message, () =>
    pictureOfScorecard(shown, hidden, context.voice, context.theme),
  );
}

async function teamFor(
  context: ReportContext,
  { scorecard, silent, restated = [] }: ToldTeam,
  channel: ChannelRef,
): Promise<Result<Message | null, ChatFault>> {
  const port = context.ports.get(channel.platform);
  const { shown, hidden } = rowsFor(context, scorecard, channel);
  if (shown.rows.length === 0 || port === undefined) return ok(null);
  const nearest = [channelName(channel), ...openFirst(context)];
  const links = await teamLinks(context.metrics.db, port, scorecard.week, nearest);
  if (!links.ok) return links;
  const notes = { hidden, silent, restated: ofShown(restated, shown) };
  const message = tellTeam(shown, notes, links.value, context.voice);
  const draw = () => pictureOfScorecard(shown, hidden, context.voice, context.theme);
  return ok(await withPicture(context, message, draw));
}

/** The scorecard's channels, those last that few can open. */
function openFirst({ scorecard, rules }: ReportContext): string[] {
  const isClosed = (channel: string): boolean => rules.sensitiveChannels.has(channel);
  const { channels } = scorecard;
  return [...channels.filter((one) => !isClosed(one)), ...channels.filter(isClosed)];
}

/** Only what the channel may see and wants, and how many rows that leaves out. */
function rowsFor(context: ReportContext, scorecard: Scorecard, channel: ChannelRef) {
  const rows = scorecard.rows.filter((row) => isShown(context, row, channel));
  return { shown: { ...scorecard, rows }, hidden: scorecard.rows.length - rows.length };
}

function ofShown(restated: readonly Restatement[], { rows }: Scorecard): Restatement[] {
  return restated.filter(({ metric }) => rows.some((row) => row.metric === metric));
}

/**
 * Whether a channel may see a metric and wants it, by the rules and the catalogue as they are now; a
 * metric that was sensitive when the run was built stays so in it.
 */
export function isShown(
  context: ReportContext,
  { metric, sensitive }: { metric: string; sensitive: boolean },
  channel: ChannelRef,
): boolean {
  const now = context.metrics.catalogue.get(metric);
  const muted = context.scorecard.muted.get(channelName(channel)) ?? [];
  if ([metric, ...(now?.codes ?? [])].some((name) => muted.includes(name))) return false;
  const caller = { kind: "report", channel } as const;
  return maySee(context.rules, caller, { sensitive: sensitive || now?.sensitive === true });
}

/** The address is one that the channel's platform can open: none across platforms, or where it has none. */
async function linkFor(
  context: ReportContext,
  { name, channel, messageId }: ToldSignalLink,
  from: ChannelRef,
): Promise<Result<Message | null, ChatFault>> {
  const to = parseChannel(channel);
  const port = to?.platform === from.platform ? context.ports.get(to.platform) : undefined;
  if (to === null || port === undefined) return ok(tellSignalLink(name, null));
  const link = await addressOf(port, to, messageId);
  return link.ok ? ok(tellSignalLink(name, link.value)) : link;
}

function signalFor(context: ReportContext, { answer, team, state }: ToldSignal): Promise<Message> {
  const mention = context.teams.get(team)?.mention ?? null;
  const message = tellSignal(answer, { name: team, mention }, context.voice, state ?? null);
  return withPicture(context, message, () => pictureOfAnswer(answer, context.voice, context.theme));
}

async function withPicture(
  context: ReportContext,
  message: Message,
  draw: () => Promise<Message["image"] | null>,
): Promise<Message> {
  try {
    const image = await draw();
    return image ? { ...message, image } : message;
  } catch (error) {
    context.log.error("picture_failed", errorFields(error));
    return message;
  }
}
