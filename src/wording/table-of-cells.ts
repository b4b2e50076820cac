/** The rows of a scorecard, or of what is told as one, as a table. */
import type { Block } from "../message.ts";
import type { WeekStart } from "../metrics/index.ts";
import { weekName } from "./say-week.ts";
import type { ScorecardCells } from "./scorecard-words.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";

/** Without a target in any row there is no column for it, nor one of figures for what has none. */
export function tableOfCells(
  caption: string,
  week: WeekStart,
  rows: readonly ScorecardCells[],
): Block {
  const shown = columnsOf(weekName(week)).filter(
    ({ label, say }) =>
      label === "metric" || rows.length === 0 || rows.some((row) => say(row) !== ""),
  );
  return tableOf(caption, shown, rows);
}

function columnsOf(week: string): readonly TellingColumn<ScorecardCells>[] {
  return [
    { label: "metric", align: "left", say: ({ name }) => name },
    { label: week, align: "right", say: ({ value }) => value },
    { label: "change", align: "right", say: ({ change }) => change },
    { label: "verdict", align: "left", say: ({ verdict }) => verdict },
    { label: "target", align: "left", say: ({ target }) => target },
    { label: "owner", align: "left", say: ({ owner }) => owner },
  ];
}

export type BareCells = Pick<ScorecardCells, "name" | "verdict" | "owner">;

const bareColumns: readonly TellingColumn<BareCells>[] = [
  { label: "metric", align: "left", say: ({ name }) => name },
  { label: "verdict", align: "left", say: ({ verdict }) => verdict },
  { label: "owner", align: "left", say: ({ owner }) => owner },
];

/** The same without a figure. */
export function tableOfBareCells(caption: string, rows: readonly BareCells[]): Block {
  return tableOf(caption, bareColumns, rows);
}
