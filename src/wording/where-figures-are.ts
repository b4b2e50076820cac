/** Where figures are kept out of chat: the way to them instead. */
import type { Block, Span, Words } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { lookInto, lookIntoBlock } from "./look-into.ts";
import { quoteValue } from "./quote-value.ts";
import { periodName, periodNoun } from "./say-period.ts";

type Asked = Pick<
  Answer,
  "metric" | "links" | "filters" | "week" | "grain" | "windowWeeks" | "defaultWindowWeeks" | "from"
> &
  Partial<Pick<Answer, "breakdown">>;

/** By the links of the metric, or else how to ask for it on the terminal. */
export function whereFiguresAre(given: Asked): { said: string; blocks: Block[] } {
  const answer = ownWindow(given);
  const blocks = lookIntoBlock(answer);
  if (blocks.length > 0) return { said: `Look into it: ${lookInto(answer).join(", ")}`, blocks };
  return onTerminal(terminalLine(answer));
}

/** Of a message that does not say how it reads without figures. */
export function tellKeptOut(): Words {
  const said = `${keptOut} Ask on the terminal of the machine that runs the bot, with kpi query.`;
  return { summary: said, blocks: [{ kind: "text", text: said }] };
}

/** A window that was widened would tell how small the sample is. */
export function ownWindow<A extends Pick<Answer, "grain" | "windowWeeks" | "defaultWindowWeeks">>(
  answer: A,
): A {
  if (answer.grain !== undefined) return answer;
  return { ...answer, windowWeeks: answer.defaultWindowWeeks };
}

/** `command` is what to type there. */
export function onTerminal(command: string): { said: string; blocks: Block[] } {
  const text: Span[] = [`${keptOut} On the terminal of the machine that runs the bot: `];
  return {
    said: `${text.join("")}${command}`,
    blocks: [{ kind: "text", text: [...text, { kind: "code", text: command }] }],
  };
}

const keptOut = "Figures are not told in chat here.";

/** Every value in quotation marks, so that none means something else. */
function terminalLine({ metric, filters, breakdown = null, week, grain }: Asked): string {
  const words = [
    metric,
    ...Object.entries(filters).map(
      ([name, values]) => `${name}=${values.map(quoteValue).join(",")}`,
    ),
    ...(breakdown === null ? [] : [`by ${breakdown.dimension}`]),
    `${periodNoun(grain)} ${periodName(week, grain)}`,
  ];
  return `kpi query '${words.join(" ")}'`;
}
