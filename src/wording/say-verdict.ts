/** The verdict in words (METRICS.md 4.2 B, "Told"). */
import type { Answer, Verdict } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { sayValue } from "./say-number.ts";
import { weekName } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** What the words need of an answer: a scorecard's row has as much. */
export type Judged = Pick<
  Answer,
  "unit" | "direction" | "verdict" | "figures" | "windowWeeks" | "status" | "filters" | "nMin"
>;

export type Tone = "good" | "bad" | "neutral";

/** Colour and "better" belong to what departs; a routine change has neither. */
export function toneOf(judged: Judged): Tone {
  const side = departure(judged.verdict, judged.figures.value);
  if (side === null || judged.direction === "neutral") return "neutral";
  return (side === 1) === (judged.direction === "up") ? "good" : "bad";
}

/** Which way a signal, a run or what continues departs; null for everything else. */
export function departure(verdict: Verdict, value: number | null): 1 | -1 | null {
  if (!["signal", "continuing", "run"].includes(verdict.word)) return null;
  if (verdict.direction !== null) return verdict.direction;
  if (value === null || verdict.expected === null) return null;
  return value >= verdict.expected ? 1 : -1;
}

/** One or two words, for a table. */
export function verdictWord(judged: Judged): string {
  const side = departure(judged.verdict, judged.figures.value) === -1 ? "down" : "up";
  switch (judged.verdict.word) {
    case "signal":
      return `signal ${side}`;
    case "continuing":
      return `still ${side}`;
    case "run":
      return `run ${side}`;
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

/** A sentence: the word, what was expected and its limits, and since when. */
export function sayVerdict(judged: Judged, voice: Voice): string {
  const { verdict } = judged;
  const scope = judged.windowWeeks === 1 || verdict.expected === null ? "" : " for the single week";
  const expected = sayExpected(judged, voice);
  const side = departure(verdict, judged.figures.value) === -1 ? "below" : "above";
  const since = verdict.since === null ? "" : weekName(verdict.since);
  switch (verdict.word) {
    case "signal":
      return `Signal: ${sideWords(judged)}${scope}, ${isInside(judged) ? "two weeks in a row, " : ""}${expected}.${exploratory(judged)}`;
    case "continuing":
      return `Continuing: still ${side} the level before ${since}${expected ? `; ${expected}` : ""}.${exploratory(judged)}`;
    case "run":
      return `Run: eight weeks in a row ${side} what the weeks before led to expect, since ${since}; ${expected}.${exploratory(judged)}`;
    case "seasonal":
      return `Seasonal: outside its limits, as at this time in both years before; ${expected}.`;
    case "routine":
      return `Routine: within normal variation${scope}, ${expected}.`;
    case "too_few_weeks":
      return "Too few weeks yet to say what is normal.";
    case "not_tested":
      return notTested(judged);
    default:
      return assertNever(verdict.word);
  }
}

function sideWords(judged: Judged): string {
  const up = departure(judged.verdict, judged.figures.value) !== -1;
  const side = up ? "above what was expected" : "below what was expected";
  const tone = toneOf(judged);
  return tone === "neutral" ? side : `${side} (${tone === "good" ? "better" : "worse"})`;
}

function sayExpected({ verdict, unit }: Judged, voice: Voice): string {
  if (verdict.expected === null || verdict.low === null || verdict.high === null) return "";
  const [expected, low, high] = [verdict.expected, verdict.low, verdict.high].map((value) =>
    sayValue(unit, value, voice),
  );
  return `expected ${expected} (${low} to ${high})`;
}

/** A signal inside its limits was called for two weeks in a row on the same side. */
function isInside({ verdict, figures, windowWeeks }: Judged): boolean {
  if (windowWeeks !== 1 || figures.value === null || verdict.low === null || verdict.high === null)
    return false;
  return figures.value >= verdict.low && figures.value <= verdict.high;
}

function exploratory({ filters }: Judged): string {
  return Object.keys(filters).length === 0
    ? ""
    : " A filtered question is exploratory: it opens no signal.";
}

function notTested({ status, verdict, figures, nMin }: Judged): string {
  if (status === "open") return "Not judged: the week is not over.";
  if (verdict.test === null) return "This metric is not tested.";
  if ((figures.n ?? 0) < nMin) return `Not judged: fewer than ${nMin} units.`;
  return "Not judged: nothing to compare this week with.";
}
