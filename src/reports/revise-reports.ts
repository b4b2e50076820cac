/** After each refresh: what was told of the latest weeks is compared with what the data say now. */
import { z } from "zod";
import { isConnectionLoss, type Sql } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { hasMoved, type Scorecard, type ScorecardEntry } from "../metrics/index.ts";
import type { Restatement } from "../wording/index.ts";
import { buildRows } from "./build.ts";
import { reviseTold } from "./edit-store.ts";
import type { ReportContext } from "./report-context.ts";
import { SCORECARD, TEAM } from "./run-store.ts";
import { readTold, type ToldScorecard, type ToldTeam } from "./told.ts";

/** Older posts stay as they are: nobody reads them for their figures any more. */
const WEEKS = 4;

/** Whether a refresh has ended since the last comparison. */
export async function isToCompare(sql: Sql): Promise<boolean> {
  const [row] = await sql.rows(
    z.object({ due: z.boolean() }),
    "SELECT EXISTS (SELECT FROM refresh_run WHERE NOT compared) AS due",
  );
  return row?.due === true;
}

const toldRun = z.object({
  id: z.coerce.number(),
  period: z.string(),
  report: z.string(),
  revision: z.number(),
  told: z.unknown(),
  firstTold: z.unknown(),
});

/** A report that cannot be compared is told of and left as it stands. */
export async function reviseReports(context: ReportContext, now: Temporal.Instant): Promise<void> {
  const { db } = context.metrics;
  const upTo = await latestRefresh(db);
  const runs = await db.rows(
    toldRun,
    `SELECT id, period::text AS period, report, revision, told, first_told AS "firstTold"
     FROM run WHERE told IS NOT NULL AND (report = $1 OR report LIKE $2)
       AND period > (SELECT max(period) FROM run WHERE told IS NOT NULL AND report = $1 AND due_at <= $4)
                    - 7 * $3::int
     ORDER BY period DESC, id`,
    [SCORECARD, `${TEAM}/%`, WEEKS, now.toString()],
  );
  for (const run of runs)
    await revise(context, run).catch((error: unknown) => {
      if (isConnectionLoss(error)) throw error;
      context.log.error("report_not_compared", { report: run.report, ...errorFields(error) });
    });
  await db.run("UPDATE refresh_run SET compared = true WHERE id <= $1", [upTo]);
}

async function latestRefresh(sql: Sql): Promise<number> {
  const [row] = await sql.rows(
    z.object({ id: z.coerce.number() }),
    "SELECT coalesce(max(id), 0) AS id FROM refresh_run",
  );
  return row?.id ?? 0;
}

async function revise(context: ReportContext, run: z.infer<typeof toldRun>): Promise<void> {
  const [told, first] = [scorecardOf(run.told), scorecardOf(run.firstTold)];
  if (told === null || first === null) return;
  const ids = told.scorecard.rows.map(({ metric }) => metric);
  const fresh = await buildRows(context, ids, run, false);
  const rows = told.scorecard.rows.map((old, i) => newer(old, fresh.rows[i] ?? old));
  if (rows.every((row, i) => row === told.scorecard.rows[i])) return;
  const scorecard = { ...told.scorecard, rows };
  const revised = { ...told, scorecard, restated: restatements(first.scorecard, scorecard) };
  if (await reviseTold(context.metrics.db, run, revised))
    context.log.info("report_restated", { report: run.report, period: run.period });
}

function scorecardOf(value: unknown): ToldScorecard | ToldTeam | null {
  const told = readTold(value);
  return told?.kind === "scorecard" || told?.kind === "team" ? told : null;
}

/** The row as it is now where it says something else; the very same object where it does not. */
function newer(old: ScorecardEntry, fresh: ScorecardEntry): ScorecardEntry {
  if (fresh.kind !== "answered") return old;
  return hasMoved(figureOf(old), figureOf(fresh)) ? fresh : old;
}

function figureOf(row: ScorecardEntry | undefined): number | null {
  return row?.kind === "answered" ? row.answer.figures.value : null;
}

/** What differs from what was told first, whatever was told in between. */
function restatements(first: Scorecard, now: Scorecard): Restatement[] {
  const before = new Map(first.rows.map((row) => [row.metric, row]));
  return now.rows.flatMap((row) => {
    if (row.kind !== "answered") return [];
    const [was, value] = [figureOf(before.get(row.metric)), figureOf(row)];
    const { unit } = row.answer;
    return hasMoved(was, value)
      ? [{ metric: row.metric, name: row.name, unit, was, now: value }]
      : [];
  });
}
