/**
 * What is said of a number where figures are kept out of chat: names, weeks, the words of the verdict,
 * and the way to where the number is. No value, change, limit, probability, sample or target.
 */
import type { Block, Message, Words } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import { titleOf } from "./say-scope.ts";
import { toneOf, verdictWord } from "./say-verdict.ts";
import { weekName } from "./say-week.ts";
import { whereFiguresAre } from "./where-figures-are.ts";

/** A message that has none in it. */
export function figureless(message: Message): Message {
  return { ...message, withoutFigures: "same" };
}

/** `context`: what the whole message ends with; period, freshness and definition are no figures. */
export function answerWithoutFigures(answer: Answer, context: Block): Words {
  const title = titleOf(answer);
  const verdict = verdictWithoutFigures(answer);
  const where = whereFiguresAre(answer);
  return {
    summary: `${title} in ${weekName(answer.week)}: ${verdict} ${where.said}.`,
    blocks: [{ kind: "heading", text: title }, strong(verdict), ...where.blocks, context],
  };
}

/** `Signal down (worse).` */
export function verdictWithoutFigures(answer: Answer): string {
  const tone = toneOf(answer);
  const grade = tone === "neutral" ? "" : tone === "good" ? " (better)" : " (worse)";
  return `${capital(verdictWord(answer))}${grade}.`;
}

export function strong(text: string): Block {
  return { kind: "text", text: [{ kind: "strong", text }] };
}
