import { cardFrame } from "./card-frame.ts";
import type { Drawing, Sheet } from "./drawing.ts";
import { type Lettering, newLettering } from "./legible-text.ts";
import { inDrawing, rasterise } from "./rasterise.ts";
import { RenderError } from "./render-error.ts";
import type { ScorecardCard, ScorecardRow } from "./scorecard-card.ts";
import {
  headings,
  type ScorecardColumns,
  scorecardColumns,
  smallSize,
} from "./scorecard-columns.ts";
import { rowHeight, scorecardRow } from "./scorecard-row.ts";
import { svgLine, svgRect, svgText } from "./svg.ts";
import { fittedText, textLines } from "./text-lines.ts";
import { type Palette, palettes } from "./theme.ts";

const width = 640;
/** From the card's edge to its texts: narrower than a trend's, as the columns need the room. */
const edge = 16;
const inner = width - 2 * edge;
const mostRows = 300;
/** From a row's ground to the text on it. */
const inset = 8;

/**
 * Draws the scorecard, 640 logical pixels wide and as tall as its rows: a table of our own, as it
 * takes a thirtieth of the time of one drawn by Vega. Throws a RenderError and nothing else.
 */
export function drawScorecard(card: ScorecardCard): Promise<Drawing> {
  return inDrawing(async () => {
    const lettering = newLettering();
    const sheet = scorecardSheet(legibleCard(card, lettering));
    return { ...(await rasterise(sheet)), uncovered: [...lettering.uncovered] };
  });
}

function legibleCard(card: ScorecardCard, { legible }: Lettering): ScorecardCard {
  const legibleRow = (row: ScorecardRow): ScorecardRow => ({
    ...row,
    name: legible(row.name),
    owner: legible(row.owner),
    value: legible(row.value),
    change: {
      ...row.change,
      text: legible(row.change.text),
      grade: legible(row.change.grade),
    },
    verdict: { ...row.verdict, text: legible(row.verdict.text) },
    target: row.target && {
      ...row.target,
      level: legible(row.target.level),
      state: legible(row.target.state),
    },
  });
  return {
    ...card,
    title: legible(card.title),
    subtitle: legible(card.subtitle),
    rows: card.rows.map(legibleRow),
    footer: legible(card.footer),
  };
}

function scorecardSheet(card: ScorecardCard): Sheet {
  if (card.rows.length > mostRows) throw new RenderError("bad_card", "too many rows");
  const palette = palettes[card.theme];
  const big = { size: 18, smallest: 15, weight: 600, fill: palette.text } as const;
  const title = fittedText(edge, edge + 22, card.title, inner, big);
  const at = { x: edge, top: edge + 32, width: inner, most: 2 };
  const subtitle = textLines(card.subtitle, at, { size: 13, fill: palette.muted });
  const columns = scorecardColumns(card.rows, edge, width - edge);
  const top = subtitle.bottom + 36;
  const rows = card.rows.map((row, i) => zebraRow(row, i, columns, top + i * rowHeight, palette));
  const under = { ...at, top: top + card.rows.length * rowHeight + 10 };
  const footer = textLines(card.footer, under, { size: 12, fill: palette.muted });
  const heads = headingLine(columns, subtitle.bottom + 24, palette);
  const contents = [title, subtitle.svg, heads, ...rows, footer.svg].join("");
  return cardFrame(width, footer.bottom + edge, palette, contents);
}

function headingLine(columns: ScorecardColumns, y: number, palette: Palette): string {
  const style = { size: smallSize, fill: palette.muted };
  const end = { ...style, anchor: "end" } as const;
  return [
    svgText(columns.name.x, y, headings.name, style),
    svgText(columns.series.x, y, headings.series, style),
    svgText(columns.value.right, y, headings.value, end),
    svgText(columns.change.right, y, headings.change, end),
    svgText(columns.verdict.x, y, headings.verdict, style),
    svgLine(edge - inset, y + 11.5, width - edge + inset, y + 11.5, {
      stroke: palette.border,
      width: 1,
    }),
  ].join("");
}

function zebraRow(
  row: ScorecardRow,
  i: number,
  columns: ScorecardColumns,
  top: number,
  palette: Palette,
): string {
  if (i % 2 === 0)
    return scorecardRow(row, columns, { top, background: palette.background }, palette);
  const box = { x: edge - inset, y: top, width: inner + 2 * inset, height: rowHeight };
  const ground = svgRect(box, 4, palette.zebra);
  return ground + scorecardRow(row, columns, { top, background: palette.zebra }, palette);
}
