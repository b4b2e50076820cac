/** `target`: shows a metric's targets to whoever may see it, and lets operators set and end them. */
import type { Metric, MetricSettings } from "../metrics/catalogue/index.ts";
import {
  answerMetric,
  chooseTarget,
  type Filters,
  fiscalYearOf,
  type MetricQuery,
  type NewTarget,
  reachOf,
  readTargets,
  setTarget,
  type WeekStart,
  weekOf,
} from "../metrics/index.ts";
import { callerName, callerPlace, writeAudit } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { type AskFault, tellTargets } from "../wording/index.ts";
import type { Ask, Command, CommandContext, Told } from "./command-context.ts";
import type { Keyword } from "./keywords.ts";
import { lineOf } from "./line-of.ts";
import { nameMetric } from "./name-metric.ts";
import { operatorsOnly } from "./operators-only.ts";
import { calendarOf, parseQuery } from "./parse-query.ts";
import { aimStart, type ReadAim, readAim } from "./read-aim.ts";

/** Words of a question that stand for nothing before a target. */
const unused: ReadonlySet<Keyword> = new Set([
  "by",
  "week",
  "month",
  "quarter",
  "last",
  "this",
  "since",
  "vs",
  "window",
  "cohort",
]);

export const targetMetric: Command = {
  name: "target",
  usage:
    "target <metric> [dim=value[,value]] [at least|at most] <value> [to <value>] [in all] [from <week|date>] [by|until <date>] | target <metric> [dim=value] end [from <week|date>]",
  what: "A metric's targets; with a value an operator sets one, and ends it with end.",
  examples: ["target adoption", "target adoption tier=pro 45%", "target arr 2.8m by 31 Dec"],
  async run(context, ask) {
    if (ask.tokens.length === 0)
      return failed({ kind: "word_without_value", word: "target", example: "target adoption" });
    const named = nameMetric(context, ask, "target");
    if (!named.ok) return named;
    const { metric, rest } = named.value;
    const at = ask.tokens.length - rest.length + aimStart(rest);
    const parsed = await parseQuery(context, { ...ask, tokens: ask.tokens.slice(0, at) }, unused);
    if (!parsed.ok) return parsed;
    const { query } = parsed.value;
    const aiming = ask.tokens.slice(at);
    if (aiming.length === 0) return ok(await tell(context, metric, query, false));
    const refused = await operatorsOnly(context, ask, "target");
    if (refused !== null) return failed(refused);
    const calendar = calendarOf(context, ask);
    const read = readAim(aiming, { metric, calendar, line: ask.line });
    if (!read.ok) return read;
    const target = await newTarget(context, ask, metric, query.filters, read.value);
    if (!target.ok) return target;
    await store(context, ask, target.value);
    return ok(await tell(context, metric, query, true));
  },
};

/** The change and its entry in the audit are one. */
async function store(
  { metrics }: CommandContext,
  { caller, now }: Ask,
  target: NewTarget,
): Promise<void> {
  await metrics.db.transaction(async (sql) => {
    await setTarget(sql, target);
    await writeAudit(sql, {
      at: now,
      kind: "ordered",
      who: callerName(caller),
      channel: callerPlace(caller),
      what: {
        by: target.aim === null ? "target end" : "target",
        metrics: [target.metric],
        filters: target.filters,
      },
      code: null,
    });
  });
}

/**
 * From the latest complete week on, which is the one that answers tell; what adds up, from the present
 * one on, or of the year from its first day. Until the fiscal year's last day.
 */
async function newTarget(
  context: CommandContext,
  ask: Ask,
  metric: Metric,
  filters: Filters,
  { aim, from, until }: ReadAim,
): Promise<Result<NewTarget, AskFault>> {
  const { settings, db } = context.metrics;
  const { today, weekStarts } = calendarOf(context, ask);
  const present = weekOf(today, weekStarts);
  const reach =
    aim?.type === "cumulative_by_date" ? null : await reachOf(context.metrics, metric, ask.exact);
  const ofYear = metric.aggregation === "year_to_date" && aim !== null;
  const usual = ofYear
    ? fiscalYearOf(weekOf(until ?? today, weekStarts), settings).firstDay
    : (reach?.final ?? present);
  const start = from ?? Temporal.PlainDate.from(usual);
  const end = aim === null ? null : (until ?? lastDayOfYear(weekOf(start, weekStarts), settings));
  if (end !== null && Temporal.PlainDate.compare(end, start) < 0)
    return failed(badTarget("backwards", end, metric));
  const stored = await readTargets(db, settings, [metric.id]);
  const before = chooseTarget(stored, [metric.id], filters, weekOf(start, weekStarts));
  if (aim === null && before === null) return failed(badTarget("none_to_end", start, metric));
  const isSame = before !== null && before.type === aim?.type;
  return ok({
    metric: metric.id,
    filters,
    aim,
    periodStart: start.toString(),
    periodEnd: end?.toString() ?? null,
    baselineWeek: isSame ? before.baselineWeek : null,
    baselineValue: isSame ? before.baselineValue : null,
    by: callerName(ask.caller),
    at: ask.now,
  });
}

function lastDayOfYear(week: WeekStart, settings: MetricSettings): Temporal.PlainDate {
  const { firstDay } = fiscalYearOf(week, settings);
  return Temporal.PlainDate.from(firstDay).add({ years: 1 }).subtract({ days: 1 });
}

function badTarget(
  why: "backwards" | "none_to_end",
  day: Temporal.PlainDate,
  { id }: Metric,
): AskFault {
  return { kind: "bad_target", why, word: day.toString(), line: `target ${id}` };
}

/** What counts in the latest complete week, and all that there is. */
async function tell(
  { metrics, voice }: CommandContext,
  metric: Metric,
  query: MetricQuery,
  isChanged: boolean,
): Promise<Told> {
  const { filters } = query;
  const answer = await answerMetric(metrics, { ...query, lastWeeks: 1 });
  const stored = await readTargets(metrics.db, metrics.settings, [metric.id]);
  const told = {
    metric,
    filters,
    stored,
    isChanged,
    answer: answer.ok ? answer.value : null,
    isKeptBack: !answer.ok && ["too_few_accounts", "not_cut_in_chat"].includes(answer.fault.kind),
  };
  return {
    message: tellTargets(told, metrics.settings.timeZone, voice),
    draw: null,
    data: { metric: metric.id, filters, targets: stored },
    metrics: [metric.id],
    filters,
    line: `target ${lineOf(query)}`,
  };
}
