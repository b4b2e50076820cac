import { backtestMetric } from "../metrics/index.ts";
import { failed, ok } from "../result.ts";
import { backtestJson, pictureOfBacktest, tellBacktest } from "../wording/index.ts";
import type { Command } from "./command-context.ts";
import { nameMetric, parseQuery } from "./parse-query.ts";

/** Words of a question that a backtest has no use for: it is about each week alone, and all of them. */
const strange = /^(by|last|since|vs|window=.*)$/i;

export const backtest: Command = {
  name: "backtest",
  usage: "backtest <metric> [dim=value[,value]] [week <w>]",
  what: "Every alarm that there would have been, in one picture of the year.",
  examples: ["backtest sign-ups", "backtest error rate tier=pro"],
  async run(context, ask) {
    if (ask.words.length === 0)
      return failed({ kind: "word_without_value", word: "backtest", example: "backtest adoption" });
    const named = nameMetric(context, ask, ask.words);
    if (!named.ok) return named;
    const { metric, rest } = named.value;
    const word = rest.find((each) => strange.test(each));
    if (word !== undefined)
      return failed({ kind: "unknown_word", word, expected: ["dim=value", "week <w>"] });
    const query = await parseQuery(context, ask);
    if (!query.ok) return query;
    const { filters, week } = query.value;
    const tested = await backtestMetric(context.metrics, { metric, filters, week }, ask.exact);
    if (!tested.ok) return tested;
    const everything = ask.caller.kind === "terminal";
    return ok({
      message: tellBacktest(tested.value, everything, context.voice),
      draw: () => pictureOfBacktest(tested.value, context.voice, context.theme),
      data: backtestJson(tested.value),
    });
  },
};
