/** The scorecard as one picture. */
import type { Picture } from "../message.ts";
import type { Answer, AnsweredTarget, Scorecard, ScorecardEntry } from "../metrics/index.ts";
import {
  drawScorecard,
  type ScorecardCard,
  type ScorecardRow,
  type TargetKind,
  type Theme,
  type VerdictKind,
} from "../render/index.ts";
import { changeGrade, changeMark } from "./say-change.ts";
import { sayValue } from "./say-number.ts";
import { changeTone, departure, toneOf } from "./say-verdict.ts";
import { weekName } from "./say-week.ts";
import {
  coverage,
  isSignal,
  scorecardCells,
  scorecardDays,
  scorecardFooter,
  scorecardTitle,
  signalLine,
  verdictSentence,
} from "./scorecard-words.ts";
import { targetLevel, targetState } from "./target-in-short.ts";
import { periodOf } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

/** Throws what drawing throws; the numbers are told without it. */
export async function pictureOfScorecard(
  scorecard: Scorecard,
  hidden: number,
  voice: Voice,
  theme: Theme,
): Promise<Picture> {
  const card = scorecardCard(scorecard, hidden, voice, theme);
  const { png, width, height } = await drawScorecard(card);
  const signals = scorecard.rows.filter(isSignal).map((row) => signalLine(row, voice));
  return {
    png,
    width,
    height,
    alt: ["Scorecard table.", verdictSentence(scorecard), ...signals].join(" "),
    filename: `scorecard-${weekName(scorecard.week)}.png`,
  };
}

/** What is drawn, in words. */
export function scorecardCard(
  scorecard: Scorecard,
  hidden: number,
  voice: Voice,
  theme: Theme,
): ScorecardCard {
  return {
    title: scorecardTitle(scorecard),
    subtitle: `${scorecardDays(scorecard, voice)} · ${verdictSentence(scorecard)}`,
    rows: scorecard.rows.map((row) => cardRow(row, voice)),
    footer: scorecardFooter(scorecard, hidden, voice),
    theme,
  };
}

function cardRow(row: ScorecardEntry, voice: Voice): ScorecardRow {
  const { name, value, change, verdict, owner } = scorecardCells(row, voice);
  if (row.kind !== "answered") {
    return {
      name,
      owner,
      value,
      change: { text: change, grade: "", tone: "neutral" },
      verdict: { text: verdict, tone: "neutral", kind: row.kind },
      target: null,
      series: [],
    };
  }
  const { answer } = row;
  const [tone, period] = [toneOf(answer), periodOf(answer.unit)];
  return {
    name,
    // Beneath the name there is room for what the value is of, which comes first: a cut takes owners.
    owner: [...coverage(answer, voice), ...(period === null ? [] : [`per ${period}`]), owner].join(
      " · ",
    ),
    value: sayValue(answer.unit, answer.figures.value, voice, "short"),
    change: {
      text: changeMark(answer, voice),
      grade: changeGrade(answer),
      tone: changeTone(answer),
    },
    verdict: { text: verdict, tone, kind: verdictKind(answer) },
    target: targetOf(answer, voice),
    series: answer.series.map((point) => point.value),
  };
}

function targetOf(answer: Answer, voice: Voice): ScorecardRow["target"] {
  const { target } = answer;
  if (target === null) return null;
  const state = targetState(answer);
  return {
    level: targetLevel(answer, voice, "short"),
    // A picture is passed on without its text, where `(not certain)` stands.
    state: state === "" ? "" : `target ${state}${target.certain === false ? " (?)" : ""}`,
    kind: stands[target.status],
  };
}

const stands = {
  met: "reached",
  inside: "reached",
  on_track: "reached",
  at_risk: "near",
  missed: "missed",
  above: "missed",
  below: "missed",
  off_track: "missed",
  no_verdict: "unknown",
} as const satisfies Record<AnsweredTarget["status"], TargetKind>;

function verdictKind(answer: Answer): VerdictKind {
  switch (answer.verdict.word) {
    case "signal":
      return departure(answer) === -1 ? "signal_down" : "signal_up";
    case "too_few_weeks":
    case "not_tested":
      return "untested";
    default:
      return answer.verdict.word;
  }
}
