/** An answer made into a message: the numbers first, so that nothing depends on the picture. */
import type { Block, Message } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { changeMark, sayChange } from "./say-change.ts";
import { sayValue } from "./say-number.ts";
import {
  sayCautions,
  sayDefinition,
  sayFreshness,
  sayParts,
  sayPeriod,
  titleOf,
} from "./say-scope.ts";
import { sayVerdict } from "./say-verdict.ts";
import { breakdownTable, sayBreakdown } from "./tell-breakdown.ts";
import type { Voice } from "./voice.ts";

export function tellAnswer(answer: Answer, voice: Voice): Message {
  return { summary: summaryOf(answer, voice), blocks: blocksOf(answer, voice) };
}

function summaryOf(answer: Answer, voice: Voice): string {
  if (answer.figures.value === null)
    return `${noValue(answer)} ${sayPeriod(answer, voice)}; ${sayFreshness(answer, voice)}.`;
  const parts = sayParts(answer, voice);
  return [
    `${titleOf(answer)}: ${sayValue(answer.unit, answer.figures.value, voice)}${parts ? ` (${parts})` : ""} in ${sayPeriod(answer, voice)}.`,
    `${sayChange(answer, voice)}.`,
    sayVerdict(answer, voice),
    ...sayCautions(answer, voice),
    ...(answer.breakdown ? [sayBreakdown(answer, voice)] : []),
    `${capital(sayFreshness(answer, voice))}.`,
  ].join(" ");
}

function blocksOf(answer: Answer, voice: Voice): Block[] {
  const context = [
    sayPeriod(answer, voice),
    sayFreshness(answer, voice),
    `definition ${sayDefinition(answer)}`,
  ].join(" · ");
  if (answer.figures.value === null) {
    return [
      { kind: "heading", text: titleOf(answer) },
      { kind: "text", text: noValue(answer) },
      { kind: "context", text: context },
    ];
  }
  const parts = sayParts(answer, voice);
  const value = sayValue(answer.unit, answer.figures.value, voice);
  const cautions = sayCautions(answer, voice);
  return [
    { kind: "heading", text: titleOf(answer) },
    {
      kind: "text",
      text: [
        { kind: "strong", text: value },
        parts ? ` (${parts})` : "",
        `  ${changeMark(answer, voice)}`,
      ],
    },
    { kind: "text", text: `${sayChange(answer, voice)}.` },
    { kind: "text", text: sayVerdict(answer, voice) },
    ...(cautions.length > 0 ? [{ kind: "text", text: cautions.join(" ") } as const] : []),
    ...(answer.breakdown ? [breakdownTable(answer, voice)] : []),
    { kind: "image" },
    { kind: "context", text: context },
  ];
}

function noValue(answer: Answer): string {
  return `${titleOf(answer)} has no value for this week: there was nothing to count.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
