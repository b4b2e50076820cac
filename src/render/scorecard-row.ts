import { type MarkShape, markShape } from "./mark-shape.ts";
import type { ScorecardRow, TargetKind, VerdictKind } from "./scorecard-card.ts";
import {
  type ScorecardColumns,
  shapeRoom,
  smallSize,
  targetWords,
  textSize,
  verdictWeight,
} from "./scorecard-columns.ts";
import { sparkline } from "./sparkline.ts";
import { fittedText } from "./text-lines.ts";
import { type Palette, toneColour } from "./theme.ts";

export const rowHeight = 42;
/** Baselines of the two lines, from the row's top. */
const firstLine = 18;
const secondLine = 34;

/** Numbers stand at the right; a long one shrinks. */
const number = { smallest: 9, anchor: "end" } as const;

const shapes: Record<VerdictKind, MarkShape> = {
  signal_up: "up",
  signal_down: "down",
  run: "diamond",
  continuing: "hollow-diamond",
  seasonal: "wave",
  routine: "hollow-circle",
  untested: "dash",
  late: "clock",
  failed: "cross",
};

const targetShapes: Record<TargetKind, MarkShape> = {
  reached: "check",
  near: "hollow-up",
  missed: "cross",
  unknown: "dash",
};

interface RowGround {
  top: number;
  background: string;
}

/** One metric on two lines: name, value, change and verdict over owner, target and how that stands. */
export function scorecardRow(
  row: ScorecardRow,
  columns: ScorecardColumns,
  ground: RowGround,
  palette: Palette,
): string {
  const { top } = ground;
  return [
    nameCell(row, columns, top, palette),
    seriesCell(row, columns, ground, palette),
    valueCell(row, columns, top, palette),
    changeCell(row, columns, top, palette),
    verdictCell(row, columns, top, palette),
  ].join("");
}

function nameCell(
  row: ScorecardRow,
  { name }: ScorecardColumns,
  top: number,
  palette: Palette,
): string {
  const title = { size: textSize, smallest: smallSize, fill: palette.text };
  const owner = { size: smallSize, smallest: smallSize, fill: palette.muted };
  return (
    fittedText(name.x, top + firstLine, row.name, name.width, title) +
    fittedText(name.x, top + secondLine, row.owner, name.width, owner)
  );
}

function seriesCell(
  { series, verdict }: ScorecardRow,
  columns: ScorecardColumns,
  { top, background }: RowGround,
  palette: Palette,
): string {
  const { x, width } = columns.series;
  const dot = verdict.tone === "neutral" ? palette.actual : palette[verdict.tone];
  const box = { x: x + 1, y: top + 11, width: width - 5, height: rowHeight - 22 };
  return sparkline(series, box, { line: palette.actual, dot, background });
}

function valueCell(
  row: ScorecardRow,
  { value }: ScorecardColumns,
  top: number,
  palette: Palette,
): string {
  const { right, width } = value;
  const figure = { ...number, size: textSize, weight: 600, fill: palette.text } as const;
  const target = { ...number, size: smallSize, fill: palette.muted } as const;
  return (
    fittedText(right, top + firstLine, row.value, width, figure) +
    fittedText(right, top + secondLine, targetWords(row.target), width, target)
  );
}

function changeCell(
  { change: { text, grade, tone } }: ScorecardRow,
  { change: { right, width } }: ScorecardColumns,
  top: number,
  palette: Palette,
): string {
  const style = { ...number, size: textSize, fill: toneColour(palette, tone) };
  const quiet = tone === "neutral" ? palette.muted : style.fill;
  return (
    fittedText(right, top + firstLine, text, width, style) +
    fittedText(right, top + secondLine, grade, width, { ...number, size: smallSize, fill: quiet })
  );
}

/** Signals stand out by weight and colour; a routine week keeps to the muted text. */
function verdictCell(
  { verdict, target }: ScorecardRow,
  columns: ScorecardColumns,
  top: number,
  palette: Palette,
): string {
  const { x, width } = columns.verdict;
  const fill = verdict.tone === "neutral" ? palette.muted : palette[verdict.tone];
  const weight = verdictWeight(verdict.tone);
  const style = { size: textSize, smallest: 10, weight, fill };
  const shape = markShape(shapes[verdict.kind], x + 6, top + firstLine - 4.5, fill);
  const word = fittedText(x + shapeRoom, top + firstLine, verdict.text, width - shapeRoom, style);
  return shape + word + (target ? targetState(target, columns, top, palette) : "");
}

/** Never in colour: that marks what is out of the ordinary. */
function targetState(
  { state, kind }: NonNullable<ScorecardRow["target"]>,
  columns: ScorecardColumns,
  top: number,
  palette: Palette,
): string {
  if (state === "") return "";
  const { x, width } = columns.verdict;
  const style = { size: smallSize, smallest: 9, fill: palette.muted };
  const shape = markShape(targetShapes[kind], x + 6, top + secondLine - 4, palette.muted);
  return shape + fittedText(x + shapeRoom, top + secondLine, state, width - shapeRoom, style);
}
