/** The target of an answer: which counts, and how it stands. */
import type { AnsweredTarget, AnswerFlag, WeekStart } from "../answer.ts";
import type { Catalogue, Metric } from "../catalogue/index.ts";
import { figuresOf } from "../query/measured.ts";
import { readSeries } from "../read-series.ts";
import { addWeeks } from "../week.ts";
import { daysOf } from "./growth.ts";
import { type Paced, paceTarget } from "./pace-target.ts";
import { readTargets } from "./read-targets.ts";
import { chooseTarget } from "./target.ts";

/** What is told, whose target is looked for. */
export interface Told extends Omit<Paced, "judged"> {
  isFinal: boolean;
}

/** Null: the metric has none for these filters and week. */
export async function answerTarget(
  told: Told,
  catalogue: Catalogue,
): Promise<AnsweredTarget | null> {
  const { metric, sql, settings, filters, week } = told;
  const metrics = [metric.id, ...metric.towards];
  const target = chooseTarget(await readTargets(sql, settings, metrics), metrics, filters, week);
  const aimed = target && catalogue.get(target.metric);
  if (!aimed) return null;
  const paced = await pacedAs(told, aimed);
  const judged = told.isFinal && (paced.figures.n ?? 0) >= aimed.n_min;
  return paceTarget({ ...paced, judged }, target);
}

/** In the window that is told where weeks pool into one rate; else in the metric's own, which targets are set for. */
async function pacedAs(told: Told, metric: Metric): Promise<Told> {
  const isOwn = metric.id === told.metric.id;
  if (isOwn && (told.width === metric.window || pools(metric))) return told;
  const { sql, settings, filters, week, exact } = told;
  const width = metric.window;
  const question = { metric, weeks: [week], width, filters, by: null, exact };
  const [measured] = await readSeries(sql, settings, question);
  const figures = measured
    ? figuresOf(metric, measured)
    : { value: null, num: null, den: null, n: null };
  return { ...told, metric, width, figures };
}

/** Whether a wider window has the value of a typical week, and not that of more weeks. */
function pools({ aggregation }: Metric): boolean {
  return aggregation === "ratio" || aggregation === "hist" || aggregation === "last";
}

/** What the answer says of a target that stands or falls; that of a growth metric is in its value. */
export function targetFlags(target: AnsweredTarget | null): AnswerFlag[] {
  if (target?.status === "met" || target?.status === "inside") return ["target_met"];
  const missed = ["missed", "below", "above"].includes(target?.status ?? "");
  return missed ? ["target_missed"] : [];
}

/**
 * What a value is held against: the target itself; of a band the edge that was crossed; of a sum,
 * where the metric tells weeks, the share of it that the window's days have. In a window of another
 * width the target of a single week's sum counts for each of its weeks; null where nothing adds up.
 */
export function levelOf(
  target: AnsweredTarget,
  metric: Metric,
  week: WeekStart,
  width: number,
): number | null {
  if (target.metric !== metric.id) return null;
  if (target.type === "cumulative_by_date" && metric.aggregation !== "year_to_date")
    return shareOf(target, addWeeks(week, 1 - width), week);
  const edge = edgeOf(target);
  if (width === metric.window || pools(metric)) return edge;
  return edge === null || metric.aggregation !== "sum" ? null : (edge * width) / metric.window;
}

function edgeOf({ type, value, valueHi, status }: AnsweredTarget): number | null {
  if (type !== "band") return value;
  return status === "above" ? valueHi : status === "below" ? value : null;
}

function shareOf(
  { value, periodStart, periodEnd }: AnsweredTarget,
  first: WeekStart,
  week: WeekStart,
): number {
  const last = Temporal.PlainDate.from(week).add({ days: 6 }).toString();
  const from = first < periodStart ? periodStart : first;
  const to = last > periodEnd ? periodEnd : last;
  return (value * daysOf(from, to)) / daysOf(periodStart, periodEnd);
}
