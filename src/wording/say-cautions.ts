/** What a reader must know before trusting a number. */
import type { Answer, AnswerFlag } from "../metrics/index.ts";
import { LEAST_ACCOUNTS } from "../policy/index.ts";
import { sayWhole } from "./say-number.ts";
import { periodNoun } from "./say-period.ts";
import { weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** Sentences, the weightiest first; empty when there is nothing. */
export function sayCautions(answer: Answer, voice: Voice): string[] {
  return [
    ...statusCaution(answer),
    ...flagCautions(answer, voice),
    ...windowCaution(answer),
    ...filterCaution(answer),
  ];
}

const onRevenue = "Some costs are not known, so revenue counts in full, as if it cost nothing.";

/** What a picture must say too, for it is passed on without the text. */
export function sayBasis({ flags }: Pick<Answer, "flags">): string[] {
  return flags.includes("revenue_basis") ? [onRevenue.slice(0, -1)] : [];
}

function statusCaution({ status, grain, isLevel }: Answer): string[] {
  const noun = periodNoun(grain);
  if (status === "open")
    return [
      isLevel
        ? `This ${noun} is not over, so this is the newest value: it is not compared with a complete ${noun}, and not tested.`
        : `This ${noun} is not over, so the number is partial: it is not compared with a complete ${noun}, and not tested.`,
    ];
  if (status === "maturing")
    return [
      "This cohort has not had its whole time yet: the number is not compared, and not tested.",
    ];
  return [];
}

/** A month's retention is that of a month, which is no worse than a quarter's for being higher. */
function windowCaution({ grain, windowWeeks, defaultWindowWeeks }: Answer): string[] {
  if (grain === undefined || defaultWindowWeeks === windowWeeks) return [];
  return [
    `This is over the ${grain.unit}; by weeks it is told over ${weeksText(defaultWindowWeeks)}, and the two are not to be compared.`,
  ];
}

function flagCautions(answer: Answer, voice: Voice): string[] {
  const n = sayWhole(answer.figures.n ?? 0, voice);
  const needed = sayWhole(answer.nMin, voice);
  const own = answer.defaultWindowWeeks === 1 ? "One week" : weeksText(answer.defaultWindowWeeks);
  const sentences: Record<AnswerFlag, string> = {
    widened: `${own} alone would be a thin sample, under ${needed}. So this is ${weeksText(answer.windowWeeks)} together: a sample of ${n}.`,
    low_n: `Thin sample: ${n}, where ${needed} are needed. Read it with care.`,
    above_range: "The true value is higher: the histogram ends at 10,000 ms.",
    restated: "Restated: rows that came late have changed this value.",
    unjudged:
      "No refresh has come to it yet, or its definition or the settings in kpi.yaml changed since: the next one (kpi refresh) gives a verdict.",
    late: "Some of the data came late.",
    under_half_reached_value: "Fewer than half have got there, so there is no median yet.",
    target_met: "The target is met.",
    target_missed: "The target is missed.",
    no_revenue: "There was no revenue to measure against.",
    revenue_basis: onRevenue,
    partial: `The data begin within ${answer.grain?.unit === "quarter" ? "this quarter or one" : "this month or one"} that it rests on, so the number is partial: it is not compared.`,
    partial_first: `The first ${periodNoun(answer.grain)} shown is partial: the data begin within it.`,
    // Said where the comparison would be.
    partial_before: "",
    no_target: "No target is set for exactly this.",
    withheld: `What rests on fewer than ${LEAST_ACCOUNTS} accounts is left out: weeks, a comparison or a target.`,
  };
  // What became of a target is in the target's own sentence.
  const told = (flag: AnswerFlag): boolean =>
    flag !== "partial_before" &&
    (answer.target === null || !["target_met", "target_missed"].includes(flag));
  return answer.flags.filter(told).map((flag) => sentences[flag]);
}

function filterCaution({ filters, verdict }: Answer): string[] {
  const departs = verdict.word === "signal" || verdict.word === "run";
  return departs && Object.keys(filters).length > 0
    ? ["This is a filtered question, so it is exploratory: no signal is opened for it."]
    : [];
}
