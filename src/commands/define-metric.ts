import { closedChannels, visibleTo } from "../policy/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { discussionOf } from "../threads/index.ts";
import { type AskFault, tellDefinition, tellDriverDefinition } from "../wording/index.ts";
import type { Ask, Command, CommandContext, Told } from "./command-context.ts";
import { nameDriver, whichDriver } from "./name-driver.ts";
import { nameMetric } from "./name-metric.ts";

const MOST_REMARKS = 5;

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

const NOTHING_MORE = ["private", "public", "nothing more"];

export const defineMetric: Command = {
  name: "define",
  usage: "define <metric | driver> [private|public]",
  what: "What a metric or a driver means, who owns it, its SQL, and what was said of its signals.",
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
    const closed = closedChannels(context.rules, ask.caller);
    const remarks =
      closed === "all"
        ? []
        : await discussionOf(context.metrics.db, metric.id, MOST_REMARKS, closed);
    const message = tellDefinition(
      metric,
      remarks,
      context.metrics.settings.timeZone,
      context.voice,
    );
    return ok({
      message,
      draw: null,
      data: { ...metric, discussion: remarks },
      metrics: remarks.length > 0 ? [metric.id] : [],
      line: `define ${metric.id}`,
    });
  },
};
