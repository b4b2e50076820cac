/** Finds the command that a line names and runs it. */
import { failed, ok, type Result } from "../result.ts";
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
import { nameDriver } from "./name-driver.ts";
import { findName, nameIndex } from "./name-index.ts";
import { readLastWords } from "./read-last-words.ts";
import { showDrivers } from "./show-drivers.ts";
import { helpFor } from "./show-help.ts";
import { showRuns } from "./show-runs.ts";
import { showScorecard } from "./show-scorecard.ts";
import { targetMetric } from "./target-metric.ts";
import { nearestWords } from "./unlikeness.ts";

const commands: readonly Command[] = [
  askMetric,
  showScorecard,
  showDrivers,
  defineMetric,
  backtest,
  listMetrics,
  showRuns,
  targetMetric,
  helpFor(() => commands),
];

/** What the reference must name. */
export const commandNames = commands.map((command) => command.name);

/** What each of them is asked by, in the help. */
export const commandExamples = commands.flatMap((command) => command.examples);

/** A metric's name wins over a command's, since `metrics` and `open` may begin one. */
export async function dispatch(
  context: CommandContext,
  line: string,
  ask: Omit<Ask, "line" | "tokens">,
): Promise<Result<Told, AskFault>> {
  const lexed = lexLine(line);
  if (!lexed.ok) return lexed;
  const tokens = lexed.value;
  const bare = withoutQuestionMark(line, tokens);
  if (bare !== line) return dispatch(context, bare, ask);
  const [first, ...rest] = tokens;
  if (first === undefined) return greet(context, { ...ask, line, tokens });
  if (isOurName(first)) return dispatch(context, line.slice(first.end).trimStart(), ask);
  const isMetric = findName(tokens, nameIndex(context.metrics.catalogue.metrics)) !== null;
  const word = first.kind === "word" ? fold(first.text) : "";
  // `<metric>`, copied from the help, is the name of no command.
  const command = commands.find((each) => each !== askMetric && each.name === word);
  if (command && !isMetric)
    return timed(context, command.name, () =>
      run(command, context, { ...ask, line, tokens: rest }),
    );
  if (!isMetric && nameDriver(context.metrics.catalogue.drivers, tokens).drivers.length > 0)
    return timed(context, showDrivers.name, () =>
      run(showDrivers, context, { ...ask, line, tokens }),
    );
  const later = laterCommands.get(word);
  if (later !== undefined && !isMetric) return failed({ kind: "not_yet", word, what: later });
  const told = await timed(context, "metric", () =>
    askMetric.run(context, { ...ask, line, tokens }),
  );
  return told.ok ? told : failed(withCommands(told.fault, first, line));
}

/** Logs how long an answer took, and what became of it: of a question no more than its command. */
async function timed(
  { log }: CommandContext,
  command: string,
  answer: () => Promise<Result<Told, AskFault>>,
): Promise<Result<Told, AskFault>> {
  const began = performance.now();
  let outcome = "broken";
  try {
    const told = await answer();
    outcome = told.ok ? "told" : told.fault.kind;
    return told;
  } finally {
    log.debug("answered", { command, outcome, ms: Math.round(performance.now() - began) });
  }
}

/** `signups last week?`: the mark is the sentence's. In quotation marks it is the value's. */
function withoutQuestionMark(line: string, tokens: readonly Token[]): string {
  const last = tokens.at(-1);
  if (last?.kind !== "word") return line;
  const kept = last.text.replace(/[?？]+$/, "");
  if (kept === "" && tokens.length === 1) return line;
  return kept === last.text ? line : line.slice(0, last.end - (last.text.length - kept.length));
}

/** In a question `private` and `public` may stand anywhere; behind other commands they stand last. */
async function run(
  command: Command,
  context: CommandContext,
  ask: Ask,
): Promise<Result<Told, AskFault>> {
  if (command === backtest) return command.run(context, ask);
  const last = readLastWords(ask.tokens);
  if (!last.ok) return last;
  const { tokens, audience } = last.value;
  const told = await command.run(context, { ...ask, tokens });
  return told.ok ? ok({ ...told.value, audience: audience ?? told.value.audience ?? null }) : told;
}

/** After a mention and in a direct message people write `/kpi adoption` all the same. */
function isOurName({ kind, text }: Token): boolean {
  return kind === "word" && /^\/?kpi:?$/i.test(text);
}

/** What is no metric may be a command with a slip in it. */
function withCommands(fault: AskFault, first: Token, line: string): AskFault {
  if (fault.kind !== "unknown_metric") return fault;
  const near = nearestWords(first.text, commandNames).filter((name) => !name.startsWith("<"));
  const lines = near.map((name) => `${name}${line.slice(first.end)}`.trim());
  return { ...fault, nearest: [...fault.nearest, ...lines].slice(0, MOST_NEAREST) };
}

const MOST_NEAREST = 4;
