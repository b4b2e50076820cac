/**
 * What fails is told to the owner, privately and once: troubles that come in the same moment in one
 * message, which is changed in place until all of them are over. Without an owner the log alone has it.
 */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { Trouble, TroubleSubject } from "../wording/index.ts";
import { reviseTold } from "./edit-store.ts";
import { type Found, findTroubles } from "./find-troubles.ts";
import type { ReportContext } from "./report-context.ts";
import { claimRun, NOTICE } from "./run-store.ts";
import type { ToldNotice } from "./told.ts";
import { aboutOf, endUnseen, openAbouts, reportTrouble } from "./trouble-store.ts";

/** A platform that limits us or is away for less is nobody's news. */
const PATIENCE_MS = 120_000;
/** What follows within this comes in the same message. */
const GATHER = "interval '15 seconds'";
const LOCK = 7_206_201;

export async function keepNotices(context: ReportContext, now: Temporal.Instant): Promise<void> {
  await context.metrics.db.transaction(async (sql) => {
    const lock = z.object({ taken: z.boolean() });
    const [ours] = await sql.rows(lock, "SELECT pg_try_advisory_xact_lock($1) AS taken", [LOCK]);
    if (!ours?.taken) return;
    await followTroubles(context, sql, now);
    if (context.owner !== null) await claimNotice(context, sql, now, context.owner);
    await reviseNotices(sql);
  });
}

/** Opens what is new and ends what is over, by what the outbox and the runs show. */
async function followTroubles(
  { log }: ReportContext,
  sql: Sql,
  now: Temporal.Instant,
): Promise<void> {
  const [found, open] = [await findTroubles(sql, now), await openAbouts(sql)];
  const seen = new Map<string, Found>();
  for (const trouble of found) {
    const about = aboutOf(trouble.subject);
    if (!seen.has(about)) seen.set(about, trouble);
  }
  for (const [about, { subject, code, forMs }] of seen) {
    if (!open.has(about) && subject.kind === "platform" && forMs < PATIENCE_MS) continue;
    const since = now.subtract({ milliseconds: Math.round(forMs) }).toString();
    if (await reportTrouble(sql, { subject, code, since })) log.error("trouble", { about, code });
  }
  for (const about of await endUnseen(sql, [...seen.keys()], now))
    log.info("trouble_over", { about });
}

const untoldRow = z.object({ id: z.coerce.number(), isRipe: z.boolean() });

async function claimNotice(
  context: ReportContext,
  sql: Sql,
  now: Temporal.Instant,
  owner: string,
): Promise<void> {
  await joinNotices(sql);
  const untold = await sql.rows(
    untoldRow,
    `SELECT id, noticed_at <= now() - ${GATHER} AS "isRipe" FROM trouble
     WHERE over_at IS NULL AND notice IS NULL ORDER BY id`,
  );
  const [first] = untold;
  if (first === undefined || !untold.some(({ isRipe }) => isRipe)) return;
  const report = `${NOTICE}/${first.id}`;
  const told: ToldNotice = { kind: "notice", troubles: [] };
  const { timeZone } = context.metrics.settings;
  const period = now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const channels = [{ channel: owner, parent: null }];
  await claimRun(sql, { report, period, dueAt: now, now, told, channels });
  await sql.run(
    `UPDATE trouble SET changed = true, notice = (SELECT id FROM run WHERE report = $1)
     WHERE id = ANY ($2::bigint[])`,
    [report, untold.map(({ id }) => id)],
  );
}

/** What a platform's trouble brings with it, posts that were given up, is told where that is told. */
async function joinNotices(sql: Sql): Promise<void> {
  await sql.run(
    `UPDATE trouble t SET changed = true, notice = p.notice FROM trouble p
     WHERE t.over_at IS NULL AND t.notice IS NULL AND t.about LIKE 'delivery/%'
       AND p.over_at IS NULL AND p.notice IS NOT NULL
       AND p.about = 'platform/' || split_part(t.subject ->> 'channel', ':', 1)`,
  );
}

const noticeRow = z.object({ id: z.coerce.number(), revision: z.number() });
/** What we wrote ourselves. */
const subject = z.custom<TroubleSubject>((value) => typeof value === "object" && value !== null);
const troubleRow: z.ZodType<Trouble> = z.object({
  subject,
  code: z.string(),
  since: z.string(),
  over: z.string().nullable(),
});

/** Each notice says what its troubles say; where it stands already, it is edited. */
async function reviseNotices(sql: Sql): Promise<void> {
  const behind = await sql.rows(
    noticeRow,
    `SELECT r.id, r.revision FROM run r
     WHERE r.id IN (SELECT t.notice FROM trouble t WHERE t.changed AND t.notice IS NOT NULL)`,
  );
  for (const run of behind) {
    const troubles = await sql.rows(
      troubleRow,
      `SELECT subject, code, since, over_at AS over FROM trouble WHERE notice = $1 ORDER BY id`,
      [run.id],
    );
    const told: ToldNotice = { kind: "notice", troubles };
    if (!(await reviseTold(sql, run, told))) continue;
    await sql.run("UPDATE trouble SET changed = false WHERE notice = $1 AND changed", [run.id]);
  }
}
