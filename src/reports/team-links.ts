/** Where a team reads on: the scorecard's message of the week, and those of the signals. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { type ChannelRef, type ChatFault, type ChatPort, parseChannel } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { TeamLinks } from "../wording/index.ts";
import { SCORECARD } from "./run-store.ts";

const stands = z.object({
  report: z.string(),
  metric: z.string().nullable(),
  channel: z.string(),
  messageId: z.string().nullable(),
  isComing: z.boolean(),
});

/** Messages that are on their way are waited for, so that the post can lead to them. */
const WAIT_MS = 2_000;

/**
 * On the team's own platform alone: an address of another opens nothing there. Of the scorecard's
 * messages the one in the first of `channels` where one stands; of the signals' those of the rows, so
 * that no team waits for what another's channel holds up.
 */
export async function teamLinks(
  sql: Sql,
  port: ChatPort,
  { week, rows }: Scorecard,
  channels: readonly string[],
): Promise<Result<TeamLinks, ChatFault>> {
  const messages = await sql.rows(
    stands,
    `SELECT r.report, r.told #>> '{answer,metric}' AS metric, d.channel, d.message_id AS "messageId",
            d.state IN ('pending', 'sending') AND d.stored_at > now() - interval '5 minutes'
              AND d.waits_for IS DISTINCT FROM 'person' AS "isComing"
     FROM run r JOIN delivery d ON d.run_id = r.id
     WHERE r.period = $1
       AND (r.report = $2 OR r.report LIKE 'signal/%' AND r.told #>> '{answer,metric}' = ANY ($5::text[]))
       AND split_part(d.channel, ':', 1) = $3
       AND (d.state IN ('pending', 'sending') OR d.message_id IS NOT NULL)
     ORDER BY array_position($4::text[], d.channel), d.created_at, d.id`,
    [week, SCORECARD, port.platform, channels, rows.map(({ metric }) => metric)],
  );
  if (messages.some(({ isComing }) => isComing))
    return failed({ kind: "limited", retryAfterMs: WAIT_MS });
  const signals = new Map<string, string | null>();
  let scorecard: string | null = null;
  for (const { report, metric, channel, messageId } of messages) {
    const ref = parseChannel(channel);
    if (ref === null || messageId === null) continue;
    if (report === SCORECARD && scorecard !== null) continue;
    const link = await addressOf(port, ref, messageId);
    if (!link.ok) return link;
    if (report === SCORECARD) scorecard = link.value;
    else if (metric !== null) signals.set(metric, link.value);
  }
  return ok({ scorecard, signals });
}

/** Null where the platform gives none, as of a message that was taken away. */
export async function addressOf(
  port: ChatPort,
  channel: ChannelRef,
  id: string,
): Promise<Result<string | null, ChatFault>> {
  const link = await port.permalink({ ...channel, id });
  return !link.ok && link.fault.kind === "refused" ? ok(null) : link;
}
