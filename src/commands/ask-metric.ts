import { answerMetric } from "../metrics/index.ts";
import { ok } from "../result.ts";
import { answerJson, pictureOfAnswer, tellAnswer } from "../wording/index.ts";
import type { Command } from "./command-context.ts";
import { parseQuery } from "./parse-query.ts";

export const askMetric: Command = {
  name: "<metric>",
  usage: "<metric> [dim=value[,value]] [by <dim>] [window=<n>] [last <n> weeks] [week <w>]",
  what: "A metric's number, its change, the verdict and a chart.",
  examples: ["adoption tier=pro", "adoption by source", "p99 week 2026-W46"],
  async run(context, ask) {
    const query = await parseQuery(context, ask);
    if (!query.ok) return query;
    const answer = await answerMetric(context.metrics, query.value, ask.exact);
    if (!answer.ok) return answer;
    return ok({
      message: tellAnswer(answer.value, context.voice),
      draw: () => pictureOfAnswer(answer.value, context.voice, context.theme),
      data: answerJson(answer.value),
    });
  },
};
