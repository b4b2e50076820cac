/** Answers with figures that stand where a whole channel reads them: what can be taken away again. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { channelName, type MessageRef, type PersonRef, personName } from "../message.ts";
import { AUDIT_DAYS } from "./audit.ts";

export interface StandingAnswer {
  messageId: string;
  thread: string | null;
  /** `slack:U0ANA`. */
  asker: string;
  metrics: readonly string[];
}

/** Doing it again changes nothing. A message without an id of its own cannot be taken away, nor kept here. */
export async function keepStandingAnswer(
  sql: Sql,
  ref: MessageRef,
  asker: PersonRef,
  metrics: readonly string[],
): Promise<void> {
  if (ref.id === "") return;
  await sql.run(
    `INSERT INTO standing_answer (channel, message_id, thread, asker, metrics) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (channel, message_id) DO NOTHING`,
    [channelName(ref), ref.id, ref.thread ?? null, personName(asker), metrics],
  );
}

const row = z.object({
  messageId: z.string(),
  thread: z.string().nullable(),
  asker: z.string(),
  metrics: z.array(z.string()),
});

export function standingAnswers(sql: Sql, channel: string): Promise<StandingAnswer[]> {
  return sql.rows(
    row,
    `SELECT message_id AS "messageId", thread, asker, metrics FROM standing_answer
     WHERE channel = $1 ORDER BY stored_at`,
    [channel],
  );
}

/** False when it was forgotten before. */
export async function forgetStandingAnswer(
  sql: Sql,
  channel: string,
  messageId: string,
): Promise<boolean> {
  return (
    (await sql.run("DELETE FROM standing_answer WHERE channel = $1 AND message_id = $2", [
      channel,
      messageId,
    ])) > 0
  );
}

/** As old as the audit's oldest entry. How many there were. */
export function pruneStandingAnswers(sql: Sql): Promise<number> {
  return sql.run(
    "DELETE FROM standing_answer WHERE stored_at < now() - make_interval(days => $1)",
    [AUDIT_DAYS],
  );
}
