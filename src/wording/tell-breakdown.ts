/** A metric by the segments of one dimension. */
import type { Block } from "../message.ts";
import type { Answer, Segment } from "../metrics/index.ts";
import { sayValue, sayWhole } from "./say-number.ts";
import type { Voice } from "./voice.ts";

/** Segments by size, the largest first; thin ones say so. */
export function breakdownTable(answer: Answer, voice: Voice): Extract<Block, { kind: "table" }> {
  const dimension = answer.breakdown?.dimension ?? "";
  const shares = answer.unit === "percent";
  return {
    kind: "table",
    caption: `${answer.name} by ${dimension}`,
    columns: [
      { label: dimension, align: "left" },
      { label: "value", align: "right" },
      ...(shares ? [{ label: "of", align: "right" } as const] : []),
      { label: "sample", align: "left" },
    ],
    rows: segmentsOf(answer).map((segment) => [
      segment.segment,
      sayValue(answer.unit, segment.value, voice),
      ...(shares
        ? [`${sayWhole(segment.num ?? 0, voice)} of ${sayWhole(segment.den ?? 0, voice)}`]
        : []),
      segment.lowN ? `thin (${sayWhole(segment.n ?? 0, voice)})` : sayWhole(segment.n ?? 0, voice),
    ]),
  };
}

export function sayBreakdown(answer: Answer, voice: Voice): string {
  const said = segmentsOf(answer).map(
    (segment) =>
      `${segment.segment} ${sayValue(answer.unit, segment.value, voice)}${segment.lowN ? " (thin)" : ""}`,
  );
  return `By ${answer.breakdown?.dimension ?? ""}: ${said.join(", ")}.`;
}

function segmentsOf(answer: Answer): readonly Segment[] {
  return answer.breakdown?.segments ?? [];
}
