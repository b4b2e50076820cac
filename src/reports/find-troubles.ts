/** What does not work now, as the outbox and the runs show it. A notice's own failure is none. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { TroubleSubject } from "../wording/index.ts";
import { isOfToken } from "./mendable.ts";
import { HAS_LATER, IS_NOTICE, SOURCES } from "./run-store.ts";

export interface Found {
  subject: TroubleSubject;
  code: string;
  /** Milliseconds for which it has failed. */
  forMs: number;
}

/** `now` is the program's clock: what one that was ahead has claimed is no newer report. */
export async function findTroubles(sql: Sql, now: Temporal.Instant): Promise<Found[]> {
  return [
    ...(await waitingForPeople(sql)),
    ...(await waitingForPlatforms(sql)),
    ...(await ended(sql, now)),
    ...(await unbuilt(sql, now)),
  ];
}

const waiting = z.object({ place: z.string(), code: z.string(), forMs: z.coerce.number() });

/** The oldest fault of a channel or platform is the one that is told. */
function waitingBy(place: string, waitsFor: "person" | "platform"): string {
  return `SELECT ${place} AS place, (array_agg(d.fault ORDER BY d.waits_since))[1] AS code,
            extract(epoch FROM now() - min(d.waits_since)) * 1000 AS "forMs"
     FROM delivery d JOIN run r ON r.id = d.run_id
     WHERE d.waits_for = '${waitsFor}' AND NOT ${IS_NOTICE} GROUP BY 1 ORDER BY 1`;
}

async function waitingForPeople(sql: Sql): Promise<Found[]> {
  const rows = await sql.rows(waiting, waitingBy("d.channel", "person"));
  return rows.map(({ place, code, forMs }) => {
    const [platform = ""] = place.split(":");
    const subject: TroubleSubject = isOfToken(code)
      ? { kind: "platform", platform }
      : { kind: "channel", channel: place };
    return { subject, code, forMs };
  });
}

async function waitingForPlatforms(sql: Sql): Promise<Found[]> {
  const rows = await sql.rows(waiting, waitingBy("split_part(d.channel, ':', 1)", "platform"));
  return rows.map(({ place, code, forMs }) => ({
    subject: { kind: "platform", platform: place },
    code,
    forMs,
  }));
}

const endedRow = z.object({
  id: z.string(),
  report: z.string(),
  period: z.string(),
  channel: z.string(),
  code: z.string(),
  forMs: z.coerce.number(),
});

/** Ended without being said, as long as nothing newer of the same report is there to be said, and for a month. */
async function ended(sql: Sql, now: Temporal.Instant): Promise<Found[]> {
  const rows = await sql.rows(
    endedRow,
    `SELECT d.id, r.report, r.period::text AS period, d.channel,
            CASE d.state WHEN 'ambiguous' THEN d.state ELSE d.fault END AS code,
            extract(epoch FROM now() - d.ended_at) * 1000 AS "forMs"
     FROM delivery d JOIN run r ON r.id = d.run_id
     WHERE d.ended_at > now() - interval '30 days' AND d.state IN ('ambiguous', 'dead')
       AND d.fault NOT IN ('superseded', 'nothing_to_show', 'skipped') AND NOT ${IS_NOTICE}
       AND NOT ${HAS_LATER}
     ORDER BY d.ended_at, d.id`,
    [now.toString()],
  );
  return rows.map(({ code, forMs, ...subject }) => ({
    subject: { kind: "delivery", ...subject },
    code,
    forMs,
  }));
}

/** From the third failure on, and then until it is built. The load of the sources tells of itself. */
async function unbuilt(sql: Sql, now: Temporal.Instant): Promise<Found[]> {
  const rows = await sql.rows(
    z.object({ report: z.string(), period: z.string() }),
    `SELECT r.report, r.period::text AS period FROM run r
     WHERE r.told IS NULL AND r.report <> '${SOURCES}'
       AND NOT ${HAS_LATER}
       AND (r.failures >= 3 OR EXISTS (
         SELECT FROM trouble t WHERE t.over_at IS NULL AND t.about = 'report/' || r.report))
     ORDER BY r.id`,
    [now.toString()],
  );
  return rows.map((run) => ({ subject: { kind: "report", ...run }, code: "not_built", forMs: 0 }));
}
