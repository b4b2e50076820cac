/** What should be there and is not, as seen from outside: what no running program would tell of itself. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { Trouble } from "../wording/index.ts";
import { type Hold, isHeld } from "./hold.ts";
import { HAS_LATER, IS_NOTICE, SOURCES } from "./run-store.ts";

export type Missing = Pick<Trouble, "subject" | "code" | "since">;

/** Milliseconds: a start or a tick may take as long. */
const PATIENCE_MS = 300_000;
/** A post may wait for the others of its channel, and for what it links to. */
const STUCK = "interval '10 minutes'";

/** What the owner has been told of already by the program itself is left out. */
export async function findMissing(
  sql: Sql,
  scorecard: Hold,
  now: Temporal.Instant,
): Promise<Missing[]> {
  return [
    ...(await silentScheduler(sql, now)),
    ...(await unbegun(sql, now)),
    ...(await unbuilt(sql, scorecard, now)),
    ...(await stuck(sql, now)),
  ];
}

async function silentScheduler(sql: Sql, now: Temporal.Instant): Promise<Missing[]> {
  const [row] = await sql.rows(
    z.object({ forMs: z.coerce.number() }),
    `SELECT extract(epoch FROM now() - ticked_at) * 1000 AS "forMs" FROM scheduler`,
  );
  if (row !== undefined && row.forMs < PATIENCE_MS) return [];
  const since = now.subtract({ milliseconds: Math.round(row?.forMs ?? 0) }).toString();
  return [{ subject: { kind: "scheduler" }, code: "not_ticking", since }];
}

async function unbegun(sql: Sql, now: Temporal.Instant): Promise<Missing[]> {
  const rows = await sql.rows(
    z.object({ report: z.string(), since: z.string() }),
    "SELECT report, next_at AS since FROM schedule WHERE next_at < $1 ORDER BY next_at, report",
    [now.subtract({ milliseconds: PATIENCE_MS }).toString()],
  );
  return rows.map(({ report, since }) => ({
    subject: { kind: "missing", report },
    code: "not_begun",
    since,
  }));
}

/** A load of the sources takes its time, and tells of itself when it fails. */
async function unbuilt(sql: Sql, scorecard: Hold, now: Temporal.Instant): Promise<Missing[]> {
  const rows = await sql.rows(
    z.object({ report: z.string(), period: z.string(), dueAt: z.string() }),
    `SELECT r.report, r.period::text AS period, r.due_at AS "dueAt" FROM run r
     WHERE r.told IS NULL AND r.report <> '${SOURCES}' AND NOT ${HAS_LATER}
       AND NOT EXISTS (SELECT ${TOLD} AND t.about = 'report/' || r.report)
     ORDER BY r.id`,
    [now.toString()],
  );
  const at = now.subtract({ milliseconds: PATIENCE_MS });
  return rows
    .filter(({ dueAt }) => Temporal.Instant.compare(Temporal.Instant.from(dueAt), at) < 0)
    .filter(({ dueAt }) => !isHeld({ scorecard }, { dueAt }, at))
    .map(({ dueAt, ...run }) => ({
      subject: { kind: "report", ...run },
      code: "late_build",
      since: dueAt,
    }));
}

async function stuck(sql: Sql, now: Temporal.Instant): Promise<Missing[]> {
  const rows = await sql.rows(
    z.object({
      id: z.string(),
      report: z.string(),
      period: z.string(),
      channel: z.string(),
      forMs: z.coerce.number(),
    }),
    `SELECT d.id, r.report, r.period::text AS period, d.channel,
            extract(epoch FROM now() - d.stored_at) * 1000 AS "forMs"
     FROM delivery d JOIN run r ON r.id = d.run_id LEFT JOIN delivery p ON p.id = d.parent
     WHERE d.state IN ('pending', 'sending') AND r.told IS NOT NULL AND NOT ${IS_NOTICE}
       AND coalesce(p.state, 'sent') = 'sent'
       AND greatest(d.stored_at, coalesce(r.next_build_at, '-infinity')) < now() - ${STUCK}
       AND NOT EXISTS (SELECT ${TOLD}
         AND t.about IN ('channel/' || d.channel, 'platform/' || split_part(d.channel, ':', 1)))
     ORDER BY d.stored_at, d.id`,
  );
  return rows.map(({ forMs, ...post }) => ({
    subject: { kind: "delivery", ...post },
    code: "stuck",
    since: now.subtract({ milliseconds: Math.round(forMs) }).toString(),
  }));
}

/** Open, and its notice has reached the owner. */
const TOLD = `FROM trouble t JOIN delivery n ON n.run_id = t.notice
  WHERE t.over_at IS NULL AND n.state = 'sent'`;
