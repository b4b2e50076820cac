/** The signals of earlier weeks that a week still finds open, each with where it is discussed. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { type ChatFault, type ChatPort, parseChannel } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { ok, type Result } from "../result.ts";
import { MOST_OPEN_NAMED, type OpenSignal } from "../wording/index.ts";
import { addressOf } from "./team-links.ts";

const open = z.object({
  metric: z.string(),
  since: z.string(),
  channel: z.string().nullable(),
  messageId: z.string().nullable(),
});

/** Of the rows of a scorecard as a channel sees it, the longest open first; linked on the port's platform alone. */
export async function stillOpen(
  sql: Sql,
  port: ChatPort,
  { week, rows }: Scorecard,
): Promise<Result<OpenSignal[], ChatFault>> {
  const names = new Map(rows.map(({ metric, name }) => [metric, name]));
  const found = await sql.rows(
    open,
    `SELECT s.metric, s.opened_week::text AS since, d.channel, d.message_id AS "messageId"
     FROM signal s LEFT JOIN run r ON r.report = 'signal/' || s.id
     LEFT JOIN delivery d ON d.run_id = r.id AND d.state = 'sent' AND split_part(d.channel, ':', 1) = $3
     WHERE s.opened_week < $1 AND (s.closed_week IS NULL OR s.closed_week > $1)
       AND s.metric = ANY ($2::text[])
     ORDER BY s.opened_week, s.id`,
    [week, [...names.keys()], port.platform],
  );
  const signals: OpenSignal[] = [];
  for (const { metric, since, channel, messageId } of found) {
    // A platform is asked for each address, and more than these are only counted.
    const isNamed = signals.length < MOST_OPEN_NAMED;
    const ref = channel === null || !isNamed ? null : parseChannel(channel);
    const link =
      ref === null || messageId === null ? ok(null) : await addressOf(port, ref, messageId);
    if (!link.ok) return link;
    signals.push({ metric, name: names.get(metric) ?? metric, since, url: link.value });
  }
  return ok(signals);
}
