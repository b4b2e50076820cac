/** A team's own post: its metrics and those of its drivers, led back to the scorecard. */
import { metricsOfTeam, type ScorecardEntry } from "../metrics/index.ts";
import { type Build, buildRows } from "./build.ts";
import type { ReportContext } from "./report-context.ts";
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
  const rows = built.rows.filter((row) => row.kind !== "failed" || row.reason !== "no_data");
  const silent = built.rows.length - rows.length;
  return { kind: "team", scorecard: { ...built, team, rows: rows.toSorted(byNews) }, silent };
}

/** What stands out first, since the end of a long table is what a platform cuts. */
function byNews(a: ScorecardEntry, b: ScorecardEntry): number {
  return rank(a) - rank(b);
}

const order = ["signal", "run", "continuing", "seasonal"];

function rank(row: ScorecardEntry): number {
  const at = row.kind === "answered" ? order.indexOf(row.answer.verdict.word) : order.length - 0.5;
  return at < 0 ? order.length : at;
}
