/** A phrase with several meanings: what to type for each, and a button for it where there are buttons. */
import type { Block, Message, Span } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import { addContext } from "./add-context.ts";
import type { AskFault } from "./ask-fault.ts";
import { list } from "./list.ts";
import { actionsBlock, offerActions } from "./offer.ts";
import { figureless } from "./without-figures.ts";

type Choice = Extract<AskFault, { kind: "ambiguous" }>;

export function tellChoice(
  { phrase, candidates, of: noun = "metric" }: Choice,
  prefix: string,
): Message {
  const problem =
    candidates.length === 1
      ? `"${phrase}" can mean more than one ${noun}; one of them is there.`
      : `"${phrase}" can mean more than one ${noun}. Which one?`;
  const about = candidates.map(
    ({ name, code, line }) =>
      [`${prefix} ${line}`, code === null ? name : `${name}, ${code}`] as const,
  );
  const lines = about.flatMap(([command, what], i): Span[] => [
    i === 0 ? "" : "\n",
    { kind: "code", text: command },
    `  ${what}`,
  ]);
  return figureless({
    summary: `${problem} Type ${list(
      about.map(([command, what]) => `${command} (${what})`),
      "or",
    )}.`,
    blocks: [
      { kind: "text", text: problem },
      { kind: "text", text: lines },
      ...askButtons(
        candidates.map(({ line }) => line),
        candidates.map(({ name }) => name),
      ),
    ],
  });
}

/** What one platform puts into a row. */
const MOST_BUTTONS = 5;

/** A click asks the line as if its presser had typed it. */
export function askButtons(lines: readonly string[], labels: readonly string[] = lines): Block[] {
  const questions = lines
    .slice(0, MOST_BUTTONS)
    .map((line, i) => ({ kind: "question", label: labels[i] ?? line, line }) as const);
  return actionsBlock(offerActions(questions));
}

/** An answer to what a phrase usually means, with what else it may mean said small at its end. */
export function tellAlso(
  message: Message,
  phrase: string,
  also: readonly Metric[],
  prefix: string,
): Message {
  if (also.length === 0) return message;
  const said = `"${phrase}" can also mean ${list(
    also.map(({ id, name }) => `${name} (${prefix} ${id})`),
    "or",
  )}.`;
  return addContext(message, said);
}
