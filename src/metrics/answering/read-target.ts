/** The target of an answer, as far as it may be told. */
import type { AnsweredTarget, Figures } from "../answer.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import type { Screen } from "../screen/screen.ts";
import { answerTarget } from "../targets/answer-target.ts";
import { addWeeks, weekOf } from "../week.ts";
import type { Asked } from "./asked.ts";

export interface FoundTarget {
  target: AnsweredTarget | null;
  /** There is one, and how it stands must not be told. */
  isHidden: boolean;
}

export async function readTarget(
  asked: Asked,
  width: number,
  figures: Figures,
): Promise<FoundTarget> {
  const { sql, settings, catalogue, metric, query, filters, place, exact, screen } = asked;
  // Targets are set for weeks.
  if (query.grain !== undefined) return { target: null, isHidden: false };
  const isFinal = place.status === "final";
  const told = { sql, settings, metric, filters, week: place.week, exact, width, figures, isFinal };
  const target = await answerTarget(told, catalogue);
  const isHidden = target !== null && !!screen && (await restsOnHidden(asked, screen, target));
  return { target: isHidden ? null : target, isHidden };
}

/**
 * How a target stands is reckoned from the week, from its baseline and from sums over its period,
 * which take in the week's accounts. Under filters those sums would each have to be counted: that
 * is told on the terminal alone.
 */
async function restsOnHidden(
  { catalogue, settings, filters, place }: Asked,
  screen: Screen,
  target: AnsweredTarget,
): Promise<boolean> {
  const aimed = catalogue.get(target.metric);
  if (aimed === undefined || Object.keys(filters).length > 0) return true;
  const start = weekOf(Temporal.PlainDate.from(target.periodStart), settings.weekStarts);
  const baselines =
    target.baselineWeek === null
      ? [addWeeks(start, -1), addWeeks(fiscalYearOf(start, settings).firstWeek, -1)]
      : [target.baselineWeek];
  // What adds up over the year is paced by its single weeks.
  const ofYear = aimed.aggregation === "year_to_date";
  const metric = ofYear ? ({ ...aimed, aggregation: "sum" } as const) : aimed;
  const weeks = [...new Set([...baselines, place.week])];
  const hidden = await screen.hidden({ metric, width: aimed.window, filters: {} }, weeks);
  return hidden.size > 0;
}
