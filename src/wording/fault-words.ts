/** What is wrong with a question, why and what to do, in words. */
import { assertNever } from "../result.ts";
import type { AskFault } from "./ask-fault.ts";
import { fewAccountsWords } from "./few-accounts-words.ts";
import { type FaultWords, lineFaultWords } from "./line-fault-words.ts";
import { list } from "./list.ts";
import { needWords } from "./need-words.ts";
import { ownSqlWords } from "./own-sql-words.ts";
import { periodName, periodNoun } from "./say-period.ts";

/** A choice is told by tell-choice.ts. */
type ToldByWords = Exclude<AskFault, { kind: "ambiguous" }>;
type FaultOf<Kind extends AskFault["kind"]> = Extract<AskFault, { kind: Kind }>;

/** What the data have not; faults of how the line is written are told in line-fault-words.ts. */
export function faultWords(fault: ToldByWords): FaultWords {
  switch (fault.kind) {
    case "unknown_metric":
      return unknownMetric(fault);
    case "unknown_dimension":
      return unknownDimension(fault);
    case "unknown_value":
      return unknownValue(fault);
    case "bad_tenure":
      return {
        problem: `"${fault.word}" is no number of weeks since sign-up.`,
        next: "Write a week such as tenure=3, or a range such as tenure=1-13.",
        type: [],
      };
    case "no_cohort":
      return {
        problem: `${fault.metric} describes no cohort.`,
        next: "Ask for a week instead:",
        type: [`${fault.metric} week 2026-W46`],
      };
    case "week_out_of_range":
      return outOfRange(fault, `There is no data for ${periodName(fault.week, fault.grain)}.`);
    case "future_week":
      return outOfRange(fault, `${periodName(fault.week, fault.grain)} has not begun yet.`);
    case "only_by_weeks":
      return onlyByWeeks(fault);
    case "no_data":
      return {
        problem: `${fault.metric} has no data yet: ${lackWords(fault)}.`,
        next: "The operator loads it with kpi import.",
        type: [],
      };
    case "own_sql":
      return ownSqlWords(fault);
    case "too_few_accounts":
    case "not_cut_in_chat":
      return fewAccountsWords(fault);
    case "not_yet":
    case "not_here":
    case "operators_only":
    case "no_such_post":
    case "post_left":
    case "broken":
    case "unavailable":
      return refusalWords(fault);
    default:
      return lineFaultWords(fault);
  }
}

/** Tables that were never loaded, and those that were and hold no row of the kind. */
function lackWords({ sources, needs }: FaultOf<"no_data">): string {
  const unloaded = sources.length > 0 ? [`nothing has been loaded into ${list(sources)}`] : [];
  return [...unloaded, ...needs.map(needWords)].join("; ");
}

/** What a command is besides in the hands of everybody, who may well look. */
const operatorsWork: Readonly<Record<string, string>> = {
  target: "Setting or ending a target",
};

/** Nothing is wrong with the question, and it gets no answer all the same. */
function refusalWords(
  fault: FaultOf<
    | "not_yet"
    | "not_here"
    | "operators_only"
    | "no_such_post"
    | "post_left"
    | "broken"
    | "unavailable"
  >,
): FaultWords {
  switch (fault.kind) {
    case "not_yet":
      return {
        problem: `"${fault.word}" does not work yet. To come: ${fault.what}.`,
        next: "What works:",
        type: ["help"],
      };
    case "not_here":
      return {
        problem: `${fault.name} is not shown ${fault.direct ? "in a direct message with you" : "in this channel"}.`,
        next: "It is shown only where the operator allows sensitive metrics.",
        type: [],
      };
    case "operators_only":
      return {
        problem: `${operatorsWork[fault.command] ?? `"${fault.command}"`} is for operators alone.`,
        next: "Ask one of them, or to be named under operators in kpi.yaml.",
        type: [],
      };
    case "no_such_post":
      return {
        problem: fault.isShort
          ? `More than one post begins with ${fault.id}.`
          : `There is no post ${fault.id}.`,
        next: fault.isShort ? "Type more of its id." : "The ids are in the first column of:",
        type: fault.isShort ? [] : ["runs"],
      };
    case "post_left":
      return {
        problem: leftBecause[fault.why],
        next: "How the posts of the week stand:",
        type: ["runs"],
      };
    case "broken":
      return {
        problem: "That did not work. It is not your fault.",
        next: `Try again in a minute. If it happens again, give your operator this id: ${fault.id}`,
        type: [],
      };
    case "unavailable":
      return unavailable(fault);
    default:
      return assertNever(fault);
  }
}

const notByPeriods = {
  window: "A window is of weeks, and months and quarters are told whole",
  cohort: "Cohorts are those of weeks",
  target: "Targets are set for weeks, and no month or quarter is held against one",
  metric: "is reckoned from single weeks",
} as const satisfies Record<FaultOf<"only_by_weeks">["what"], string>;

function onlyByWeeks({ metric, name, what }: FaultOf<"only_by_weeks">): FaultWords {
  const why = notByPeriods[what];
  return what === "metric"
    ? {
        problem: `${name} ${why}, so there is none of a month or a quarter.`,
        next: "Ask for weeks:",
        type: [`${metric} last 26 weeks`],
      }
    : {
        problem: `${why}.`,
        next: "Ask for months without it, or for weeks with it. For example:",
        type: [`${metric} last 6 months`],
      };
}

function unavailable({ why, id }: FaultOf<"unavailable">): FaultWords {
  const report = `If it goes on, give your operator this id: ${id}`;
  return why === "away"
    ? {
        problem: "The database cannot be reached right now, so there is no number to give.",
        next: `Nothing is wrong with your question. Ask again in a minute. ${report}`,
        type: [],
      }
    : {
        problem: "The database took too long over this, and it was stopped.",
        next: `Ask again in a minute, or for less: fewer weeks, one filter. ${report}`,
        type: [],
      };
}

function unknownMetric({ word, nearest }: FaultOf<"unknown_metric">): FaultWords {
  const problem = `There is no metric called "${word}".`;
  return nearest.length > 0
    ? { problem, next: "Did you mean", type: nearest, end: "?" }
    : { problem, next: "All metrics:", type: ["metrics"] };
}

function unknownDimension(fault: FaultOf<"unknown_dimension">): FaultWords {
  const { metric, word, allowed, nearest = [], elsewhere = [], isFilter = false } = fault;
  const done = isFilter ? "filtered" : "cut";
  const others =
    elsewhere.length > 0 ? ` ${list(elsewhere)} ${elsewhere.length > 1 ? "have" : "has"} it.` : "";
  const problem = `${metric} cannot be ${done} by "${word}".${others}`;
  if (nearest.length > 0)
    return {
      problem,
      next: "Did you mean",
      type: fault.lines ?? nearest.map((name) => `${metric} by ${name}`),
      end: "?",
    };
  return {
    problem,
    next:
      allowed.length === 0
        ? "It can only be asked for as a whole:"
        : `It can be ${done} by ${list(allowed, "or")}. For example:`,
    type: fault.lines ?? [[metric, ...allowed.slice(0, 1)].join(" by ")],
  };
}

function unknownValue({
  dimension,
  value,
  nearest,
  allowed,
}: FaultOf<"unknown_value">): FaultWords {
  const problem = `No ${dimension} is called "${value}".`;
  if (nearest.length > 0)
    return {
      problem,
      next: `Did you mean ${list(
        nearest.map((near) => `${dimension}=${/[\s,]/.test(near) ? `"${near}"` : near}`),
        "or",
      )}?`,
      type: [],
    };
  if (allowed.length === 0)
    return { problem, next: `No ${dimension} has been seen in the data yet.`, type: [] };
  const most = allowed.slice(0, 12);
  return {
    problem,
    next: `There are ${list(most)}${allowed.length > most.length ? `, and ${allowed.length - most.length} more` : ""}.`,
    type: [],
  };
}

/** The last week (or month) that is told is the last complete one; the one after it may be asked for, and is open. */
function outOfRange(
  { first, last, grain }: Pick<FaultOf<"week_out_of_range">, "first" | "last" | "grain">,
  problem: string,
): FaultWords {
  const reach =
    first && last
      ? `There is data from ${periodName(first, grain)} to ${periodName(last, grain)}, the last complete ${periodNoun(grain)}.`
      : "Nothing has been loaded yet.";
  return { problem, next: reach, type: [] };
}

const leftBecause = {
  sent: "It has been sent already: one report is said once in a channel, and kept up to date there.",
  being_sent: "It is being sent at this moment, so nothing was changed.",
  superseded: "A later week's report has taken its place, so it is not sent any more.",
  done: "That has been done already.",
} as const satisfies Record<FaultOf<"post_left">["why"], string>;
