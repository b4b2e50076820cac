import type { Metric } from "../metrics/catalogue/index.ts";
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { fold } from "./fold-text.ts";
import { loadLabels } from "./known-labels.ts";
import { dimensionName } from "./read-dimension.ts";
import { writeValue } from "./write-value.ts";

/** A word that nobody reads may be a value without its dimension, or a dimension without a sign. */
export async function recogniseWord(
  context: CommandContext,
  ask: Ask,
  metric: Metric,
  fault: AskFault,
): Promise<AskFault> {
  if (fault.kind !== "unknown_word") return fault;
  const at = ask.tokens.findIndex(({ text }) => text === fault.word);
  const [token, next] = ask.tokens.slice(at, at + 2);
  if (at === -1 || token === undefined) return fault;
  const word = token.text;
  const put = (text: string, end: number): string =>
    `${ask.line.slice(0, token.start)}${text}${ask.line.slice(end)}`.trim();
  const labels = await loadLabels(context, metric.dimensions);
  const named = dimensionName(word, metric.dimensions);
  const value = named && next ? labelLike(labels.get(named) ?? [], next.text) : undefined;
  const cut = named === null ? null : put(`by ${named}`, token.end);
  if (named !== null && cut !== null && value !== undefined && next !== undefined) {
    const filter = put(`${named}=${writeValue(value)}`, next.end);
    return { kind: "bare_dimension", word, lines: [filter, cut] };
  }
  for (const [dimension, known] of labels) {
    const label = labelLike(known, word);
    if (label === undefined) continue;
    const line = put(`${dimension}=${writeValue(label)}`, token.end);
    return { kind: "bare_value", word, dimension, line };
  }
  return cut === null ? fault : { kind: "bare_dimension", word, lines: [cut] };
}

function labelLike(known: readonly string[], word: string): string | undefined {
  const typed = fold(word);
  return known.find((label) => fold(label) === typed);
}
