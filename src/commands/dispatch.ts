/** Finds the command that a line names and runs it. */
import { failed, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { askMetric } from "./ask-metric.ts";
import { backtest } from "./backtest-metric.ts";
import type { Ask, Command, CommandContext, Told } from "./command-context.ts";
import { defineMetric } from "./define-metric.ts";
import { fold } from "./fold-text.ts";
import { greet } from "./greet.ts";
import { laterCommands } from "./later-commands.ts";
import { lexLine, type Token } from "./lex-line.ts";
import { listMetrics } from "./list-metrics.ts";
import { findName, nameIndex } from "./name-index.ts";
import { helpFor } from "./show-help.ts";
import { showScorecard } from "./show-scorecard.ts";
import { nearestWords } from "./unlikeness.ts";

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

/** A metric's name wins over a command's, since `metrics` and `open` may begin one. */
export async function dispatch(
  context: CommandContext,
  line: string,
  ask: Omit<Ask, "line" | "tokens">,
): Promise<Result<Told, AskFault>> {
  const lexed = lexLine(line);
  if (!lexed.ok) return lexed;
  const tokens = withoutOurName(lexed.value);
  const [first, ...rest] = tokens;
  if (first === undefined) return greet(context, { ...ask, line, tokens });
  const isMetric = findName(tokens, nameIndex(context.metrics.catalogue.metrics)) !== null;
  const word = first.kind === "word" ? fold(first.text) : "";
  const command = commands.find(({ name }) => name === word);
  if (command && !isMetric) return command.run(context, { ...ask, line, tokens: rest });
  const later = laterCommands.get(word);
  if (later !== undefined && !isMetric) return failed({ kind: "not_yet", word, what: later });
  const told = await askMetric.run(context, { ...ask, line, tokens });
  return told.ok ? told : failed(withCommands(told.fault, first, line));
}

/** After a mention and in a direct message people write `/kpi adoption` all the same. */
function withoutOurName(tokens: readonly Token[]): readonly Token[] {
  const [first] = tokens;
  const isOurs = first?.kind === "word" && /^\/?kpi:?$/i.test(first.text);
  return isOurs ? tokens.slice(1) : tokens;
}

/** What is no metric may be a command with a slip in it. */
function withCommands(fault: AskFault, first: Token, line: string): AskFault {
  if (fault.kind !== "unknown_metric") return fault;
  const near = nearestWords(first.text, commandNames).filter((name) => !name.startsWith("<"));
  const lines = near.map((name) => `${name}${line.slice(first.end)}`.trim());
  return { ...fault, nearest: [...fault.nearest, ...lines].slice(0, MOST_NEAREST) };
}

const MOST_NEAREST = 4;
