/** The target of an answer: which counts, and how it stands. */
import type { AnsweredTarget, AnswerFlag, Figures, WeekStart } from "../answer.ts";
import type { Catalogue, Metric } from "../catalogue/index.ts";
import { figuresOf } from "../query/measured.ts";
import { readSeries } from "../read-series.ts";
import { daysOf } from "./growth.ts";
import { type Paced, paceTarget } from "./pace-target.ts";
import { readTargets } from "./read-targets.ts";
import { chooseTarget } from "./target.ts";

/** Null: the metric has none for these filters and week. */
export async function answerTarget(
  asked: Paced,
  catalogue: Catalogue,
): Promise<AnsweredTarget | null> {
  const { metric, sql, settings, filters, week } = asked;
  const metrics = [metric.id, ...metric.towards];
  const target = chooseTarget(await readTargets(sql, settings, metrics), metrics, filters, week);
  if (target === null) return null;
  if (target.metric === metric.id) return paceTarget(asked, target);
  const other = catalogue.get(target.metric);
  if (other === undefined) return null;
  const figures = await figuresIn(asked, other);
  return paceTarget({ ...asked, metric: other, figures }, target);
}

async function figuresIn(
  { sql, settings, filters, week, exact }: Paced,
  metric: Metric,
): Promise<Figures> {
  const question = { metric, weeks: [week], width: metric.window, filters, by: null, exact };
  const [measured] = await readSeries(sql, settings, question);
  return measured === undefined
    ? { value: null, num: null, den: null, n: null }
    : figuresOf(metric, measured);
}

/** What the answer says of a target that stands or falls; that of a growth metric is in its value. */
export function targetFlags(target: AnsweredTarget | null): AnswerFlag[] {
  if (target?.status === "met" || target?.status === "inside") return ["target_met"];
  const missed = ["missed", "below", "above"].includes(target?.status ?? "");
  return missed ? ["target_missed"] : [];
}

/**
 * What a week's value is held against: the target itself; of a band the edge that was crossed; of a
 * sum, where the metric tells single weeks, an even share of it.
 */
export function levelOf(target: AnsweredTarget, metric: Metric, week: WeekStart): number | null {
  if (target.metric !== metric.id) return null;
  const { type, value, valueHi, status } = target;
  if (type === "band") return status === "above" ? valueHi : status === "below" ? value : null;
  if (type !== "cumulative_by_date" || metric.aggregation === "year_to_date") return value;
  const last = Temporal.PlainDate.from(week).add({ days: 6 }).toString();
  const from = week < target.periodStart ? target.periodStart : week;
  const to = last > target.periodEnd ? target.periodEnd : last;
  return (value * daysOf(from, to)) / daysOf(target.periodStart, target.periodEnd);
}
