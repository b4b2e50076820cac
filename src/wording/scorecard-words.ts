/** What a scorecard says, as words: the message and the picture place them. */
import type { Answer, Scorecard, ScorecardEntry } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { ownersText } from "./owners-text.ts";
import { plural } from "./plural.ts";
import { changeGrade, changeWords, gradedMark, isOfReports, isOtherBasis } from "./say-change.ts";
import { MISSING, sayFigure, sayWhole } from "./say-number.ts";
import { sayCohortWeeks } from "./say-scope.ts";
import { otherWeeks, sayVerdict, verdictWord, whyNotTested } from "./say-verdict.ts";
import { sayInstant, sayWeekDays, weekName, weeksText } from "./say-week.ts";
import { targetInShort } from "./target-in-short.ts";
import type { Voice } from "./voice.ts";

type Answered = Extract<ScorecardEntry, { kind: "answered" }>;

export function scorecardTitle({ week, team }: Scorecard): string {
  return `${team === undefined ? "Scorecard" : `Scorecard of ${team},`} ${weekName(week)}`;
}

/** `Mon 9 to Sun 15 Nov 2026, complete`: said only where every metric's data are. */
export function scorecardDays({ week, rows }: Scorecard, voice: Voice): string {
  const complete = rows.every((row) => row.kind === "answered" && row.answer.status !== "open");
  return `${sayWeekDays(week, voice)}${complete ? ", complete" : ""}`;
}

/** A row that its week opened a movement of: by one week that stands out, or by a run of eight. */
export function isSignal(row: ScorecardEntry): row is Answered {
  return row.kind === "answered" && ["signal", "run"].includes(row.answer.verdict.word);
}

/** `Adoption Rate (13-week) 17.1%, down 37.6 points (worse). Signal: unusually low. Expected ...`. */
export function signalLine({ answer, name }: Answered, voice: Voice): string {
  const value = sayFigure(answer.unit, answer.figures.value, voice);
  const target = targetInShort(answer, voice);
  const aim = target === "" ? "" : ` Target: ${target}.`;
  const verdict = sayVerdict(answer, voice, "full", changeGrade(answer));
  return `${name} ${value}, ${changeWords(answer, voice)}. ${verdict}${aim}`;
}

/** What a row says, cell by cell. */
export interface ScorecardCells {
  name: string;
  value: string;
  change: string;
  verdict: string;
  /** `45.0%, missed`; empty without a target. */
  target: string;
  owner: string;
}

export function scorecardCells(row: ScorecardEntry, voice: Voice): ScorecardCells {
  const { name, owners } = row;
  const owner = ownersText(owners);
  switch (row.kind) {
    case "answered": {
      const { answer } = row;
      const value = sayFigure(answer.unit, answer.figures.value, voice);
      const [change, target] = [gradedMark(answer, voice), targetInShort(answer, voice)];
      return { name, value, change, verdict: verdictWord(answer), target, owner };
    }
    case "late":
    case "failed":
      return { name, value: MISSING, change: "–", verdict: unansweredWord(row), target: "", owner };
    default:
      return assertNever(row);
  }
}

/** A row for who hears it: `Error Rate 0.39%, down 0.02 points, routine, target 1.0%, met.` */
export function rowSentence(row: ScorecardEntry, voice: Voice): string {
  const { name, value, verdict, target } = scorecardCells(row, voice);
  if (row.kind !== "answered") return `${name}: ${verdict}.`;
  const aim = target === "" ? "" : `, target ${target}`;
  return `${name} ${value}, ${changeWords(row.answer, voice)}, ${verdict}${aim}.`;
}

/** `10 metrics: 1 signal, 8 routine, 1 late (Error Rate).` */
export function verdictSentence({ rows }: Scorecard): string {
  const judged = (...words: string[]) =>
    rows.filter((row) => row.kind === "answered" && words.includes(row.answer.verdict.word)).length;
  const [signals, runs] = [judged("signal"), judged("run")];
  const said: [number, string][] = [
    [signals, plural(signals, "signal")],
    [runs, plural(runs, "run")],
    [judged("continuing"), "continuing"],
    [judged("seasonal"), "seasonal"],
    [judged("routine"), "routine"],
    [judged("too_few_weeks"), "with too few weeks before"],
    [judged("not_tested"), "not tested"],
    ...unanswered(rows),
  ];
  const parts = said
    .filter(([count], i) => count > 0 || i === 0)
    .map(([count, text]) => `${count === 0 ? "no" : count} ${text}`);
  return `${rows.length} ${plural(rows.length, "metric")}: ${parts.join(", ")}.`;
}

function unanswered(rows: readonly ScorecardEntry[]): [number, string][] {
  const words: Unanswered[] = ["late", "no data", "too few accounts", "failed"];
  return words.map((word) => {
    const names = rows
      .filter((row) => row.kind !== "answered" && unansweredWord(row) === word)
      .map((row) => row.name);
    return [names.length, `${word} (${someOf(names)})`];
  });
}

/** What a sentence, and two lines of a picture, have room for; the rows name them all. */
const MOST_NAMES = 3;

function someOf(names: readonly string[]): string {
  return names.length <= MOST_NAMES
    ? names.join(", ")
    : `${names.slice(0, MOST_NAMES - 1).join(", ")} and ${names.length - MOST_NAMES + 1} more`;
}

type Unanswered = "late" | "no data" | "too few accounts" | "failed";

/** A source that was never loaded is neither late nor a failure. */
export function unansweredWord(row: Exclude<ScorecardEntry, Answered>): Unanswered {
  if (row.kind === "late") return "late";
  if (row.reason === "too_few_accounts") return "too few accounts";
  return row.reason === "no_data" ? "no data" : "failed";
}

/** How fresh the data are, how much is not shown, and from when the change is. */
export function scorecardFooter(scorecard: Scorecard, hidden: number, voice: Voice): string {
  return [scorecardFreshness(scorecard, voice), ...scorecardSmallPrint(scorecard, hidden)].join(
    " · ",
  );
}

/** `data complete to Mon 16 Nov 2026, 00:00 UTC`: of the metric whose data reach least far. */
export function scorecardFreshness({ rows }: Scorecard, voice: Voice): string {
  const answers = answersOf(rows);
  const asOf = answers
    .map((answer) => answer.asOf)
    .filter((mark) => mark !== null)
    .sort()[0];
  const zone = answers[0]?.timeZone ?? "UTC";
  return asOf === undefined ? "no data yet" : `data complete to ${sayInstant(asOf, zone, voice)}`;
}

export function hiddenRows(hidden: number): string[] {
  return hidden > 0 ? [`${hidden} ${plural(hidden, "metric")} not shown here`] : [];
}

export function scorecardSmallPrint({ rows }: Scorecard, hidden: number): string[] {
  return [
    ...hiddenRows(hidden),
    ["change from the week before", ...otherChanges(answersOf(rows))].join(", "),
  ];
}

function answersOf(rows: readonly ScorecardEntry[]): Answer[] {
  return rows.filter((row) => row.kind === "answered").map((row) => row.answer);
}

/** `of Mean Time to Recovery from 13 weeks earlier`: rows that are compared otherwise. */
function otherChanges(answers: readonly Answer[]): string[] {
  return answers
    .filter(isOtherBasis)
    .map((answer) => `of ${answer.name} from ${otherBasis(answer)}`);
}

function otherBasis(answer: Answer): string {
  return isOfReports(answer) ? "the report before" : `${weeksText(answer.windowWeeks)} earlier`;
}

/** The rows whose values are not of the plain week, each with what they cover; empty where none is. */
export function scorecardNotes({ rows }: Scorecard, voice: Voice): string {
  return rows
    .map((row) => (row.kind === "answered" ? coverageNote(row.answer, voice) : ""))
    .filter(Boolean)
    .join(" · ");
}

/** What a row's value covers, where that is not the week itself: `13 weeks`, `sign-ups of 2026-W33`. */
export function coverage(answer: Answer, voice: Voice): string[] {
  const { windowWeeks, flags, figures, nMin } = answer;
  const cohort = sayCohortWeeks(answer);
  const year = answer.from === null ? "" : "the year so far";
  const thin = `thin sample (${sayWhole(figures.n ?? 0, voice)} of ${sayWhole(nMin, voice)} needed)`;
  return [
    cohort || year || (windowWeeks === 1 ? "" : weeksText(windowWeeks)),
    flags.includes("low_n") ? thin : "",
    flags.includes("above_range") ? "true value higher" : "",
  ].filter(Boolean);
}

/** `Retention Rate: 13 weeks, tested on the week alone (98.26%)`; empty for a plain week. */
function coverageNote(answer: Answer, voice: Voice): string {
  const other = otherWeeks(answer);
  const said = [
    ...coverage(answer, voice),
    other === null ? "" : `tested on ${other.on}${testedValue(answer, voice)}`,
    answer.verdict.word === "not_tested" ? `not tested: ${whyNotTested(answer)}` : "",
  ].filter(Boolean);
  return said.length === 0 ? "" : `${answer.name}: ${said.join(", ")}`;
}

function testedValue({ unit, verdict }: Answer, voice: Voice): string {
  return verdict.value === null ? "" : ` (${sayFigure(unit, verdict.value, voice)})`;
}
