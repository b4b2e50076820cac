/**
 * The audit: every refusal, every disclosure of a sensitive metric, every message that was taken away
 * again, and what operators ordered. It names people, places and metrics, and holds no figure.
 */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { errorFields, type Log } from "../log.ts";

export interface AuditEntry {
  /** By the program's clock. */
  at: Temporal.Instant;
  kind: "refused" | "disclosed" | "withdrawn" | "ordered";
  /** `slack:U0ANA`, or `report:scorecard`. */
  who: string;
  /** `slack:C0ALL`; null: on the terminal. */
  channel: string | null;
  what: AuditedWhat;
  /** Why it was refused or withdrawn, a word that stays; null for a disclosure and an order. */
  code: string | null;
}

export interface AuditedWhat {
  /** `question`, `click`, `share`, `post`, `edit`, or the operator's command. */
  by: string;
  /** The delivery that an order was about. */
  delivery?: string | undefined;
  /** Ids. */
  metrics: readonly string[];
  filters?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Throws when it cannot be written: then a disclosure must not be made. */
export async function writeAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  const { at, kind, who, channel, what, code } = entry;
  await sql.run(
    "INSERT INTO audit (at, kind, who, channel, what, code) VALUES ($1, $2, $3, $4, $5, $6)",
    [at.toString(), kind, who, channel, storable(what), code],
  );
}

/** Never throws: what cannot be written is a refusal all the same, and is logged. */
export async function auditRefusal(
  sql: Sql,
  log: Log,
  refusal: Omit<AuditEntry, "kind">,
): Promise<void> {
  try {
    await writeAudit(sql, { ...refusal, kind: "refused" });
  } catch (error) {
    const { who, channel, code } = refusal;
    log.error("refusal_not_audited", { who, channel, why: code, ...errorFields(error) });
  }
}

/** As `auditRefusal`, of what is refused again and again while it lasts: an entry a day. */
export async function auditLastingRefusal(
  sql: Sql,
  log: Log,
  refusal: Omit<AuditEntry, "kind">,
): Promise<void> {
  const { at, who, channel, code } = refusal;
  const since = at.subtract({ hours: 24 }).toString();
  try {
    const [known] = await sql.rows(
      z.object({}),
      `SELECT FROM audit WHERE kind = 'refused' AND at > $1 AND who = $2 AND channel IS NOT DISTINCT FROM $3
         AND code = $4 LIMIT 1`,
      [since, who, channel, code],
    );
    if (known === undefined) await writeAudit(sql, { ...refusal, kind: "refused" });
  } catch (error) {
    log.error("refusal_not_audited", { who, channel, why: code, ...errorFields(error) });
  }
}

const entryRow = z.object({
  at: z.string().transform((text) => Temporal.Instant.from(text)),
  kind: z.enum(["refused", "disclosed", "withdrawn", "ordered"]),
  who: z.string(),
  channel: z.string().nullable(),
  what: z.object({
    by: z.string(),
    delivery: z.string().optional(),
    metrics: z.array(z.string()),
    filters: z.record(z.string(), z.array(z.string())).optional(),
  }),
  code: z.string().nullable(),
});

/** From `since` on, oldest first. */
export function auditSince(sql: Sql, since: Temporal.Instant): Promise<AuditEntry[]> {
  return sql.rows(
    entryRow,
    "SELECT at, kind, who, channel, what, code FROM audit WHERE at >= $1 ORDER BY at, id",
    [since.toString()],
  );
}

/** More than a year, so that one year can be held against the same months of the year before. */
export const AUDIT_DAYS = 400;

/** How many entries were deleted for being older than `AUDIT_DAYS`. */
export function pruneAudit(sql: Sql): Promise<number> {
  return sql.run("DELETE FROM audit WHERE stored_at < now() - make_interval(days => $1)", [
    AUDIT_DAYS,
  ]);
}

/** Filters are what a person typed: without NUL and halves of surrogate pairs, which Postgres refuses. */
function storable(what: AuditedWhat): string {
  return JSON.stringify(what, (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value,
  );
}
