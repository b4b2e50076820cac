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
  const isActionable = (id: string): boolean =>
    context.metrics.catalogue.get(id)?.layer === "actionable";
  const ordered = rows.toSorted((a, b) => rank(a, isActionable) - rank(b, isActionable));
  return { kind: "team", scorecard: { ...built, team, rows: ordered }, silent };
}

/** A team may own seventy metrics, of which most are as ever: those that are not cost the others their readers. */
const MOST_ROWS = 12;

/** The rows of a team's post that stand in it; `others` are counted. `rows` are in a post's order. */
export function rowsOfNote(rows: readonly ScorecardEntry[]): {
  shown: ScorecardEntry[];
  others: ScorecardEntry[];
} {
  const news = rows.filter((row) => newsRank(row) < QUIET).length;
  const most = Math.max(MOST_ROWS, news);
  return { shown: rows.slice(0, most), others: rows.slice(most) };
}

/** What stands out, then what a team can act on; what all teams share is on the scorecard. */
function rank(row: ScorecardEntry, isActionable: (metric: string) => boolean): number {
  return newsRank(row) + (isActionable(row.metric) ? 0 : 0.5);
}

const words = ["signal", "run", "continuing", "seasonal"];
const [UNANSWERED, MISSED, QUIET] = [words.length, words.length + 1, words.length + 2];

function newsRank(row: ScorecardEntry): number {
  if (row.kind !== "answered") return UNANSWERED;
  const { verdict, flags } = row.answer;
  const at = words.indexOf(verdict.word);
  if (at >= 0) return at;
  return flags.includes("target_missed") ? MISSED : QUIET;
}
