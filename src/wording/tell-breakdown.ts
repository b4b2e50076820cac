/** A metric by the segments of one dimension. */
import type { Block } from "../message.ts";
import type { Answer, Segment } from "../metrics/index.ts";
import { scaleOf } from "./duration-unit.ts";
import { sayFigure, sayScaled, sayWhole } from "./say-number.ts";
import { sayParts } from "./say-scope.ts";
import { segmentName } from "./segment-name.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";
import { periodOf } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

/** Segments in the answer's order, the largest first; thin ones say so. */
export function breakdownTable(answer: Answer, voice: Voice): Extract<Block, { kind: "table" }> {
  const caption = `${answer.name} by ${dimensionOf(answer)}`;
  return tableOf(caption, columnsOf(answer, voice), segmentsOf(answer));
}

/** `most`: how many are named; of the others it is said how many there are. */
export function sayBreakdown(answer: Answer, voice: Voice, most = Infinity): string {
  const segments = segmentsOf(answer);
  const said = segments
    .slice(0, most)
    .map(
      (segment) =>
        `${segmentName(segment)} ${sayFigure(answer.unit, segment.value, voice)}${segment.lowN ? " (thin sample)" : ""}`,
    );
  const rest = segments.length - said.length;
  const more = rest > 0 ? `, and ${rest} more` : "";
  return said.length === 0
    ? `By ${dimensionOf(answer)}: nothing to show.`
    : `By ${dimensionOf(answer)}: ${said.join(", ")}${more}.`;
}

/** The sample has a column of its own only where no other column shows it. */
function columnsOf(answer: Answer, voice: Voice): TellingColumn<Segment>[] {
  const { unit, nMin, isOfWhole } = answer;
  const parts = (segment: Segment): string =>
    sayParts({ unit, isOfWhole, figures: segment }, voice);
  const segments = segmentsOf(answer);
  const scale = scaleOf(
    unit,
    segments.map(({ value }) => value),
  );
  const period = periodOf(unit);
  const columns: TellingColumn<Segment>[] = [
    { label: dimensionOf(answer), align: "left", say: segmentName },
    {
      label: period === null ? "value" : `per ${period}`,
      align: "right",
      say: ({ value }) => ({ text: sayScaled(scale, value, voice), value }),
    },
  ];
  if (segments.some((segment) => parts(segment) !== ""))
    columns.push({ label: "of", align: "right", say: parts });
  const isSized = segments.some(({ n, den, value }) => n !== null && n !== den && n !== value);
  const isThin = segments.some(({ lowN }) => lowN);
  const thin = `thin (under ${sayWhole(nMin, voice)})`;
  if (isSized)
    columns.push({
      label: "sample",
      align: "right",
      say: ({ n }) => ({ text: sayWhole(n ?? 0, voice), value: n }),
    });
  if (isThin)
    columns.push({
      label: isSized ? "" : "sample",
      align: "left",
      say: ({ lowN }) => (lowN ? thin : "enough"),
    });
  return columns;
}

function dimensionOf({ breakdown }: Answer): string {
  return breakdown?.dimension ?? "";
}

function segmentsOf({ breakdown }: Answer): readonly Segment[] {
  return breakdown?.segments ?? [];
}
