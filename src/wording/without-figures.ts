/**
 * What is said of a number where figures are kept out of chat: names, weeks, the words of the verdict,
 * and the way to where the number is. No value, change, limit, probability, sample or target.
 */
import type { Block, Message, Words } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import { periodName } from "./say-period.ts";
import { sayDefinition, sayFreshness, titleOf } from "./say-scope.ts";
import { toneOf, verdictWord } from "./say-verdict.ts";
import type { Voice } from "./voice.ts";
import { whereFiguresAre } from "./where-figures-are.ts";

/** A message that has none in it. */
export function figureless(message: Message): Message {
  return { ...message, withoutFigures: "same" };
}

export function answerWithoutFigures(answer: Answer, voice: Voice): Words {
  const title = titleOf(answer);
  const verdict = verdictWithoutFigures(answer);
  const where = whereFiguresAre(answer);
  return {
    summary: `${title} in ${periodName(answer.week, answer.grain)}: ${verdict} ${where.said}.`,
    blocks: [
      { kind: "heading", text: title },
      strong(verdict),
      ...where.blocks,
      contextWithoutFigures(answer, voice),
    ],
  };
}

/** `Signal down (worse).` */
export function verdictWithoutFigures(answer: Answer): string {
  const tone = toneOf(answer);
  const grade = tone === "neutral" ? "" : tone === "good" ? " (better)" : " (worse)";
  return `${capital(verdictWord(answer))}${grade}.`;
}

/** The week asked about, and not the weeks of the answer: a window that was widened tells the sample. */
export function contextWithoutFigures(answer: Answer, voice: Voice): Block {
  const said = [
    periodName(answer.week, answer.grain),
    sayFreshness(answer, voice),
    `definition ${sayDefinition(answer)}`,
  ];
  return { kind: "context", text: said.join(" · ") };
}

export function strong(text: string): Block {
  return { kind: "text", text: [{ kind: "strong", text }] };
}
