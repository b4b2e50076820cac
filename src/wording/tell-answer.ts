/** An answer made into a message: the numbers first, so that nothing depends on the picture. */
import type { Block, Message } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import { chartOfAnswer } from "./chart-of-answer.ts";
import { sayCautions, sayMaturing } from "./say-cautions.ts";
import { sayChange, showChange } from "./say-change.ts";
import { sayFigure } from "./say-number.ts";
import {
  sayCohort,
  sayDefinition,
  sayFreshness,
  sayParts,
  sayPeriod,
  titleOf,
} from "./say-scope.ts";
import { sayTarget } from "./say-target.ts";
import { sayVerdict } from "./say-verdict.ts";
import { breakdownTable, sayBreakdown } from "./tell-breakdown.ts";
import type { Voice } from "./voice.ts";

export function tellAnswer(answer: Answer, voice: Voice): Message {
  return { summary: summaryOf(answer, voice), blocks: blocksOf(answer, voice) };
}

function summaryOf(answer: Answer, voice: Voice): string {
  const fresh = `${capital(sayFreshness(answer, voice))}.`;
  const cohort = cohortSentence(answer, voice);
  const period = sayPeriod(answer, voice);
  if (answer.figures.value === null)
    return [
      `${titleOf(answer)}: n/a in ${period}.`,
      ...noValue(answer, voice),
      ...cohort,
      ...sayTarget(answer, voice),
      fresh,
    ].join(" ");
  return [
    `${titleOf(answer)}: ${valueWords(answer, voice)} in ${period}.`,
    ...cohort,
    ...judgement(answer, voice, `${capital(sayChange(answer, voice))}.`),
    ...sayTarget(answer, voice),
    ...sayCautions(answer, voice),
    ...(answer.breakdown ? [sayBreakdown(answer, voice)] : []),
    fresh,
  ].join(" ");
}

function blocksOf(answer: Answer, voice: Voice): Block[] {
  const heading: Block = { kind: "heading", text: titleOf(answer) };
  const cohort = cohortSentence(answer, voice);
  const context = contextOf(answer, voice);
  if (answer.figures.value === null)
    return [
      heading,
      ...[...noValue(answer, voice), ...cohort].map(text),
      ...targetBlock(answer, voice),
      context,
    ];
  const change = `  ${showChange(answer, voice)}`;
  const cautions = sayCautions(answer, voice);
  return [
    heading,
    {
      kind: "text",
      text: [
        { kind: "strong", text: sayFigure(answer.unit, answer.figures.value, voice) },
        `${partsOf(answer, voice)}${change}`,
      ],
    },
    ...cohort.map(text),
    ...judgement(answer, voice).map(text),
    ...targetBlock(answer, voice),
    ...(cautions.length > 0 ? [text(cautions.join(" "))] : []),
    ...(answer.breakdown ? [breakdownTable(answer, voice)] : []),
    chartOfAnswer(answer, voice),
    { kind: "image" },
    context,
  ];
}

/** An open week and a young cohort are neither compared nor judged, which their caution says once. */
function judgement(answer: Answer, voice: Voice, ...before: string[]): string[] {
  return answer.status === "open" || answer.status === "maturing"
    ? []
    : [...before, sayVerdict(answer, voice)];
}

/** Period, freshness and definition, small and last. */
export function contextOf(answer: Answer, voice: Voice): Block {
  const said = [
    sayPeriod(answer, voice),
    sayFreshness(answer, voice),
    `definition ${sayDefinition(answer)}`,
  ];
  return { kind: "context", text: said.join(" · ") };
}

/** Whom the value describes, as a sentence of its own: it is not the week that is asked about. */
export function cohortSentence(answer: Answer, voice: Voice): string[] {
  const cohort = sayCohort(answer, voice);
  return cohort === "" ? [] : [`About the ${cohort}.`];
}

function targetBlock(answer: Answer, voice: Voice): Block[] {
  const said = sayTarget(answer, voice);
  return said.length === 0 ? [] : [text(said.join(" "))];
}

function valueWords(answer: Answer, voice: Voice): string {
  return `${sayFigure(answer.unit, answer.figures.value, voice)}${partsOf(answer, voice)}`;
}

function partsOf(answer: Answer, voice: Voice): string {
  const parts = sayParts(answer, voice);
  return parts === "" ? "" : ` (${parts})`;
}

/** A pair is a number, too, and so is what keeps a value from being told: that is said instead. */
function noValue(answer: Answer, voice: Voice): string[] {
  const { status, maturing } = answer;
  if (maturing !== null) return [...sayMaturing(answer, voice), ...sayCautions(answer, voice)];
  if (status === "open" && answer.figures.n === 0)
    return ["No value: this week is not over, and there is nothing to count yet."];
  const cautions = status === "no_data" ? [] : sayCautions(answer, voice);
  return cautions.length > 0 ? cautions : ["No value: there was nothing to count."];
}

function text(said: string): Block {
  return { kind: "text", text: said };
}
