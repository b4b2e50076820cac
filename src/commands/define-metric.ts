import type { Metric } from "../metrics/catalogue/index.ts";
import { freshnessOf, restatementsOf } from "../metrics/index.ts";
import { closedChannels, maySee, visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { discussionOf } from "../threads/index.ts";
import {
  type AskFault,
  type MetricPlace,
  tellDefinition,
  tellDriverDefinition,
} from "../wording/index.ts";
import type { Ask, Command, CommandContext, Told } from "./command-context.ts";
import { nameDriver, whichDriver } from "./name-driver.ts";
import { nameMetric } from "./name-metric.ts";

const MOST_REMARKS = 5;
const MOST_RESTATEMENTS = 5;

const NOTHING_MORE = ["private", "public", "nothing more"];

export const defineMetric: Command = {
  name: "define",
  usage: "define <metric | driver> [private|public]",
  what: "What a metric or a driver means, who owns it, how fresh it is, what was restated, its SQL, and what was said of its signals.",
  examples: ["define adoption"],
  async run(context, ask) {
    if (ask.tokens.length === 0)
      return failed({ kind: "word_without_value", word: "define", example: "define adoption" });
    const named = nameMetric(context, ask, "define");
    if (!named.ok) return defineDriver(context, ask) ?? named;
    const { metric, rest } = named.value;
    if (rest[0] !== undefined)
      return failed({
        kind: "unknown_word",
        word: rest[0].text,
        expected: NOTHING_MORE,
      });
    const { metrics, voice } = context;
    const freshness = await freshnessOf(metrics, metric, ask.now);
    const restatements = await restatementsOf(metrics, metric, MOST_RESTATEMENTS);
    const remarks = await remarksOf(context, ask, metric);
    const line = `define ${metric.id}`;
    const place = placeOf(context, ask, metric);
    const wholeSql = ask.caller.kind === "terminal" ? null : `kpi query "${line}"`;
    const { settings } = metrics;
    const tellable = { metric, place, freshness, restatements, remarks, settings, wholeSql };
    return ok({
      message: tellDefinition(tellable, voice),
      draw: null,
      data: { ...metric, freshness, restatements, discussion: remarks },
      metrics: remarks.length + restatements.weeks.length > 0 ? [metric.id] : [],
      line,
    });
  },
};

async function remarksOf({ rules, metrics }: CommandContext, { caller }: Ask, { id }: Metric) {
  const closed = closedChannels(rules, caller);
  return closed === "all" ? [] : discussionOf(metrics.db, id, MOST_REMARKS, closed);
}

/** Other metrics are named only to who may see them. */
function placeOf(
  { rules, metrics: { catalogue } }: CommandContext,
  { caller }: Ask,
  { id, parents }: Metric,
): MetricPlace {
  const { groups, drivers, get } = catalogue;
  const metricNamed = (of: string): string[] => {
    const metric = get(of);
    return metric !== undefined && maySee(rules, caller, metric) ? [metric.name] : [];
  };
  const under = parents.flatMap((parent) => {
    const group = groups.find((each) => each.group === parent);
    if (group !== undefined) return [`${group.group}, ${group.name}`];
    const driver = drivers.find(({ code }) => code === parent);
    if (driver === undefined) return metricNamed(parent);
    const moved = metricNamed(driver.parent).map((name) => `, a driver of ${name}`);
    return [`${driver.code} ${driver.name}${moved.join("")}`];
  });
  return { under, drivers: drivers.filter(({ parent }) => parent === id) };
}

/** Null where the line names no driver. */
function defineDriver(context: CommandContext, ask: Ask): Result<Told, AskFault> | null {
  const { catalogue } = context.metrics;
  const named = nameDriver(catalogue.drivers, ask.tokens);
  const [driver, ...others] = named.drivers;
  if (driver === undefined) return null;
  if (others.length > 0) return failed(whichDriver(named, "define", ""));
  const [stranger] = named.rest;
  if (stranger !== undefined)
    return failed({ kind: "unknown_word", word: stranger.text, expected: NOTHING_MORE });
  const visible = visibleTo(context.rules, ask.caller, catalogue.metrics);
  return ok({
    message: tellDriverDefinition(driver, visible),
    draw: null,
    data: driver,
    metrics: [],
    line: `define ${driver.code}`,
  });
}
