/** A team's own post: its metrics and those of its drivers, led back to the scorecard. */
import { lacksData, metricsOfTeam } from "../metrics/index.ts";
import { type Build, buildRows } from "./build.ts";
import type { ReportContext } from "./report-context.ts";
import { byNote } from "./rows-of-note.ts";
import { TEAM } from "./run-store.ts";
import type { ToldTeam } from "./told.ts";

/** Built after the scorecard of its week, which has brought the data up to date. */
export async function buildTeamRun(
  context: ReportContext,
  { run, isPatient }: Build,
): Promise<ToldTeam> {
  const team = run.report.slice(TEAM.length + 1);
  const ids = metricsOfTeam(context.metrics.catalogue, team).map(({ id }) => id);
  const built = await buildRows(context, ids, run, isPatient);
  // What no source has ever filled is nobody's news on a Monday.
  const rows = built.rows.filter((row) => !lacksData(row));
  const silent = built.rows.length - rows.length;
  const isActionable = (id: string): boolean =>
    context.metrics.catalogue.get(id)?.layer === "actionable";
  return {
    kind: "team",
    scorecard: { ...built, team, rows: byNote(rows, isActionable) },
    silent,
  };
}
