import type { Driver, Metric } from "../metrics/catalogue/index.ts";
import { visibleTo } from "../policy/index.ts";
import { ok } from "../result.ts";
import { tellMetrics } from "../wording/index.ts";
import type { Command } from "./command-context.ts";
import { plainName } from "./fold-text.ts";
import { namesOf, textOf } from "./name-index.ts";

export const listMetrics: Command = {
  name: "metrics",
  usage: "metrics [search] [private|public]",
  what: "All metrics that may be seen here, or those whose names, or drivers, hold a word.",
  examples: ["metrics", "metrics rate", "metrics C.3.2"],
  async run(context, ask) {
    const search = plainName(textOf(ask.tokens));
    const visible = visibleTo(context.rules, ask.caller, context.metrics.catalogue.metrics);
    const { drivers } = context.metrics.catalogue;
    const found = visible.filter((metric) =>
      [...namesOf(metric), plainName(metric.what), ...parentNames(metric, drivers)].some((name) =>
        name.includes(search),
      ),
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

/** The codes and names of what it stands under. */
function parentNames({ parents }: Metric, drivers: readonly Driver[]): string[] {
  return parents.flatMap((parent) => {
    const driver = drivers.find(({ code }) => code === parent);
    return [parent, ...(driver === undefined ? [] : [driver.name])].map(plainName);
  });
}
