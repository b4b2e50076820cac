import { cardFrame } from "./card-frame.ts";
import type { Sheet } from "./drawing.ts";
import { type LegendEntry, legend } from "./legend.ts";
import type { MarkShape } from "./mark-shape.ts";
import { segmentBars } from "./segment-bars.ts";
import type { SegmentBars } from "./segment-card.ts";
import { num, svgText } from "./svg.ts";
import { textLines } from "./text-lines.ts";
import type { Palette } from "./theme.ts";
import { titleLine } from "./title-line.ts";
import type { TrendCard } from "./trend-card.ts";
import { dateCaption, type TrendPlot } from "./trend-plot.ts";
import { plotHeight } from "./trend-template.ts";
import { type PlotTemplate, plotMarks } from "./vega-plot.ts";
import { verdictStrip } from "./verdict-strip.ts";
import { tickSize } from "./week-axis.ts";

const width = 600;
const padding = 20;
/** What a plot and its axes may take. */
export const sheetRoom = width - 2 * padding;
/** Of the dates under the plot, from its bottom: as Vega places them. */
const weekBaseline = 18.5;

/** The words around a plot of weeks. */
export type SheetWords = Pick<
  TrendCard,
  "title" | "subtitle" | "value" | "pill" | "verdict" | "footer" | "points" | "grain"
>;

export interface SheetPlot {
  plot: TrendPlot;
  template: PlotTemplate;
  legend: readonly LegendEntry[];
  /** Before the words of the verdict. */
  shape: MarkShape;
  /** Under the plot; absent or null: none. */
  segments?: SegmentBars | null;
}

/** A plot of weeks among its words: title and value, the verdict, the legend, the dates, the segments, the footer. */
export async function weeklySheet(
  words: SheetWords,
  { plot, template, legend: entries, shape, segments = null }: SheetPlot,
  palette: Palette,
): Promise<Sheet> {
  const muted = (size: number) => ({ size, fill: palette.muted });
  const title = titleLine(words, { x: padding, y: padding, width: sheetRoom }, palette);
  const at = { x: padding, top: title.bottom + 2, width: sheetRoom, most: 1 };
  const subtitle = textLines(words.subtitle, at, muted(13));
  const strip = { x: padding, y: subtitle.bottom + 10, width: sheetRoom };
  const verdict = verdictStrip({ ...words.verdict, shape }, strip, palette);
  const row = { x: padding, y: verdict.bottom + 23, width: sheetRoom };
  const key = legend(entries, row, palette);
  const top = verdict.bottom + 38;
  const below = top + plotHeight;
  const marks = await plotMarks(template, plot);
  const caption = svgText(padding, below + weekBaseline, dateCaption(words.grain), muted(tickSize));
  const under = { x: padding, y: below + 36, width: sheetRoom };
  const bars = segments ? segmentBars(segments, under, palette) : { svg: "", bottom: below + 27 };
  const footer = textLines(words.footer, { ...at, top: bars.bottom + 6, most: 2 }, muted(12));
  const placed = `<g transform="translate(${num(padding + plot.left)},${num(top)})">${marks}</g>`;
  const note = words.points.some(({ value }) => value !== null) ? "" : emptyNote(top, palette);
  const contents = [
    title.svg,
    subtitle.svg,
    verdict.svg,
    key,
    placed,
    note,
    caption,
    bars.svg,
    footer.svg,
  ];
  return cardFrame(width, footer.bottom + padding - 4, palette, contents.join(""));
}

function emptyNote(top: number, palette: Palette): string {
  const middle = { size: 13, fill: palette.muted, anchor: "middle" } as const;
  return svgText(width / 2, top + plotHeight / 2 + 4.5, "No value in these weeks", middle);
}
