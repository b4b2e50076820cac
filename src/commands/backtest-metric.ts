import { backtestMetric, type Filters } from "../metrics/index.ts";
import { failed, ok } from "../result.ts";
import { backtestJson, pictureOfBacktest, tellBacktest } from "../wording/index.ts";
import { askFaultOf } from "./ask-fault-of.ts";
import type { Command } from "./command-context.ts";
import type { Keyword } from "./keywords.ts";
import { lineOf } from "./line-of.ts";
import { nameMetric } from "./name-metric.ts";
import { parseQuery } from "./parse-query.ts";

/** Words of a question that a backtest has no use for: it is about each week alone, and all of them. */
const unused: ReadonlySet<Keyword> = new Set([
  "by",
  "last",
  "month",
  "quarter",
  "since",
  "vs",
  "window",
  "cohort",
]);

export const backtest: Command = {
  name: "backtest",
  usage: "backtest <metric> [dim=value[,value]] [week <w>] [private|public]",
  what: "Every alarm that there would have been, in one picture of the year.",
  examples: ["backtest sign-ups", "backtest error rate tier=pro"],
  async run(context, ask) {
    if (ask.tokens.length === 0)
      return failed({ kind: "word_without_value", word: "backtest", example: "backtest adoption" });
    const named = nameMetric(context, ask, "backtest");
    if (!named.ok) return named;
    const parsed = await parseQuery(context, ask, unused);
    if (!parsed.ok) return parsed;
    const { query, audience } = parsed.value;
    const { filters, week } = query;
    const { metric } = named.value;
    const tested = await backtestMetric(context.metrics, { metric, filters, week }, ask.exact);
    const lineWith = (wider: Filters) => `backtest ${lineOf({ ...query, filters: wider })}`;
    if (!tested.ok) return failed(askFaultOf(context, ask, tested.fault, lineWith));
    const everything = ask.caller.kind === "terminal";
    return ok({
      message: tellBacktest(tested.value, everything, context.voice),
      audience,
      draw: () => pictureOfBacktest(tested.value, context.voice, context.theme),
      data: backtestJson(tested.value),
      metrics: [metric.id],
      filters,
      line: `backtest ${lineOf(query)}`,
    });
  },
};
