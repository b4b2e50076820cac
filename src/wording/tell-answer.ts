/** An answer made into a message: the numbers first, so that nothing depends on the picture. */
import type { Block, Message } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { knownPart } from "./begun-week.ts";
import { capital } from "./capital.ts";
import { chartOfAnswer } from "./chart-of-answer.ts";
import { lookIntoBlock } from "./look-into.ts";
import { noValueWords, whyNoValue } from "./no-value.ts";
import { sayCautions } from "./say-cautions.ts";
import { changeGrade, sayChange, showChange } from "./say-change.ts";
import { periodName } from "./say-period.ts";
import { sayReport } from "./say-report.ts";
import {
  sayCohort,
  sayDefinition,
  sayFreshness,
  sayParts,
  sayPeriod,
  titleOf,
} from "./say-scope.ts";
import { sayStale } from "./say-stale.ts";
import { sayTarget } from "./say-target.ts";
import { sayVerdict } from "./say-verdict.ts";
import { sayYoungCohort, youngAge, youngParts, youngShare } from "./say-young-cohort.ts";
import { breakdownTable, sayBreakdown } from "./tell-breakdown.ts";
import type { Voice } from "./voice.ts";
import { sayHeadline } from "./whole-share.ts";
import { answerWithoutFigures } from "./without-figures.ts";

/** `now`, of a question about the latest week: old data are then told first. Null: not to be told. */
export function tellAnswer(
  given: Answer,
  voice: Voice,
  now: Temporal.Instant | null = null,
): Message {
  const answer = knownPart(given);
  const stale = now === null ? [] : sayStale(answer, now);
  const [heading, ...blocks] = blocksOf(answer, voice);
  const bare = answerWithoutFigures(answer, voice);
  return {
    summary: [...stale, summaryOf(answer, voice)].join(" "),
    blocks: [...(heading ? [heading] : []), ...stale.map(text), ...blocks],
    withoutFigures: bare,
  };
}

function summaryOf(answer: Answer, voice: Voice): string {
  const fresh = `${capital(sayFreshness(answer, voice))}.`;
  const about = aboutValue(answer, voice);
  const period = sayPeriod(answer, voice);
  if (answer.figures.value === null)
    return [
      answer.maturing === null
        ? `${titleOf(answer)}: n/a, ${noValueWords(answer)} for ${period}.`
        : `${titleOf(answer)}: ${youngHeadline(answer, voice)}, to be complete with ${period}.`,
      ...withoutValue(answer, voice),
      ...about,
      ...sayTarget(answer, voice),
      fresh,
    ].join(" ");
  return [
    `${titleOf(answer)}: ${valueWords(answer, voice)} in ${period}.`,
    ...about,
    ...judgement(answer, voice, `${capital(sayChange(answer, voice))}.`),
    ...sayTarget(answer, voice),
    ...sayCautions(answer, voice),
    ...(answer.breakdown ? [sayBreakdown(answer, voice)] : []),
    fresh,
  ].join(" ");
}

function blocksOf(answer: Answer, voice: Voice): Block[] {
  const heading: Block = { kind: "heading", text: headingOf(answer) };
  const about = aboutValue(answer, voice);
  const context = contextOf(answer, voice);
  if (answer.figures.value === null)
    return [
      heading,
      answer.maturing === null ? absenceBlock(answer) : youngBlock(answer, voice),
      ...[...withoutValue(answer, voice), ...about].map(text),
      ...targetBlock(answer, voice),
      { kind: "image" },
      ...lookIntoBlock(answer),
      context,
    ];
  const change = `  ${showChange(answer, voice)}`;
  const cautions = sayCautions(answer, voice);
  return [
    heading,
    {
      kind: "text",
      text: [
        { kind: "strong", text: sayHeadline(answer, voice) },
        `${partsOf(answer, voice)}${change}`,
      ],
    },
    ...about.map(text),
    ...judgement(answer, voice).map(text),
    ...targetBlock(answer, voice),
    ...(cautions.length > 0 ? [text(cautions.join(" "))] : []),
    ...(answer.breakdown ? [breakdownTable(answer, voice)] : []),
    chartOfAnswer(answer, voice),
    { kind: "image" },
    ...lookIntoBlock(answer),
    context,
  ];
}

/** `Weekly Revenue, 2026-10`: a month's figure is not taken for a week's, whatever the metric is called. */
function headingOf(answer: Answer): string {
  const { week, grain } = answer;
  return grain === undefined ? titleOf(answer) : `${titleOf(answer)}, ${periodName(week, grain)}`;
}

/** An open week and a young cohort are neither compared nor tested, which their caution says once. */
function judgement(answer: Answer, voice: Voice, ...before: string[]): string[] {
  return answer.status === "open" || answer.status === "maturing"
    ? []
    : [...before, sayVerdict(answer, voice, "full", changeGrade(answer))];
}

/** Period, freshness and definition, small and last. */
export function contextOf(answer: Answer, voice: Voice): Block {
  const said = [
    `${answer.status === "maturing" ? "to be complete with " : ""}${sayPeriod(answer, voice)}`,
    sayFreshness(answer, voice),
    `definition ${sayDefinition(answer)}`,
  ];
  return { kind: "context", text: said.join(" · ") };
}

/** Whom the value describes, and whose word it is. */
function aboutValue(answer: Answer, voice: Voice): string[] {
  return [...cohortSentence(answer, voice), ...sayReport(answer, voice)];
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
  return `${sayHeadline(answer, voice)}${partsOf(answer, voice)}`;
}

function partsOf(answer: Answer, voice: Voice): string {
  const parts = sayParts(answer, voice);
  return parts === "" ? "" : ` (${parts})`;
}

/** `7.7% so far (8 of 104), week 6 of 13`. */
function youngHeadline(answer: Answer, voice: Voice): string {
  const age = youngAge(answer);
  const parts = youngParts(answer, voice);
  return `${youngShare(answer, voice)} so far (${parts})${age === "" ? "" : `, ${age}`}`;
}

function absenceBlock(answer: Answer): Block {
  const said = `${capital(noValueWords(answer))} for ${periodName(answer.week, answer.grain)}`;
  return { kind: "text", text: [{ kind: "strong", text: said }] };
}

function youngBlock(answer: Answer, voice: Voice): Block {
  const share = youngShare(answer, voice);
  return {
    kind: "text",
    text: [{ kind: "strong", text: share }, youngHeadline(answer, voice).slice(share.length)],
  };
}

/** A pair is a number, too, and so is what keeps a value from being told: that is said instead. */
function withoutValue(answer: Answer, voice: Voice): string[] {
  return answer.maturing === null
    ? whyNoValue(answer, voice)
    : [...sayYoungCohort(answer, voice), ...sayCautions(answer, voice)];
}

function text(said: string): Block {
  return { kind: "text", text: said };
}
