/** The rows of a scorecard, or of what is told as one, as a table. */
import type { Block } from "../message.ts";
import type { WeekStart } from "../metrics/index.ts";
import { weekName } from "./say-week.ts";
import type { ScorecardCells } from "./scorecard-words.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";

/** What the columns of names and of verdicts are called. */
export interface CellLabels {
  name: string;
  verdict: string;
}

const ofMetrics: CellLabels = { name: "metric", verdict: "verdict" };

/** Without a target in any row there is no column for it, nor one of figures for what has none. */
export function tableOfCells(
  caption: string,
  week: WeekStart,
  rows: readonly ScorecardCells[],
  labels = ofMetrics,
): Block {
  const shown = columnsOf(weekName(week), labels).filter(
    ({ label, say }) =>
      label === labels.name || rows.length === 0 || rows.some((row) => say(row) !== ""),
  );
  return tableOf(caption, shown, rows);
}

function columnsOf(
  week: string,
  { name, verdict }: CellLabels,
): readonly TellingColumn<ScorecardCells>[] {
  return [
    { label: name, align: "left", say: (row) => row.name },
    { label: week, align: "right", say: ({ value }) => value },
    { label: "change", align: "right", say: ({ change }) => change },
    { label: verdict, align: "left", say: (row) => row.verdict },
    { label: "target", align: "left", say: ({ target }) => target },
    { label: "owner", align: "left", say: ({ owner }) => owner },
  ];
}

export type BareCells = Pick<ScorecardCells, "name" | "verdict" | "owner">;

/** The same without a figure. */
export function tableOfBareCells(
  caption: string,
  rows: readonly BareCells[],
  { name, verdict } = ofMetrics,
): Block {
  const columns: readonly TellingColumn<BareCells>[] = [
    { label: name, align: "left", say: (row) => row.name },
    { label: verdict, align: "left", say: (row) => row.verdict },
    { label: "owner", align: "left", say: ({ owner }) => owner },
  ];
  return tableOf(caption, columns, rows);
}
