/** Troubles from their first failure until they are over: one open row for each thing. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { Trouble, TroubleSubject } from "../wording/index.ts";
import { IS_NOTICE } from "./run-store.ts";

/** The key under which one thing has one open row. */
export function aboutOf(subject: TroubleSubject): string {
  switch (subject.kind) {
    case "channel":
      return `channel/${subject.channel}`;
    case "platform":
      return `platform/${subject.platform}`;
    case "delivery":
      return `delivery/${subject.id}`;
    case "report":
      return `report/${subject.report}`;
    case "figures":
      return `figures/${subject.channel}`;
    case "sources":
    case "database":
    case "scheduler":
      return subject.kind;
    case "missing":
      return `missing/${subject.report}`;
    default:
      return subject satisfies never;
  }
}

/** Opens a trouble, or gives one that is open its newest reason; true when it is new. */
export async function reportTrouble(
  sql: Sql,
  { subject, code, since }: Pick<Trouble, "subject" | "code" | "since">,
): Promise<boolean> {
  const opened = await sql.rows(
    z.object({ isNew: z.boolean() }),
    `INSERT INTO trouble AS t (about, subject, code, since) VALUES ($1, $2, $3, $4)
     ON CONFLICT (about) WHERE over_at IS NULL DO UPDATE SET code = excluded.code, changed = true
     WHERE t.code <> excluded.code RETURNING xmax = 0 AS "isNew"`,
    [aboutOf(subject), JSON.stringify(subject), code, since],
  );
  return opened[0]?.isNew === true;
}

/** It works again; false when nothing was known to be wrong with it. */
export async function endTrouble(
  sql: Sql,
  subject: TroubleSubject,
  now: Temporal.Instant,
): Promise<boolean> {
  return (await end(sql, [aboutOf(subject)], now)) > 0;
}

async function end(sql: Sql, abouts: readonly string[], now: Temporal.Instant): Promise<number> {
  return sql.run(
    "UPDATE trouble SET over_at = $2, changed = true WHERE over_at IS NULL AND about = ANY ($1::text[])",
    [abouts, now.toString()],
  );
}

/**
 * Ends those that the outbox and the runs do not show any more. A channel or a platform works again
 * when something was sent there since, or nothing is left to be sent and nothing ended without being
 * said: what is to be sent and has not been tried yet tells nothing. Gives what was ended.
 */
export async function endUnseen(
  sql: Sql,
  seen: readonly string[],
  now: Temporal.Instant,
): Promise<string[]> {
  const over = await sql.rows(
    z.object({ about: z.string() }),
    `SELECT t.about FROM trouble t
     WHERE t.over_at IS NULL AND t.about <> ALL ($1::text[]) AND t.about ~ '^(channel|platform|delivery|report)/'
       AND (t.about ~ '^(delivery|report)/'
         OR EXISTS (SELECT ${FOR_ITS_PLACE} AND d.sent_at >= t.since)
         OR NOT EXISTS (SELECT ${FOR_ITS_PLACE}
           AND (d.state IN ('pending', 'sending') OR 'delivery/' || d.id = ANY ($1::text[]))))`,
    [seen],
  );
  const abouts = over.map(({ about }) => about);
  if (abouts.length > 0) await end(sql, abouts, now);
  return abouts;
}

const FOR_ITS_PLACE = `FROM delivery d JOIN run r ON r.id = d.run_id
  WHERE NOT ${IS_NOTICE}
    AND t.about IN ('channel/' || d.channel, 'platform/' || split_part(d.channel, ':', 1))`;

export async function openAbouts(sql: Sql): Promise<Set<string>> {
  const rows = await sql.rows(
    z.object({ about: z.string() }),
    "SELECT about FROM trouble WHERE over_at IS NULL",
  );
  return new Set(rows.map(({ about }) => about));
}
