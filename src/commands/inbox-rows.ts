/** The inbox as a table. */
import { z } from "zod";
import type { Database } from "../db/index.ts";
import type { Platform } from "../message.ts";

/** By the platform's own id. */
export interface Delivered {
  platform: Platform;
  id: string;
}

export function keyOf({ platform, id }: Delivered): string {
  return `${platform}:${id}`;
}

/** Something that was delivered and that nobody deals with: its program is gone, or could not. */
export interface Left extends Delivered {
  body: unknown;
  /** By the database's clock, in milliseconds since it arrived. */
  ageMs: number;
  /** How often somebody began to deal with it, this time included: 2 for the first. */
  attempts: number;
}

/** After so long without a sign what a program had under way is anybody's. */
const LEASE_SECONDS = 30;

/** 0: it has been there before. */
export function store(db: Database, { platform, id }: Delivered, body: unknown): Promise<number> {
  return db.run(
    `INSERT INTO inbox (platform, id, body, lease_until)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4)) ON CONFLICT (platform, id) DO NOTHING`,
    [platform, id, body === null ? null : storable(body), LEASE_SECONDS],
  );
}

/** A body that was settled is gone. */
export function settleAll(db: Database, all: readonly Delivered[]): Promise<number> {
  return db.run(
    `UPDATE inbox SET settled_at = now(), body = NULL
     WHERE (platform, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    columnsOf(all),
  );
}

/** Makes the lease of these last from now. */
export async function renewLeases(db: Database, all: readonly Delivered[]): Promise<void> {
  await db.run(
    `UPDATE inbox SET lease_until = now() + make_interval(secs => $3)
     WHERE settled_at IS NULL AND (platform, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [...columnsOf(all), LEASE_SECONDS],
  );
}

/** Of those that were tried least often the oldest, so that one that fails again holds up no other. */
export async function takeLeft(db: Database): Promise<Left | null> {
  const [taken] = await db.rows(
    z.object({
      platform: z.string(),
      id: z.string(),
      body: z.unknown(),
      ageMs: z.coerce.number(),
      attempts: z.number(),
    }),
    `UPDATE inbox SET attempts = attempts + 1, lease_until = now() + make_interval(secs => $1)
     WHERE (platform, id) = (
       SELECT platform, id FROM inbox
       WHERE settled_at IS NULL AND body IS NOT NULL AND lease_until < now()
       ORDER BY attempts, received_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING platform, id, body, attempts,
       floor(extract(epoch FROM now() - received_at) * 1000) AS "ageMs"`,
    [LEASE_SECONDS],
  );
  return taken ?? null;
}

/**
 * Deletes the ids of what was dealt with longer ago than a platform delivers anything again. Slack
 * may replay events after an outage, so that is days. How many there were.
 */
export function pruneInbox(db: Database): Promise<number> {
  return db.run(
    "DELETE FROM inbox WHERE body IS NULL AND received_at < now() - make_interval(days => $1)",
    [DAYS_KEPT],
  );
}

const DAYS_KEPT = 7;

function columnsOf(all: readonly Delivered[]): [string[], string[]] {
  return [all.map(({ platform }) => platform), all.map(({ id }) => id)];
}

/** JSON that Postgres takes: without NUL and without halves of surrogate pairs, which people can type. */
function storable(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value,
  );
}
