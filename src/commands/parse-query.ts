/** Words to a query: names resolved, typos answered from what the asker may see. */

import type { Metric } from "../metrics/catalogue/index.ts";
import {
  dimensionValues,
  filtersOf,
  type MetricQuery,
  NO_SEGMENT,
  parseWeek,
  TENURE,
} from "../metrics/index.ts";
import { maySee, visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { findMetric, nearestMetrics, nearestWords } from "./metric-names.ts";
import { readTerms, type Terms } from "./read-terms.ts";

const DEFAULT_WEEKS = 26;

/** Fault `not_here` comes after all names are understood, and before any value is looked up. */
export async function parseQuery(
  context: CommandContext,
  ask: Ask,
): Promise<Result<MetricQuery, AskFault>> {
  const named = nameMetric(context, ask, ask.words);
  if (!named.ok) return named;
  const { metric, rest } = named.value;
  const terms = readTerms(rest);
  if (!terms.ok) return terms;
  const { by } = terms.value;
  const stranger =
    terms.value.filters
      .map((filter) => filter.dimension)
      .find((name) => !filtersOf(metric).includes(name)) ??
    (by !== null && !metric.dimensions.includes(by) ? by : undefined);
  if (stranger !== undefined)
    return failed({
      kind: "unknown_dimension",
      metric: metric.id,
      word: stranger,
      allowed: metric.dimensions,
    });
  const week = readWeek(context, ask, terms.value);
  if (!week.ok) return week;
  const filters = await resolveValues(context, terms.value);
  if (!filters.ok) return filters;
  return ok({
    metric: metric.id,
    filters: filters.value,
    by,
    week: week.value,
    windowWeeks: terms.value.window,
    lastWeeks: terms.value.last ?? DEFAULT_WEEKS,
    cohort: null,
    versus: "prev",
  });
}

/** The metric that the words begin with, when the asker may see it, and the words after its name. */
export function nameMetric(
  context: CommandContext,
  ask: Ask,
  words: readonly string[],
): Result<{ metric: Metric; rest: readonly string[] }, AskFault> {
  const { metrics } = context.metrics.catalogue;
  const found = findMetric(words, metrics);
  if (found === null) {
    const visible = visibleTo(context.rules, ask.caller, metrics);
    const filter = words.findIndex((word) => word.includes("="));
    const name = filter === -1 ? words : words.slice(0, filter);
    return failed({
      kind: "unknown_metric",
      word: name.join(" "),
      nearest: nearestMetrics(name, visible),
    });
  }
  if (!maySee(context.rules, ask.caller, found.metric)) {
    return failed({
      kind: "not_here",
      name: found.metric.name,
      direct: ask.caller.kind === "person" && ask.caller.direct,
    });
  }
  return ok({ metric: found.metric, rest: words.slice(found.words) });
}

function readWeek(
  context: CommandContext,
  ask: Ask,
  terms: Terms,
): Result<string | null, AskFault> {
  const word = terms.week ?? ask.week;
  if (word === null) return ok(null);
  const { timeZone, weekStarts } = context.metrics.settings;
  const week = parseWeek(word, weekStarts, ask.now.toZonedDateTimeISO(timeZone).toPlainDate());
  return week === null ? failed({ kind: "bad_week", word }) : ok(week);
}

/** Values as the data spell them, whatever their case. */
async function resolveValues(
  context: CommandContext,
  terms: Terms,
): Promise<Result<Record<string, string[]>, AskFault>> {
  const filters: Record<string, string[]> = {};
  for (const { dimension, values } of terms.filters) {
    // Weeks, which are not known from the data; the metric reads them.
    if (dimension === TENURE) {
      filters[dimension] = values;
      continue;
    }
    const known = await dimensionValues(context.metrics.db, dimension);
    const spelled = new Map([...known, NO_SEGMENT].map((label) => [label.toLowerCase(), label]));
    for (const value of values) {
      const label = spelled.get(value.toLowerCase());
      if (label === undefined)
        return failed({
          kind: "unknown_value",
          dimension,
          value,
          nearest: nearestWords(value, known),
          allowed: known,
        });
      filters[dimension] = [...(filters[dimension] ?? []), label];
    }
  }
  return ok(filters);
}
