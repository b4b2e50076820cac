/** A breakdown as bars, under the trend of the whole. */
import type { Answer } from "../metrics/index.ts";
import type { SegmentBars } from "../render/index.ts";
import { scaleOf } from "./duration-unit.ts";
import { sayScaled, sayWhole } from "./say-number.ts";
import { periodName } from "./say-period.ts";
import { sayCohortWeeks } from "./say-scope.ts";
import { weekName, weeksText } from "./say-week.ts";
import { shortSegmentName } from "./segment-name.ts";
import { periodOf } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

/** So many rows are read at a glance, and the card stays one that a telephone shows whole. */
export const MOST_BARS = 8;

/** In the order of the text; null where the text tells no segments. */
export function barsOfBreakdown(answer: Answer, voice: Voice): SegmentBars | null {
  const { breakdown, unit, figures } = answer;
  if (breakdown === null || breakdown.segments.length === 0 || figures.value === null) return null;
  const scale = scaleOf(
    unit,
    breakdown.segments.map(({ value }) => value),
  );
  const rows = breakdown.segments
    .slice(0, MOST_BARS)
    .map(({ segment, together, value, n, lowN }) => ({
      label: shortSegmentName({ segment, together }),
      value,
      text: sayScaled(scale, value, voice, "short"),
      thin: lowN,
      note: lowN ? `thin sample (${sayWhole(n ?? 0, voice)})` : "",
    }));
  const rest = breakdown.segments.length - rows.length;
  const period = periodOf(unit);
  return {
    title: `By ${breakdown.dimension}${period === null ? "" : ` per ${period}`}, ${spanOf(answer)}`,
    rows,
    more: rest === 0 ? "" : `and ${rest} more, in the text`,
  };
}

/** `2026-W46`, `13 weeks to 2026-W46`, `sign-ups of 2026-W33`. */
function spanOf(answer: Answer): string {
  const { week, grain, windowWeeks, from } = answer;
  if (from !== null) return `the year to ${periodName(week, grain)}`;
  if (grain !== undefined) return periodName(week, grain);
  const cohort = sayCohortWeeks(answer);
  if (cohort !== "") return cohort;
  return windowWeeks === 1 ? weekName(week) : `${weeksText(windowWeeks)} to ${weekName(week)}`;
}
