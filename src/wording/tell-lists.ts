/** The list of metrics, and the help. */
import type { Block, Message, Span } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";

export function tellMetrics(metrics: readonly Metric[], search: string, prefix: string): Message {
  const title =
    search === "" ? `${metrics.length} metrics` : `${metrics.length} metrics for "${search}"`;
  if (metrics.length === 0) {
    return {
      summary: `No metric that you may see here has "${search}" in its name. All of them: ${prefix} metrics`,
      blocks: [
        {
          kind: "text",
          text: [
            `No metric that you may see here has "${search}" in its name. All of them: `,
            { kind: "code", text: `${prefix} metrics` },
          ],
        },
      ],
    };
  }
  return {
    summary: `${title}: ${metrics.map((metric) => `${metric.id} (${metric.name})`).join(", ")}.`,
    blocks: [
      { kind: "heading", text: title },
      {
        kind: "table",
        caption: title,
        columns: [
          { label: "type", align: "left" },
          { label: "metric", align: "left" },
          { label: "code", align: "left" },
          { label: "owner", align: "left" },
          { label: "what it is", align: "left" },
        ],
        rows: metrics.map((metric) => [
          metric.id,
          metric.name,
          metric.codes[0] ?? "",
          metric.owners[0] ?? "",
          metric.what,
        ]),
      },
    ],
  };
}

export interface TellableCommand {
  usage: string;
  what: string;
  examples: readonly string[];
}

export function tellHelp(commands: readonly TellableCommand[], prefix: string): Message {
  const blocks = commands.map(({ usage, what, examples }): Block => {
    const shown = examples.flatMap((example, i): Span[] => [
      i === 0 ? "\n" : "   ",
      { kind: "code", text: `${prefix} ${example}` },
    ]);
    return { kind: "text", text: [{ kind: "strong", text: usage }, `\n${what}`, ...shown] };
  });
  return {
    summary: commands.map(({ usage, what }) => `${prefix} ${usage}: ${what}`).join(" "),
    blocks: [{ kind: "heading", text: "What can be typed" }, ...blocks],
  };
}
