import { answerMetric, type MetricQuery } from "../metrics/index.ts";
import { failed, ok } from "../result.ts";
import {
  answerJson,
  csvOfAnswer,
  type Offer,
  pictureOfAnswer,
  tellAlso,
  tellAnswer,
} from "../wording/index.ts";
import { askFaultOf } from "./ask-fault-of.ts";
import type { Command, CommandContext } from "./command-context.ts";
import { lineOf } from "./line-of.ts";
import { parseQuery } from "./parse-query.ts";

export const askMetric: Command = {
  name: "<metric>",
  usage:
    "<metric> [dim=value[,value]] [by <dim>] [window=<n>] [last <n> weeks|months|quarters | since <date> | week <w> | W46 | month <m> | quarter <q>] [vs prev|year|target] [private|public]",
  what: "A metric's number, its change, the verdict and a chart.",
  examples: [
    "adoption tier=pro",
    "adoption by source",
    "p99 since 1 Sept",
    "revenue last 6 months",
    "csat week 46 vs year",
  ],
  async run(context, ask) {
    const parsed = await parseQuery(context, ask);
    if (!parsed.ok) return parsed;
    const { query, audience, named } = parsed.value;
    const answer = await answerMetric(context.metrics, query, ask.exact);
    if (!answer.ok)
      return failed(
        askFaultOf(context, ask, answer.fault, (filters) => lineOf({ ...query, filters })),
      );
    // A week that is asked for is as old as it is; of the latest, its age is news.
    const isLatest = query.week === null && query.cohort === null;
    const message = tellAnswer(answer.value, context.voice, isLatest ? ask.now : null);
    return ok({
      message: tellAlso(message, named.typed, named.also, context.prefix),
      audience,
      draw: () => pictureOfAnswer(answer.value, context.voice, context.theme),
      data: answerJson(answer.value, context.voice),
      csv: () => csvOfAnswer(answer.value, context.voice),
      metrics: [query.metric],
      filters: query.filters,
      // The week that was told, so that what is shared on Tuesday is what was seen on Sunday.
      line: lineOf({ ...query, week: answer.value.week }),
      next: nextQuestions(context, query),
    });
  },
};

/** Two at most: a button more is a button less seen. */
function nextQuestions(context: CommandContext, query: MetricQuery): Offer[] {
  const metric = context.metrics.catalogue.get(query.metric);
  const dimension = metric?.dimensions.find((name) => query.filters[name] === undefined);
  const cut =
    query.by === null && dimension !== undefined
      ? [{ label: `By ${dimension}`, line: lineOf({ ...query, by: dimension }) }]
      : [];
  const definition = { label: "Definition", line: `define ${query.metric}` };
  return [...cut, definition].map((question) => ({ kind: "question", ...question }));
}
