import type { SegmentBar, SegmentBars } from "./segment-card.ts";
import { num, svgLine, svgText } from "./svg.ts";
import { fittedText, type Part } from "./text-lines.ts";
import { textWidth } from "./text-width.ts";
import type { Palette } from "./theme.ts";

const rowHeight = 24;
const barHeight = 12;
const size = 13;
const smallSize = 12;
const gap = 12;
/** What a column may take from the bars at most. */
const widest = { label: 172, value: 104, note: 112 } as const;

interface Columns {
  label: { x: number; width: number };
  bar: { x: number; width: number };
  value: { right: number; width: number };
  note: { x: number; width: number };
}

/** Where a value stands among the bars; all of them begin at 0, which is always in sight. */
type Place = (value: number) => number;

/**
 * A heading and a row a segment: name, bar, value and what is to be known of it. The bar of a thin
 * sample is an outline, so that it is not taken for a full one; a missing value has none.
 */
export function segmentBars(
  { title, rows, more }: SegmentBars,
  { x, y, width }: { x: number; y: number; width: number },
  palette: Palette,
): Part {
  const heading = { size, smallest: smallSize, weight: 600, fill: palette.text } as const;
  const top = y + 24;
  const bottom = top + rows.length * rowHeight;
  const columns = columnsOf(rows, x, x + width);
  const place = placing(rows, columns.bar);
  const zero = svgLine(place(0), top, place(0), bottom, { stroke: palette.axis, width: 1 });
  const drawn = rows.map((row, i) => {
    const middle = top + rowHeight * (i + 0.5);
    return rowWords(row, columns, middle, palette) + bar(row, place, middle, palette);
  });
  const rest = svgText(x, bottom + 16, more, { size: smallSize, fill: palette.muted });
  return {
    svg: fittedText(x, y + 14, title, width, heading) + drawn.join("") + zero + rest,
    bottom: bottom + (more === "" ? 4 : 24),
  };
}

function columnsOf(rows: readonly SegmentBar[], left: number, right: number): Columns {
  const widestOf = (most: number, width: (row: SegmentBar) => number) =>
    Math.min(most, Math.ceil(Math.max(0, ...rows.map(width))));
  const label = widestOf(widest.label, (row) => textWidth(row.label, size));
  const value = widestOf(widest.value, (row) => textWidth(row.text, size, 600));
  const note = widestOf(widest.note, (row) => textWidth(row.note, smallSize));
  const noteX = right - note;
  const valueRight = note === 0 ? right : noteX - gap;
  const barX = left + label + gap;
  return {
    label: { x: left, width: label },
    bar: { x: barX, width: valueRight - value - gap - barX },
    value: { right: valueRight, width: value },
    note: { x: noteX, width: note },
  };
}

function placing(rows: readonly SegmentBar[], { x, width }: Columns["bar"]): Place {
  const values = rows.map(({ value }) => value ?? 0);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const span = high - low;
  return (value) => (span > 0 ? x + (width * (value - low)) / span : x);
}

function rowWords(
  { label, text, note }: SegmentBar,
  columns: Columns,
  middle: number,
  palette: Palette,
): string {
  const y = middle + 4.5;
  const name = { size, smallest: 11, fill: palette.text };
  const figure = { ...name, smallest: 9, weight: 600, anchor: "end" } as const;
  const small = { size: smallSize, smallest: 10, fill: palette.muted };
  return (
    fittedText(columns.label.x, y, label, columns.label.width, name) +
    fittedText(columns.value.right, y, text, columns.value.width, figure) +
    fittedText(columns.note.x, y, note, columns.note.width, small)
  );
}

function bar({ value, thin }: SegmentBar, place: Place, middle: number, palette: Palette): string {
  if (value === null || value === 0) return "";
  const [zero, end] = [place(0), place(value)];
  const width = Math.max(1, Math.abs(end - zero));
  const x = value < 0 ? zero - width : zero;
  const y = middle - barHeight / 2;
  if (!thin)
    return `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${barHeight}" fill="${palette.actual}"/>`;
  const inner = Math.max(0.5, width - 1);
  return `<rect x="${num(x + 0.5)}" y="${num(y + 0.5)}" width="${num(inner)}" height="${barHeight - 1}" fill="none" stroke="${palette.actual}" stroke-width="1" stroke-dasharray="3 2"/>`;
}
