import { visibleTo } from "../policy/index.ts";
import { ok } from "../result.ts";
import { tellMetrics } from "../wording/index.ts";
import type { Command } from "./command-context.ts";
import { plainName } from "./fold-text.ts";
import { namesOf, textOf } from "./name-index.ts";

export const listMetrics: Command = {
  name: "metrics",
  usage: "metrics [search] [private|public]",
  what: "All metrics that may be seen here, or those whose names hold a word.",
  examples: ["metrics", "metrics rate"],
  async run(context, ask) {
    const search = plainName(textOf(ask.tokens));
    const visible = visibleTo(context.rules, ask.caller, context.metrics.catalogue.metrics);
    const found = visible.filter((metric) =>
      [...namesOf(metric), plainName(metric.what)].some((name) => name.includes(search)),
    );
    return ok({
      message: tellMetrics(found, search, context.prefix),
      draw: null,
      data: found.map(({ sql, ...metric }) => metric),
      metrics: [],
      line: `metrics ${search}`.trim(),
    });
  },
};
