/** What is wrong with how a line is written, and what to write instead. */
import { assertNever } from "../result.ts";
import type { LineFault } from "./ask-fault.ts";
import { list } from "./list.ts";
import { periodName, periodsText } from "./say-period.ts";
import { targetFaultWords } from "./target-fault-words.ts";

export interface FaultWords {
  problem: string;
  /** What to do, in words. */
  next: string;
  /** What to type, after the command's name. */
  type: readonly string[];
  /** What ends the sentence after that. */
  end?: string;
}

/** A line whose words are not known, or stand without what belongs to them. */
export function lineFaultWords(fault: LineFault): FaultWords {
  switch (fault.kind) {
    case "unknown_word":
      return {
        problem: `"${fault.word}" is not understood here.`,
        next: `What fits here: ${list(fault.expected, "or")}. More:`,
        type: ["help"],
      };
    case "unknown_command":
      return unknown(`There is no command called "${fault.word}".`, fault.nearest, ["help"]);
    case "unknown_team":
      return unknown(
        `There is no team called "${fault.word}". Teams: ${list(fault.teams)}.`,
        fault.nearest.map((team) => `scorecard ${team}`),
        ["scorecard"],
      );
    case "unknown_code":
      return unknown(`No driver and no metric has the code "${fault.code}".`, fault.lines, [
        "drivers",
        "metrics",
      ]);
    case "no_drivers":
      return {
        problem: `${fault.name} has no drivers of its own.`,
        next: fault.lines.length > 0 ? "It stands under these:" : "All drivers:",
        type: fault.lines.length > 0 ? fault.lines : ["drivers"],
      };
    case "bare_value":
      return {
        problem: `"${fault.word}" is a ${fault.dimension}.`,
        next: "Say so:",
        type: [fault.line],
      };
    case "bad_target":
      return targetFaultWords(fault);
    case "bare_dimension":
      return {
        problem: `"${fault.word}" is a dimension.`,
        next: "Filter with an equals sign, cut with by:",
        type: fault.lines,
      };
    default:
      return formFaultWords(fault);
  }
}

type FormFault = Extract<
  LineFault,
  {
    kind:
      | "unsupported_operator"
      | "word_without_value"
      | "repeated_word"
      | "exclusive"
      | "open_quote"
      | "long_line";
  }
>;

/** A line whose words are known and do not stand as they must. */
function formFaultWords(fault: FormFault | TimeFault): FaultWords {
  switch (fault.kind) {
    case "unsupported_operator":
      return unsupported(fault);
    case "word_without_value":
      return {
        problem: `"${fault.word}" needs a value.`,
        next: "For example:",
        type: [fault.example],
      };
    case "repeated_word":
      return { problem: `"${fault.word}" is given twice.`, next: once(fault), type: [] };
    case "exclusive":
      return {
        problem: `"${fault.words[0]}" and "${fault.words[1]}" cannot be asked for together.`,
        next: "Leave one of them out.",
        type: [],
      };
    case "open_quote":
      return {
        problem: `A quotation mark is opened and not closed: ${fault.rest}`,
        next: "Close it, or leave it out.",
        type: [],
      };
    case "long_line":
      return {
        problem: `The line has ${fault.length} characters, which is too long.`,
        next: `At most ${fault.most} are read.`,
        type: [],
      };
    default:
      return timeFaultWords(fault);
  }
}

type TimeFault = Extract<
  LineFault,
  {
    kind: "bad_week" | "bad_number" | "not_weeks" | "since_after" | "too_far_back";
  }
>;

/** Weeks, dates and numbers. */
function timeFaultWords(fault: TimeFault): FaultWords {
  switch (fault.kind) {
    case "bad_week":
      return {
        problem: `"${fault.word}" is not a ${fault.unit ?? "week"}.`,
        next: namesOf[fault.unit ?? "week"],
        type: [],
      };
    case "bad_number":
      return {
        problem: `"${fault.word}" is not a number from ${fault.lowest} to ${fault.highest}.`,
        next: "Write a whole number in that range.",
        type: [],
      };
    case "not_weeks":
      return {
        problem: `"${fault.word}" is not in weeks, months or quarters.`,
        next: "Everything here is counted in those. For example:",
        type: [fault.line],
      };
    case "since_after":
      return {
        problem: `${periodName(fault.since, fault.grain)} comes after ${periodName(fault.end, fault.grain)}, with which the chart ends.`,
        next: "Give an earlier date.",
        type: [],
      };
    case "too_far_back":
      return {
        problem: `That is ${periodsText(fault.weeks, fault.grain)}; a chart has at most ${fault.most}.`,
        next: "Give a later date.",
        type: [],
      };
    default:
      return assertNever(fault);
  }
}

const namesOf = {
  week: "Write an ISO week such as 2026-W46 or 46, or any date in it such as 2026-11-12 or 12 Nov.",
  month: "Write it such as 2026-10, October or Oct 2025.",
  quarter: "Write it such as 2026-Q3 or Q3; quarters are those of the fiscal year.",
} as const satisfies Record<NonNullable<Extract<LineFault, { kind: "bad_week" }>["unit"]>, string>;

function unknown(
  problem: string,
  nearest: readonly string[],
  otherwise: readonly string[],
): FaultWords {
  return nearest.length > 0
    ? { problem, next: "Did you mean", type: nearest, end: "?" }
    : { problem, next: "What there is:", type: otherwise };
}

function unsupported(fault: Extract<LineFault, { kind: "unsupported_operator" }>): FaultWords {
  return {
    problem: `"${fault.operator}" does not work in a filter, only "=".`,
    next: fault.isNegated
      ? "Name what shall be in it, several values with commas:"
      : "A filter is a dimension, an equals sign and values with commas:",
    type: [fault.line ?? "help"],
  };
}

function once({ word, isFilter }: Extract<LineFault, { kind: "repeated_word" }>): string {
  if (word.toLowerCase() === "by") return "One dimension at a time.";
  const values = isFilter ? " Several values go with commas, such as tier=pro,enterprise." : "";
  return `Write it once.${values}`;
}
