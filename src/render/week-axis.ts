import { RenderError } from "./render-error.ts";
import { textWidth } from "./text-width.ts";
import type { PointGrain } from "./trend-card.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const halfWeekMs = 3.5 * 86_400_000;
/** Beyond this, days say less than months. */
const longSpanMs = 550 * 86_400_000;
/** Half a year less the weeks by which two ticks may be further apart than they need to be. */
const nearHalfYearMs = 168 * 86_400_000;
/** Distances of month ticks, in months. */
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120] as const;

export const tickSize = 12;
/** The least distance of two labels. */
const tickGap = 12;

export interface WeekAxis {
  /** Milliseconds of UTC; half a week before the first and after the last week. */
  from: number;
  to: number;
  ticks: readonly WeekTick[];
}

interface WeekTick {
  at: number;
  text: string;
}

/**
 * Milliseconds of UTC at the start of an ISO date.
 * Throws a RenderError `bad_card` for anything else.
 */
export function weekInstant(week: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(week)) {
    const at = Date.parse(`${week}T00:00:00Z`);
    // 30 February parses as 2 March.
    if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(week)) return at;
  }
  throw new RenderError("bad_card", "a week is no ISO date");
}

/**
 * Places dates under the weeks, or names under the months, so far apart that every one is shown: no label is left to Vega to
 * skip. `weeks` ascend. `clearLeft` is the first x that a label may take, in pixels of the plot.
 */
export function weekAxis(
  weeks: readonly number[],
  width: number,
  clearLeft: number,
  grain?: PointGrain,
): WeekAxis {
  const first = weeks.at(0) ?? 0;
  const last = weeks.at(-1) ?? first;
  const from = first - halfWeekMs;
  const to = last + halfWeekMs;
  const pixelsPerMs = width / (to - from);
  const ticks =
    last - first > longSpanMs
      ? monthTicks(weeks, pixelsPerMs)
      : dayTicks(weeks, pixelsPerMs, grain ? monthLabel : dayLabel);
  const left = ({ at, text }: WeekTick) =>
    (at - from) * pixelsPerMs - textWidth(text, tickSize) / 2;
  return { from, to, ticks: ticks.filter((tick) => left(tick) >= clearLeft) };
}

/** Counted back from the newest week, so that it always has its date. */
function dayTicks(
  weeks: readonly number[],
  pixelsPerMs: number,
  label: (at: number, before: number | undefined) => string,
): WeekTick[] {
  const [short, long] = [textWidth("30 Nov", tickSize), textWidth("30 Nov 2026", tickSize)];
  // Of two neighbours one at most says the year, unless they stand about half a year apart.
  const near = ((short + long) / 2 + tickGap) / pixelsPerMs;
  const apart = near < nearHalfYearMs ? near : (long + tickGap) / pixelsPerMs;
  const chosen: number[] = [];
  for (const at of weeks.toReversed()) {
    const next = chosen[0];
    if (next === undefined || next - at >= apart) chosen.unshift(at);
  }
  return chosen.map((at, i) => ({ at, text: label(at, chosen[i - 1]) }));
}

/** "9 Nov"; the first date of another year than the one before it says the year. */
function dayLabel(at: number, before: number | undefined): string {
  return withYear(`${new Date(at).getUTCDate()} ${monthLetters(at)}`, at, before);
}

/** "Nov", of a month or of a quarter's first. */
function monthLabel(at: number, before: number | undefined): string {
  return withYear(monthLetters(at), at, before);
}

function monthLetters(at: number): string {
  return months[new Date(at).getUTCMonth()] ?? "";
}

function withYear(day: string, at: number, before: number | undefined): string {
  const year = new Date(at).getUTCFullYear();
  const turned = before !== undefined && new Date(before).getUTCFullYear() !== year;
  return turned ? `${day} ${year}` : day;
}

/** The first week of every month, quarter, half-year or year: the closest that has room. */
function monthTicks(weeks: readonly number[], pixelsPerMs: number): WeekTick[] {
  const apart = (textWidth("Nov 2026", tickSize) + tickGap) / pixelsPerMs;
  const starts = weeks.filter((at, i) => i > 0 && monthOf(at) !== monthOf(weeks[i - 1] ?? at));
  const every = (step: number) => starts.filter((at) => monthOf(at) % step === 0);
  const roomy = (ticks: number[]) =>
    ticks.every((at, i) => i === 0 || at - (ticks[i - 1] ?? 0) >= apart);
  const chosen = monthSteps.map(every).find(roomy) ?? [];
  return chosen.map((at) => {
    return { at, text: `${monthLetters(at)} ${new Date(at).getUTCFullYear()}` };
  });
}

/** Months since year 0. */
function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
