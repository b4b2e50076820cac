/** A series of which only what may be told is read out. */
import type { WeekStart } from "../answer.ts";
import type { Measured } from "../query/measured.ts";
import type { SeriesQuestion } from "../series-question.ts";
import type { Screen } from "./screen.ts";

/** Reads a question that has no screen. */
export type ReadPlain = (question: SeriesQuestion) => Promise<Measured[]>;

/**
 * As `readSeries`: a window that must not be told stands there without anything in it, and segments
 * that must not be told apart are told together. Everything that is computed from a series is
 * computed from this.
 */
export async function readScreened(
  screen: Screen,
  question: SeriesQuestion,
  read: ReadPlain,
): Promise<Measured[]> {
  const { weeks, by } = question;
  const hidden = await screen.hidden(question, weeks);
  const told = weeks.filter((week) => !hidden.has(week));
  if (by !== null)
    return (
      await Promise.all(told.map((week) => segmentsAt(screen, question, week, by, read)))
    ).flat();
  const measured = await read(question);
  return measured.map((entry) => (hidden.has(entry.week) ? withheld(entry) : entry));
}

export function withheld({ week, segment }: Measured): Measured {
  return { week, segment, num: null, den: null, n: 0, hist: null, isHidden: true };
}

/** What stands by itself is read as it is, what stands together by a question of its own. */
async function segmentsAt(
  screen: Screen,
  question: SeriesQuestion,
  week: WeekStart,
  by: string,
  read: ReadPlain,
): Promise<Measured[]> {
  const groups = await screen.segments(question, week, by);
  const alone = new Set(
    groups.filter(({ labels }) => labels.length === 1).flatMap(({ labels }) => labels),
  );
  const cut = await read({ ...question, weeks: [week] });
  const found = cut.filter(({ segment }) => alone.has(segment ?? ""));
  for (const group of groups.filter(({ labels }) => labels.length > 1)) {
    const filters = { ...question.filters, [by]: [...group.labels].sort() };
    const [whole] = await read({ ...question, weeks: [week], filters, by: null });
    if (whole) found.push({ ...whole, segment: group.labels.join(" + "), group });
  }
  return found;
}
