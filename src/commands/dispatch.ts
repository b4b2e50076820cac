/** Finds the command that a line names and runs it. */
import { failed, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { askMetric } from "./ask-metric.ts";
import { backtest } from "./backtest-metric.ts";
import type { Ask, Command, CommandContext, Told } from "./command-context.ts";
import { defineMetric } from "./define-metric.ts";
import { listMetrics } from "./list-metrics.ts";
import { findMetric } from "./metric-names.ts";
import { helpFor } from "./show-help.ts";
import { showScorecard } from "./show-scorecard.ts";
import { splitWords } from "./split-words.ts";

const commands: readonly Command[] = [
  askMetric,
  showScorecard,
  defineMetric,
  backtest,
  listMetrics,
  helpFor(() => commands),
];

/** What the reference must name. */
export const commandNames = commands.map((command) => command.name);

/** Named in the contract and not there yet: they are told apart from typos. */
const laterCommands = new Set([
  "why",
  "drivers",
  "compare",
  "risk",
  "note",
  "target",
  "open",
  "runs",
  "subscribe",
  "alert",
]);

/** A metric's name wins over a command's, since `metrics` and `open` may begin one. */
export async function dispatch(
  context: CommandContext,
  line: string,
  ask: Omit<Ask, "words">,
): Promise<Result<Told, AskFault>> {
  const words = splitWords(line);
  if (!words.ok) return words;
  const [first = "help", ...rest] = words.value;
  const word = first.toLowerCase();
  const command = commands.find(({ name }) => name === word);
  const isMetric = findMetric(words.value, context.metrics.catalogue.metrics) !== null;
  if (command && !isMetric) return command.run(context, { ...ask, words: rest });
  if (laterCommands.has(word) && !isMetric) return failed({ kind: "not_yet", word: first });
  return askMetric.run(context, { ...ask, words: words.value });
}
