/** The verdict in words (METRICS.md 4.2 B, "Told"). */
import type { Answer } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { capital } from "./capital.ts";
import { sayExpected } from "./say-expected.ts";
import { sayValue } from "./say-number.ts";
import { periodNoun } from "./say-period.ts";
import { weekName, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";
import { withinWhole } from "./whole-share.ts";

/** What the words need of an answer. */
export type Judged = Pick<
  Answer,
  | "unit"
  | "direction"
  | "isOfWhole"
  | "verdict"
  | "figures"
  | "windowWeeks"
  | "grain"
  | "from"
  | "status"
  | "nMin"
  | "flags"
>;

export type Tone = "good" | "bad" | "neutral";

/** Colour and "better" belong to what departs; a routine change has neither. */
export function toneOf(judged: Judged): Tone {
  const side = departure(judged);
  if (side === null || judged.direction === "neutral") return "neutral";
  return (side === 1) === (judged.direction === "up") ? "good" : "bad";
}

/** Of the change beside a verdict: its own way, where the week departs at all. */
export function changeTone(judged: Judged & Pick<Answer, "change">): Tone {
  const { better } = judged.change;
  if (toneOf(judged) === "neutral" || better === null) return "neutral";
  return better ? "good" : "bad";
}

/** Which way a signal, a run or what continues departs; null for everything else. */
export function departure(judged: Judged): 1 | -1 | null {
  const { verdict } = judged;
  if (!["signal", "continuing", "run"].includes(verdict.word)) return null;
  if (verdict.direction !== null) return verdict.direction;
  const value = testedValue(judged);
  if (value === null || verdict.expected === null) return null;
  return value >= verdict.expected ? 1 : -1;
}

/** One or two words, for a table. */
export function verdictWord(judged: Judged): string {
  const side = departure(judged);
  const way = side === null ? "" : side === 1 ? " up" : " down";
  switch (judged.verdict.word) {
    case "signal":
      return `signal${way}`;
    case "continuing":
      return side === null ? "continuing" : `still${way}`;
    case "run":
      return `run${way}`;
    case "seasonal":
      return "seasonal";
    case "routine":
      return "routine";
    case "too_few_weeks":
      return "too few weeks";
    case "not_tested":
      return "not tested";
    default:
      return assertNever(judged.verdict.word);
  }
}

/**
 * The word and what it means, then what was expected: `Signal: unusually low (worse). Expected ...`.
 * Short, it fits the two lines that a card has for it. `graded`: what the change beside it is called
 * already, `better` or `worse`, which is not said twice.
 */
export function sayVerdict(
  judged: Judged,
  voice: Voice,
  length: "full" | "short" = "full",
  graded = "",
): string {
  const limits = withinWhole(judged.verdict, judged.isOfWhole);
  const expected = sayExpected(judged.unit, limits, testedValue(judged), voice);
  const found = sayFinding(judged, graded);
  if (expected === "") return found;
  const other = otherWeeks(judged);
  if (other === null) return `${found} ${capital(expected)}.`;
  const notOn = length === "full" ? `, not on ${other.notOn}` : "";
  return `${found} Tested on ${other.on}${notOn}: ${sayJudged(judged, voice)}${expected}.`;
}

/** `8.3%, `: without it, a value inside limits that are not its own would be called a signal. */
function sayJudged({ unit, verdict }: Judged, voice: Voice): string {
  return verdict.value === null ? "" : `${sayValue(unit, verdict.value, voice)}, `;
}

function sayFinding(judged: Judged, graded: string): string {
  const { verdict } = judged;
  const side = departure(judged);
  const since = verdict.since === null ? "" : weekName(verdict.since);
  switch (verdict.word) {
    case "signal": {
      const how = side === null ? "unusual" : `unusually ${side === 1 ? "high" : "low"}`;
      return `Signal: ${how}${isInside(judged) ? " two weeks in a row" : ""}${toneWord(judged, graded)}.`;
    }
    case "continuing":
      return `Continuing: still ${sideOf(side)} the level before ${since || "it began"}${toneWord(judged, graded)}.`;
    case "run":
      return `Run: ${sideOf(side)} the earlier trend for eight weeks${since && `, since ${since}`}${toneWord(judged, graded)}.`;
    case "seasonal":
      return "Seasonal: unusual, but much the same at this time in both years before.";
    case "routine":
      return "Routine: within normal variation.";
    case "too_few_weeks":
      return "Too few weeks yet to say what is normal.";
    case "not_tested":
      return `Not tested: ${whyNotTested(judged)}.`;
    default:
      return assertNever(verdict.word);
  }
}

function sideOf(side: 1 | -1 | null): string {
  return side === null ? "away from" : side === 1 ? "above" : "below";
}

function toneWord(judged: Judged, graded: string): string {
  const tone = toneOf(judged);
  const word = tone === "neutral" ? "" : tone === "good" ? "better" : "worse";
  return word === "" || word === graded ? "" : ` (${word})`;
}

/** How many weeks were tested together. */
function testedWeeks({ verdict }: Judged): number {
  return verdict.pooledWeeks ?? 1;
}

/** The value that the limits are about: the one that is shown, or where its weeks are others, theirs. */
function testedValue(judged: Judged): number | null {
  return testedWeeks(judged) === judged.windowWeeks ? judged.figures.value : judged.verdict.value;
}

/** The verdict's weeks where they are not those of the value: its limits beside it would mislead. */
export function otherWeeks(judged: Judged): { on: string; notOn: string } | null {
  const [tested, shown] = [testedWeeks(judged), judged.windowWeeks];
  const { expected, value } = judged.verdict;
  // A metric that looks back over weeks by itself has one value, however wide the window is called.
  const isSame = value !== null && value === judged.figures.value;
  if (tested === shown || expected === null || isSame) return null;
  return {
    on: tested === 1 ? "the week alone" : `${weeksText(tested)} together`,
    notOn: shown === 1 ? "the week alone" : `the ${weeksText(shown)} together`,
  };
}

/** A signal inside its limits was called for two weeks in a row on the same side. */
function isInside(judged: Judged): boolean {
  const [value, { low, high }] = [testedValue(judged), judged.verdict];
  if (value === null || low === null || high === null) return false;
  return value >= low && value <= high;
}

/** Where a sample is needed, a week that was not tested had too small a one, pooled with others too. */
export function isThin({
  verdict,
  status,
  figures,
  nMin,
  flags,
  grain,
}: Pick<Judged, "verdict" | "status" | "figures" | "nMin" | "flags" | "grain">): boolean {
  if (grain !== undefined) return flags.includes("low_n");
  const isUntested =
    verdict.word === "not_tested" && status === "final" && !flags.includes("unjudged");
  return isUntested && verdict.test !== null && figures.value !== null && nMin > 0;
}

/** Why a week was not tested: `the sample is too thin`. */
export function whyNotTested(judged: Judged): string {
  const { status, grain, figures, windowWeeks, from, flags } = judged;
  if (status === "open") return `the ${periodNoun(grain)} is not over`;
  if (status === "maturing") return "this cohort has not had its whole time yet";
  if (figures.value === null) return "there is no value";
  if (grain !== undefined) return "verdicts are of weeks";
  if (flags.includes("unjudged")) return "a refresh is due";
  if (from !== null) return "this is a running total";
  if (flags.includes("withheld")) return "some of the weeks that it would rest on are not told";
  if (!isThin(judged)) return "the definition of this metric asks for no test";
  return windowWeeks === 1
    ? "the sample is too thin"
    : "the samples of the single weeks are too thin";
}
