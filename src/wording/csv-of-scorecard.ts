/** A scorecard as a file, a row a metric; of one without a value the state says why. */
import type { Answer, Scorecard, ScorecardEntry } from "../metrics/index.ts";
import { type CsvCell, type CsvFile, csvText } from "./csv-text.ts";
import { weekName } from "./say-week.ts";
import { unansweredWord } from "./scorecard-words.ts";
import { unitInFile } from "./unit-in-file.ts";
import type { Voice } from "./voice.ts";

export function csvOfScorecard(scorecard: Scorecard, voice: Voice): CsvFile {
  const { week, team, rows } = scorecard;
  const whose =
    team === undefined ? "" : `-${team.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-")}`;
  const columns = [...head, ...figures];
  return {
    name: `scorecard${whose}-${weekName(week)}.csv`,
    text: csvText(
      columns.map(({ label }) => label),
      rows.map((row) => [
        ...head.map(({ of }) => of(row, week)),
        ...figures.map(({ of }) => (row.kind === "answered" ? of(row.answer, voice) : null)),
      ]),
    ),
  };
}

interface Column<Args extends readonly unknown[]> {
  label: string;
  of(...args: Args): CsvCell;
}

const head: readonly Column<[row: ScorecardEntry, week: string]>[] = [
  { label: "week", of: (_, week) => weekName(week) },
  { label: "week_start", of: (_, week) => week },
  { label: "metric", of: ({ metric }) => metric },
  { label: "name", of: ({ name }) => name },
  { label: "owners", of: ({ owners }) => owners.join(", ") },
  {
    label: "state",
    of: (row) => (row.kind === "answered" ? row.answer.status : unansweredWord(row)),
  },
];

/** Every number is in the unit of its row, but for what names another. */
const figures: readonly Column<[answer: Answer, voice: Voice]>[] = [
  { label: "unit", of: ({ unit }, voice) => unitInFile(unit, voice) },
  { label: "value", of: ({ figures: { value } }) => value },
  { label: "numerator", of: ({ figures: { num } }) => num },
  { label: "denominator", of: ({ figures: { den } }) => den },
  { label: "n", of: ({ figures: { n } }) => n },
  { label: "window (weeks)", of: ({ windowWeeks }) => windowWeeks },
  { label: "previous_week", of: ({ previous }) => previous && weekName(previous.week) },
  { label: "previous", of: ({ previous }) => previous?.value ?? null },
  { label: "change", of: ({ change }) => change.absolute },
  { label: "change (fraction of previous)", of: ({ change }) => change.relative },
  {
    label: "change is",
    of: ({ change: { better } }) => (better === null ? "" : better ? "better" : "worse"),
  },
  { label: "verdict", of: ({ verdict }) => verdict.word },
  { label: "expected", of: ({ verdict }) => verdict.expected },
  { label: "low", of: ({ verdict }) => verdict.low },
  { label: "high", of: ({ verdict }) => verdict.high },
  { label: "open_since", of: ({ verdict: { since } }) => since && weekName(since) },
  {
    label: "target",
    of: ({ metric, target }) => (target?.metric === metric ? target.value : null),
  },
  { label: "target_state", of: ({ target }) => target?.status ?? null },
  { label: "flags", of: ({ flags }) => flags.join(" ") },
  { label: "as_of", of: ({ asOf }) => asOf },
];
