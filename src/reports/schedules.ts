/** What comes by the clock, and what each claims when it is due. */
import type { Database, Sql } from "../db/index.ts";
import { addWeeks, type WeekStart, weekOf } from "../metrics/index.ts";
import { endSuperseded } from "./delivery-store.ts";
import type { ReportContext } from "./report-context.ts";
import { claimRun, SCORECARD, SOURCES, TEAM } from "./run-store.ts";
import { keepSchedules, type Schedule, takeDue } from "./schedule-store.ts";
import { endTrouble } from "./trouble-store.ts";

interface Claim {
  sql: Sql;
  dueAt: Temporal.Instant;
  now: Temporal.Instant;
}

interface Scheduled extends Schedule {
  claim(context: ReportContext, claim: Claim): Promise<void>;
}

/** The data first, which the reports wait for, and then the scorecard: what is due with it leads to it. */
function schedulesOf({ sources, scorecard, breakdowns }: ReportContext): Scheduled[] {
  return [
    ...(sources === null ? [] : [{ report: SOURCES, rule: sources.rule, claim: claimLoad }]),
    { report: SCORECARD, rule: scorecard.rule, claim: claimScorecard },
    { report: "breakdowns", rule: breakdowns, claim: claimTeams },
  ];
}

export async function startSchedules(
  db: Database,
  context: ReportContext,
  now: Temporal.Instant,
): Promise<void> {
  await keepSchedules(db, schedulesOf(context), now);
  // What kpi.yaml plans no more fails no more, and no load will come to say so.
  if (context.sources === null) await endTrouble(db, { kind: "sources" }, now);
}

/** Claims what is due: runs, their deliveries and the next due time, each schedule in one transaction. */
export async function claimDue(context: ReportContext, now: Temporal.Instant): Promise<void> {
  for (const { claim, ...schedule } of schedulesOf(context))
    await takeDue(context.metrics.db, schedule, now, (sql, dueAt) =>
      claim(context, { sql, dueAt, now }),
    );
}

/** A load has the day for a period, and is said nowhere. */
async function claimLoad({ sources }: ReportContext, { sql, dueAt, now }: Claim): Promise<void> {
  if (sources === null) return;
  const period = dueAt.toZonedDateTimeISO(sources.rule.timeZone).toPlainDate().toString();
  await claimRun(sql, { report: SOURCES, period, dueAt, now, channels: [] });
}

function claimScorecard(context: ReportContext, claim: Claim): Promise<void> {
  return claimWeek(context, SCORECARD, context.scorecard.channels, claim);
}

async function claimTeams(context: ReportContext, claim: Claim): Promise<void> {
  for (const [name, { channels }] of context.teams)
    if (channels.length > 0) await claimWeek(context, `${TEAM}/${name}`, channels, claim);
}

async function claimWeek(
  context: ReportContext,
  report: string,
  channels: readonly string[],
  { sql, dueAt, now }: Claim,
): Promise<void> {
  const period = weekBefore(context, dueAt);
  await endSuperseded(sql, report, period);
  await claimRun(sql, {
    report,
    period,
    dueAt,
    now,
    channels: channels.map((channel) => ({ channel, parent: null })),
  });
}

/** The week that is over at `instant`. */
function weekBefore(context: ReportContext, instant: Temporal.Instant): WeekStart {
  const { timeZone, weekStarts } = context.metrics.settings;
  return addWeeks(weekOf(instant.toZonedDateTimeISO(timeZone).toPlainDate(), weekStarts), -1);
}
