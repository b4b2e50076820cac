import type { Weight } from "./font-files.ts";
import type { ScorecardRow } from "./scorecard-card.ts";
import { textWidth } from "./text-width.ts";
import type { Tone } from "./theme.ts";

export const textSize = 13;
export const smallSize = 12;

export const headings = {
  name: "Metric",
  series: "Trend",
  value: "Value",
  change: "Change",
  verdict: "Verdict",
} as const;

/** From a verdict's shape to its word. */
export const shapeRoom = 17;
const gap = 14;
/** The sparklines take what short names leave, up to the most. */
const series = { least: 62, most: 140 } as const;
/** What a column may take from the names at most. */
const widest = { value: 112, change: 104, verdict: 124 } as const;

/** Where the columns stand: `x` is the left edge, or of numbers the right one. */
export interface ScorecardColumns {
  name: { x: number; width: number };
  series: { x: number; width: number };
  value: { right: number; width: number };
  change: { right: number; width: number };
  verdict: { x: number; width: number };
}

/** Gives each column the width of its widest cell, up to its limit, the names what is left, the lines what they leave. */
export function scorecardColumns(
  rows: readonly ScorecardRow[],
  from: number,
  to: number,
): ScorecardColumns {
  const value = widestOf(widest.value, headings.value, rows, (row) =>
    Math.max(textWidth(row.value, textSize, 600), textWidth(targetWords(row.target), smallSize)),
  );
  const change = widestOf(widest.change, headings.change, rows, (row) =>
    textWidth(row.change.text, textSize),
  );
  const verdict = widestOf(
    widest.verdict,
    headings.verdict,
    rows,
    ({ verdict: { text, tone }, target }) =>
      shapeRoom +
      Math.max(
        textWidth(text, textSize, verdictWeight(tone)),
        textWidth(target?.state ?? "", smallSize),
      ),
  );
  const verdictX = to - verdict;
  const changeRight = verdictX - gap;
  const valueRight = changeRight - change - gap;
  const nameRoom = valueRight - value - gap - series.least - gap - from;
  const names = widestOf(nameRoom, headings.name, rows, (row) =>
    Math.max(textWidth(row.name, textSize), textWidth(row.owner, smallSize)),
  );
  const seriesWidth = Math.min(series.most, series.least + nameRoom - names);
  const seriesX = valueRight - value - gap - seriesWidth;
  return {
    name: { x: from, width: seriesX - gap - from },
    series: { x: seriesX, width: seriesWidth },
    value: { right: valueRight, width: value },
    change: { right: changeRight, width: change },
    verdict: { x: verdictX, width: verdict },
  };
}

export function verdictWeight(tone: Tone): Weight {
  return tone === "neutral" ? 400 : 600;
}

export function targetWords(target: ScorecardRow["target"]): string {
  return target === null || target.level === "" ? "" : `target ${target.level}`;
}

function widestOf(
  most: number,
  heading: string,
  rows: readonly ScorecardRow[],
  width: (row: ScorecardRow) => number,
): number {
  return Math.min(most, Math.ceil(Math.max(textWidth(heading, smallSize), ...rows.map(width))));
}
