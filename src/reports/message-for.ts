/** What a channel gets of a run: only what it may see and has not muted. */

import { errorFields } from "../log.ts";
import type { Action, ChannelRef, ChatFault, ChatPort, Message } from "../message.ts";
import { channelName, parseChannel } from "../message.ts";
import { driversOfTeam, type Scorecard, toldDriver } from "../metrics/index.ts";
import { maySee, type ReportCaller } from "../policy/index.ts";
import { assertNever, ok, type Result } from "../result.ts";
import {
  actionsBlock,
  csvButton,
  offerActions,
  pictureOfAnswer,
  pictureOfScorecard,
  type Restatement,
  scorecardLine,
  scorecardOffers,
  signalOffers,
  type TeamNotes,
  tellLate,
  tellNotice,
  tellScorecard,
  tellSignal,
  tellSignalLink,
  tellSignalWeek,
  tellTeam,
} from "../wording/index.ts";
import type { ReportContext } from "./report-context.ts";
import { rowsOfNote } from "./rows-of-note.ts";
import { stillOpen } from "./still-open.ts";
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
  reader: ReportCaller,
  moment: Moment,
): Promise<Result<Message | null, ChatFault>> {
  switch (told.kind) {
    case "scorecard":
    case "team": {
      const message = await weekFor(context, told, reader);
      return message.ok ? ok(late(context, message.value, moment)) : message;
    }
    case "signal": {
      const about = { metric: told.answer.metric, sensitive: told.sensitive };
      return ok(isShown(context, about, reader) ? await signalFor(context, told) : null);
    }
    case "signal_week": {
      const about = { metric: told.answer.metric, sensitive: told.sensitive };
      const line = tellSignalWeek(told.answer, told.state, context.voice);
      return ok(isShown(context, about, reader) ? line : null);
    }
    case "signal_link":
      return isShown(context, told, reader) ? linkFor(context, told, reader.channel) : ok(null);
    case "notice":
      return ok(tellNotice(told.troubles, context.metrics.settings.timeZone, context.voice));
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

/** A scorecard, or a team's post, which leads to the scorecard and to its signals besides. */
async function weekFor(
  context: ReportContext,
  told: ToldScorecard | ToldTeam,
  reader: ReportCaller,
): Promise<Result<Message | null, ChatFault>> {
  const { voice, theme, metrics } = context;
  const { channel } = reader;
  const port = context.ports.get(channel.platform);
  const { shown, hidden } = rowsFor(context, told.scorecard, reader);
  if (shown.rows.length === 0 || port === undefined) return ok(null);
  const open = await stillOpen(metrics.db, port, shown);
  if (!open.ok) return open;
  const notes = { hidden, restated: ofShown(told.restated ?? [], shown), open: open.value };
  const { shown: rows, others } =
    told.kind === "team" ? rowsOfNote(shown.rows) : { shown: shown.rows, others: [] };
  const brief = { ...shown, rows };
  const message =
    told.kind === "scorecard"
      ? ok(tellScorecard(brief, notes, voice))
      : await teamMessage(context, { ...notes, silent: told.silent, others }, brief, {
          port,
          channel,
        });
  if (!message.ok) return message;
  const offers = offerActions(scorecardOffers(shown, metrics.catalogue));
  const offering = withActions(message.value, [...offers, csvButton(scorecardLine(shown))]);
  const draw = () => pictureOfScorecard(brief, hidden, voice, theme);
  return ok(await withPicture(context, offering, draw));
}

async function teamMessage(
  context: ReportContext,
  notes: Omit<TeamNotes, "drivers">,
  brief: Scorecard,
  { port, channel }: { port: ChatPort; channel: ChannelRef },
): Promise<Result<Message, ChatFault>> {
  const nearest = [channelName(channel), ...openFirst(context)];
  const links = await teamLinks(context.metrics.db, port, brief, nearest);
  if (!links.ok) return links;
  const rows = [...brief.rows, ...notes.others];
  const drivers = driversOfTeam(context.metrics.catalogue, brief.team ?? "")
    .map((driver) => toldDriver(driver, rows))
    .filter((driver) => driver.rows.length > 0);
  return ok(tellTeam(brief, { ...notes, drivers }, links.value, context.voice));
}

function withActions(message: Message, actions: readonly Action[]): Message {
  return { ...message, blocks: [...message.blocks, ...actionsBlock(actions)] };
}

/** The scorecard's channels, those last that few can open. */
function openFirst({ scorecard, rules }: ReportContext): string[] {
  const isClosed = (channel: string): boolean => rules.sensitiveChannels.has(channel);
  const { channels } = scorecard;
  return [...channels.filter((one) => !isClosed(one)), ...channels.filter(isClosed)];
}

/** Only what the channel may see and wants, and how many rows that leaves out. */
function rowsFor(context: ReportContext, scorecard: Scorecard, reader: ReportCaller) {
  const rows = scorecard.rows.filter((row) => isShown(context, row, reader));
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
  reader: ReportCaller,
): boolean {
  const now = context.metrics.catalogue.get(metric);
  const muted = context.scorecard.muted.get(channelName(reader.channel)) ?? [];
  if ([metric, ...(now?.codes ?? [])].some((name) => muted.includes(name))) return false;
  return maySee(context.rules, reader, { sensitive: sensitive || now?.sensitive === true });
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
  const offers = offerActions(signalOffers(answer, context.metrics.catalogue));
  const offering = withActions(message, offers);
  return withPicture(context, offering, () =>
    pictureOfAnswer(answer, context.voice, context.theme),
  );
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
