import { closedChannels } from "../policy/index.ts";
import { failed, ok } from "../result.ts";
import { discussionOf } from "../threads/index.ts";
import { tellDefinition } from "../wording/index.ts";
import type { Command } from "./command-context.ts";
import { nameMetric } from "./name-metric.ts";

const MOST_REMARKS = 5;

export const defineMetric: Command = {
  name: "define",
  usage: "define <metric> [private|public]",
  what: "What a metric means, who owns it, its SQL, and what was said of its signals.",
  examples: ["define adoption"],
  async run(context, ask) {
    if (ask.tokens.length === 0)
      return failed({ kind: "word_without_value", word: "define", example: "define adoption" });
    const named = nameMetric(context, ask, "define");
    if (!named.ok) return named;
    const { metric, rest } = named.value;
    if (rest[0] !== undefined)
      return failed({
        kind: "unknown_word",
        word: rest[0].text,
        expected: ["private", "public", "nothing more"],
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
