/** The window of an answer: what was asked for, the metric's own, or wider when the sample is thin (METRICS.md 1.5). */
import type { AnswerFlag, MetricQuery } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import { type Asked, figuresAt } from "./asked.ts";

const WIDER = [4, 13, 26];

export interface ChosenWindow {
  weeks: number;
  flag: AnswerFlag | null;
}

/**
 * The first of the widths whose latest window has n_min units is taken for the whole series; when
 * none has, the first stands, flagged.
 */
export async function chooseWindow(asked: Asked): Promise<ChosenWindow> {
  const { metric, query, place } = asked;
  const [own, ...wider] = widthsToTry(metric, query);
  for (const weeks of [own, ...wider]) {
    const { n } = await figuresAt(asked, place.week, weeks);
    if ((n ?? 0) >= metric.n_min) return { weeks, flag: weeks === own ? null : "widened" };
  }
  return { weeks: own, flag: "low_n" };
}

/** In weeks; the first is what is told unless another has more units. */
export function widthsToTry(
  { window, aggregation }: Metric,
  { windowWeeks: askedWeeks, grain }: Pick<MetricQuery, "windowWeeks" | "grain">,
): [number, ...number[]] {
  // A month is what it is; a level is that of its end, read there over the weeks that it looks back.
  const isLevel = aggregation === "last" || aggregation === "reported";
  if (grain !== undefined) return [isLevel ? window : 1];
  switch (aggregation) {
    // Both have windows of their own: the year so far, and those of the parts.
    case "year_to_date":
    case "derived":
      return [window];
    // A wider window of a stock is the same instant, and one of reports has the same newest one.
    case "last":
    case "reported":
      return [askedWeeks ?? window];
    default:
      return askedWeeks === null ? [window, ...WIDER.filter((k) => k > window)] : [askedWeeks];
  }
}
