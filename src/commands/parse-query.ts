/** A line to a query: names resolved, values as the data spell them, weeks on the calendar. */

import type { Audience } from "../chat-connection.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import { filtersOf, type MetricQuery, reachOf, type WeekStart } from "../metrics/index.ts";
import { periodOf, periodsFrom } from "../periods.ts";
import { visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import type { Keyword } from "./keywords.ts";
import { type Labels, labelsFor, loadLabels } from "./known-labels.ts";
import { defaultCount } from "./line-of.ts";
import { isMendable, mendLine } from "./mend-line.ts";
import { type NamedMetric, nameMetric } from "./name-metric.ts";
import { readTerms, type Terms } from "./read-terms.ts";
import { type Calendar, weekOfText } from "./read-week.ts";
import { MOST } from "./read-when.ts";
import type { Scope } from "./scope.ts";

export interface ParsedQuestion {
  query: MetricQuery;
  audience: Audience | null;
  named: NamedMetric;
}

/**
 * Fault `not_here` comes after the name is understood, and before any value is looked up. `unused`:
 * keywords that the command has no use for.
 */
export async function parseQuery(
  context: CommandContext,
  ask: Ask,
  unused: ReadonlySet<Keyword> = new Set(),
): Promise<Result<ParsedQuestion, AskFault>> {
  const named = nameMetric(context, ask);
  if (!named.ok) return named;
  const { metric, rest } = named.value;
  const labels = await labelsFor(context, filtersOf(metric), rest);
  const scope = scopeOf(context, ask, named.value, labels, unused);
  const terms = readTerms(rest, scope);
  if (!terms.ok && !isMendable(terms.fault)) return terms;
  if (!terms.ok) {
    const all = await loadLabels(context, filtersOf(metric));
    const wide = scopeOf(context, ask, named.value, all, unused);
    const wrong = { context, ask, named: named.value, scope: wide };
    return failed(mendLine(wrong, terms.fault));
  }
  const week = askedWeek(ask, scope, terms.value);
  if (!week.ok) return week;
  const lastWeeks = await seriesWeeks(context, ask, metric, terms.value, week.value);
  if (!lastWeeks.ok) return lastWeeks;
  const { filters, by, grain, cohort, window, versus, audience } = terms.value;
  const query: MetricQuery = {
    metric: metric.id,
    filters,
    by,
    week: week.value,
    windowWeeks: window,
    ...(grain && { grain }),
    lastWeeks: lastWeeks.value,
    cohort,
    versus: versus ?? "prev",
  };
  return ok({ query, audience, named: named.value });
}

function scopeOf(
  context: CommandContext,
  ask: Ask,
  { metric, typed }: NamedMetric,
  labels: Labels,
  unused: ReadonlySet<Keyword>,
): Scope {
  const { metrics } = context.metrics.catalogue;
  return {
    metric,
    called: typed,
    filterable: filtersOf(metric),
    unused,
    elsewhere: (dimension) =>
      visibleTo(context.rules, ask.caller, metrics)
        .filter((other) => other !== metric && other.dimensions.includes(dimension))
        .map((other) => other.name)
        .slice(0, MOST_ELSEWHERE),
    labels: (dimension) => labels.get(dimension) ?? [],
    calendar: calendarOf(context, ask),
  };
}

const MOST_ELSEWHERE = 3;

export function calendarOf(context: CommandContext, ask: Ask): Calendar {
  const { timeZone, weekStarts, fiscalYearStarts } = context.metrics.settings;
  const today = ask.now.toZonedDateTimeISO(timeZone).toPlainDate();
  return { today, weekStarts, yearStarts: fiscalYearStarts };
}

/** What the words say, else what the command line gives beside them. */
function askedWeek(ask: Ask, scope: Scope, terms: Terms): Result<WeekStart | null, AskFault> {
  if (terms.week !== null || ask.week === null) return ok(terms.week);
  if (terms.grain !== null)
    return failed({ kind: "exclusive", words: ["--week", `${terms.grain.unit}s`] });
  const week = weekOfText(ask.week, scope.calendar);
  return week === null ? failed({ kind: "bad_week", word: ask.week }) : ok(week);
}

/** How many points the series has: `since` counts to the week (or month) asked about, by default the latest final. */
async function seriesWeeks(
  context: CommandContext,
  ask: Ask,
  metric: Metric,
  { since, last, grain }: Terms,
  asked: WeekStart | null,
): Promise<Result<number, AskFault>> {
  if (since === null) return ok(last ?? defaultCount(grain));
  const told = grain === null ? {} : { grain };
  const { today, weekStarts } = calendarOf(context, ask);
  const reach = await reachOf(context.metrics, metric, ask.exact, told.grain);
  const end = asked ?? reach?.final ?? periodOf(today, weekStarts, told.grain);
  const begin = reach !== null && since < reach.first ? reach.first : since;
  const weeks = periodsFrom(begin, end, told.grain).length;
  const most = MOST[grain?.unit ?? "week"];
  if (since > end) return failed({ kind: "since_after", since, end, ...told });
  return weeks > most
    ? failed({ kind: "too_far_back", weeks, most, ...told })
    : ok(Math.max(1, weeks));
}
