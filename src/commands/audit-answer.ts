/** What of the questions of people goes into the audit. */
import type { Doing } from "../chat-connection.ts";
import { channelName, personName } from "../message.ts";
import { auditRefusal, writeAudit } from "../policy/index.ts";
import type { ChatContext } from "./chat-context.ts";
import type { CommandContext, Told } from "./command-context.ts";
import { lexLine } from "./lex-line.ts";
import { findName, nameIndex } from "./name-index.ts";

/** What is asked, and by which way; a share is for all who read the channel. */
export interface Asking {
  by: "question" | "click" | "share";
  line: string;
}

export interface Trail {
  context: CommandContext;
  doing: Doing;
  asking: Asking;
  now: Temporal.Instant;
}

/** An answer without a sensitive metric leaves no entry. Throws when there should be one and it cannot be written. */
export async function auditAnswer(trail: Trail, { metrics, filters }: Told): Promise<void> {
  const { catalogue, db } = trail.context.metrics;
  const sensitive = metrics.filter((id) => catalogue.get(id)?.sensitive === true);
  if (sensitive.length === 0) return;
  const what = { by: trail.asking.by, metrics: sensitive, filters };
  await writeAudit(db, { ...entryOf(trail), kind: "disclosed", what, code: null });
}

export function auditRefused(trail: Trail, code: string): Promise<void> {
  const { metrics, log } = trail.context;
  const what = { by: trail.asking.by, metrics: metricsNamedIn(trail) };
  return auditRefusal(metrics.db, log, { ...entryOf(trail), what, code });
}

/**
 * Asked in a place that the bot does not serve: another server, a direct message of Discord's. Anybody
 * in the world can do so, and no faster than people ask where they are served.
 */
export async function auditTurnedAway(
  { metrics, log, flood }: ChatContext,
  doing: Doing,
  now: Temporal.Instant,
): Promise<void> {
  if (flood.pace(doing.asker, now) !== "answer") return;
  const [who, channel] = [personName(doing.asker), channelName(doing.place)];
  const what = { by: "question", metrics: [] };
  return auditRefusal(metrics.db, log, { at: now, who, channel, what, code: "not_served" });
}

function entryOf({ doing, now }: Trail) {
  return { at: now, who: personName(doing.asker), channel: channelName(doing.place) };
}

/** The metric that a line names, alone or behind a command's word; of the line nothing else is kept. */
function metricsNamedIn({ context, asking }: Trail): string[] {
  const lexed = lexLine(asking.line);
  if (!lexed.ok) return [];
  const index = nameIndex(context.metrics.catalogue.metrics);
  const found = findName(lexed.value, index) ?? findName(lexed.value.slice(1), index);
  return found === null ? [] : found.metrics.map(({ id }) => id);
}
