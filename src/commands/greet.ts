/** `/kpi` alone: a few lines to type, with metrics that there are and that may be seen here. */
import { visibleTo } from "../policy/index.ts";
import { ok, type Result } from "../result.ts";
import { type AskFault, tellGreeting } from "../wording/index.ts";
import type { Ask, CommandContext, Told } from "./command-context.ts";
import { shortName } from "./name-metric.ts";

export function greet(context: CommandContext, ask: Ask): Result<Told, AskFault> {
  const { catalogue } = context.metrics;
  const listed = context.scorecard.map((id) => catalogue.get(id));
  const visible = visibleTo(context.rules, ask.caller, [
    ...listed.filter((metric) => metric !== undefined),
    ...catalogue.metrics,
  ]);
  const metrics = [...new Set(visible)];
  const called = metrics.map((metric) => shortName(metric, catalogue.metrics));
  const cut = metrics.findIndex(({ dimensions }) => dimensions.length > 0);
  const [first] = called;
  const examples: [string, string][] = [
    ...(first === undefined
      ? []
      : [
          [first, "its number, change, verdict and chart"] as [string, string],
          [`${called[1] ?? first} last 12 weeks`, "a shorter or longer chart"] as [string, string],
          [`define ${first}`, "what it means and who owns it"] as [string, string],
        ]),
    ...(cut === -1
      ? []
      : [
          [`${called[cut]} by ${metrics[cut]?.dimensions[0]}`, "cut by a dimension"] as [
            string,
            string,
          ],
        ]),
    ["scorecard", "all of the shared metrics"],
    ["metrics", `all ${metrics.length} metrics that you may see here`],
    ["help", "everything that can be typed"],
  ];
  return ok({
    message: tellGreeting(examples, context.prefix),
    draw: null,
    data: examples.map(([line, what]) => ({ line, what })),
    metrics: [],
  });
}
