/** What a channel gets of a run: only what it may see and has not muted. */

import { errorFields } from "../log.ts";
import type { ChannelRef, Message } from "../message.ts";
import { channelName } from "../message.ts";
import type { ScorecardEntry } from "../metrics/index.ts";
import { maySee } from "../policy/index.ts";
import { assertNever } from "../result.ts";
import {
  pictureOfAnswer,
  pictureOfScorecard,
  tellScorecard,
  tellSignal,
  tellSignalLink,
} from "../wording/index.ts";
import type { ReportContext } from "./report-context.ts";
import type { Told, ToldScorecard, ToldSignal } from "./told.ts";

/** Null when the channel may see nothing of it. A picture that cannot be drawn is left out. */
export async function messageFor(
  context: ReportContext,
  told: Told,
  channel: ChannelRef,
): Promise<Message | null> {
  switch (told.kind) {
    case "scorecard":
      return scorecardFor(context, told, channel);
    case "signal":
      return maySee(context.rules, { kind: "report", channel }, told)
        ? signalFor(context, told)
        : null;
    case "signal_link":
      return maySee(context.rules, { kind: "report", channel }, told)
        ? tellSignalLink(told.name, told.url)
        : null;
    default:
      return assertNever(told);
  }
}

async function scorecardFor(
  context: ReportContext,
  { scorecard }: ToldScorecard,
  channel: ChannelRef,
): Promise<Message | null> {
  const shown = scorecard.rows.filter((row) => isShown(context, row, channel));
  if (shown.length === 0) return null;
  const hidden = scorecard.rows.length - shown.length;
  const message = tellScorecard({ ...scorecard, rows: shown }, hidden, context.voice);
  return withPicture(context, message, () =>
    pictureOfScorecard({ ...scorecard, rows: shown }, hidden, context.voice, context.theme),
  );
}

function isShown(context: ReportContext, row: ScorecardEntry, channel: ChannelRef): boolean {
  const muted = context.scorecard.muted.get(channelName(channel)) ?? [];
  const codes = context.metrics.catalogue.get(row.metric)?.codes ?? [];
  if ([row.metric, ...codes].some((name) => muted.includes(name))) return false;
  return maySee(context.rules, { kind: "report", channel }, row);
}

function signalFor(context: ReportContext, { answer, team }: ToldSignal): Promise<Message> {
  const mention = context.teams.get(team)?.mention ?? null;
  const message = tellSignal(answer, { name: team, mention }, context.voice);
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
