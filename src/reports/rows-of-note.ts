/** Which rows of a team's post stand in it, and in which order. */
import type { ScorecardEntry } from "../metrics/index.ts";

/** A team may own seventy metrics, of which most are as ever: those that are not cost the others their readers. */
const MOST_ROWS = 12;

const words = ["signal", "run", "continuing", "seasonal"];
const [UNANSWERED, MISSED, QUIET] = [words.length, words.length + 1, words.length + 2];

/** What stands out first, then what a team can act on: what all teams share is on the scorecard. */
export function byNote(
  rows: readonly ScorecardEntry[],
  isActionable: (metric: string) => boolean,
): ScorecardEntry[] {
  const rank = (row: ScorecardEntry): number =>
    newsRank(row) + (isActionable(row.metric) ? 0 : 0.5);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * All rows with news, and of the others the first that there is room for; `others` are counted. In
 * the order of `rows`, in which a restatement may have brought news to a later one.
 */
export function rowsOfNote(rows: readonly ScorecardEntry[]): {
  shown: ScorecardEntry[];
  others: ScorecardEntry[];
} {
  const isNews = (row: ScorecardEntry): boolean => newsRank(row) < QUIET;
  const quiet = rows.filter((row) => !isNews(row));
  const others = quiet.slice(Math.max(0, MOST_ROWS - (rows.length - quiet.length)));
  return { shown: rows.filter((row) => !others.includes(row)), others };
}

function newsRank(row: ScorecardEntry): number {
  if (row.kind !== "answered") return UNANSWERED;
  const { verdict, flags } = row.answer;
  const at = words.indexOf(verdict.word);
  if (at >= 0) return at;
  return flags.includes("target_missed") ? MISSED : QUIET;
}
