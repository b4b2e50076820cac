/** The list of metrics, and the help. */
import type { Block, Message, Span } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import { ownersText } from "./owners-text.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";
import { verdictGlossary, verdictGlossaryText } from "./verdict-glossary.ts";
import { figureless } from "./without-figures.ts";

const columns: readonly TellingColumn<Metric>[] = [
  { label: "id", align: "left", say: ({ id }) => id },
  { label: "metric", align: "left", say: ({ name }) => name },
  { label: "code", align: "left", say: ({ codes }) => codes[0] ?? "" },
  { label: "under", align: "left", say: ({ parents }) => parents.join(", ") },
  { label: "owner", align: "left", say: ({ owners }) => ownersText(owners) },
  { label: "what it is", align: "left", say: ({ what }) => what },
];

export function tellMetrics(metrics: readonly Metric[], search: string, prefix: string): Message {
  const count = metrics.length === 1 ? "1 metric" : `${metrics.length} metrics`;
  const title = search === "" ? count : `${count} for "${search}"`;
  if (metrics.length === 0) return noMetrics(search, prefix);
  return figureless({
    summary: `${title}: ${metrics.map((metric) => `${metric.id} (${metric.name})`).join(", ")}.`,
    blocks: [{ kind: "heading", text: title }, tableOf(title, columns, metrics)],
  });
}

function noMetrics(search: string, prefix: string): Message {
  const problem = `No metric that you may see here has "${search}" in its name. All of them: `;
  const command = `${prefix} metrics`;
  return figureless({
    summary: `${problem}${command}`,
    blocks: [{ kind: "text", text: [problem, { kind: "code", text: command }] }],
  });
}

export interface TellableCommand {
  usage: string;
  what: string;
  examples: readonly string[];
}

/** All commands, what their verdicts say, and, in `later`, the names of those that are not there yet. */
export function tellHelp(
  commands: readonly TellableCommand[],
  prefix: string,
  later: readonly string[],
): Message {
  const help = tellCommands(commands, prefix);
  const missing = later.length === 0 ? [] : [`Not there yet: ${later.join(", ")}.`];
  return figureless({
    summary: [help.summary, verdictGlossaryText(), ...missing].join(" "),
    blocks: [
      ...help.blocks,
      verdictGlossary(),
      ...missing.map((text): Block => ({ kind: "context", text })),
    ],
  });
}

export function tellCommands(commands: readonly TellableCommand[], prefix: string): Message {
  const blocks = commands.map(({ usage, what, examples }): Block => {
    const shown = examples.flatMap((example, i): Span[] => [
      i === 0 ? "\n" : "   ",
      { kind: "code", text: `${prefix} ${example}` },
    ]);
    return { kind: "text", text: [{ kind: "strong", text: usage }, `\n${what}`, ...shown] };
  });
  return figureless({
    summary: commands.map(({ usage, what }) => `${prefix} ${usage}: ${what}`).join(" "),
    blocks: [{ kind: "heading", text: "What can be typed" }, ...blocks],
  });
}

/** A few lines to begin with, each with what it gives. */
export function tellGreeting(
  examples: readonly (readonly [line: string, what: string])[],
  prefix: string,
): Message {
  const lines = examples.flatMap(([line, what], i): Span[] => [
    i === 0 ? "" : "\n",
    { kind: "code", text: `${prefix} ${line}` },
    `  ${what}`,
  ]);
  return figureless({
    summary: `Ask for a metric. ${examples.map(([line, what]) => `${prefix} ${line}: ${what}.`).join(" ")}`,
    blocks: [
      { kind: "heading", text: "Ask for a metric" },
      { kind: "text", text: lines },
    ],
  });
}
