/** What is wrong, why and what to do, in words. */
import { assertNever } from "../result.ts";
import type { AskFault } from "./ask-fault.ts";
import { weekName } from "./say-week.ts";

export interface FaultWords {
  problem: string;
  /** What to do, in words. */
  next: string;
  /** What to type, after the command's name. */
  type: readonly string[];
  /** What ends the sentence after that. */
  end?: string;
}

type FaultOf<Kind extends AskFault["kind"]> = Extract<AskFault, { kind: Kind }>;

/** What is wrong with a question, why, and what to do; faults of the line itself are told apart. */
export function faultWords(fault: AskFault): FaultWords {
  switch (fault.kind) {
    case "unknown_metric":
      return unknownMetric(fault);
    case "unknown_dimension":
      return unknownDimension(fault);
    case "unknown_value":
      return unknownValue(fault);
    case "bad_tenure":
      return {
        problem: `"${fault.word}" is no tenure.`,
        next: "Write weeks since sign-up, one or a range:",
        type: ["tenure=3", "tenure=1-13"],
      };
    case "no_cohort":
      return {
        problem: `${fault.metric} describes no cohort of sign-ups.`,
        next: "Ask for a week instead:",
        type: [`${fault.metric} week 2026-W46`],
      };
    case "week_out_of_range":
      return outOfRange(fault);
    case "no_data":
      return {
        problem: `${fault.metric} has no data yet: nothing has been loaded into ${list(fault.sources)}.`,
        next: "The operator loads it with kpi import.",
        type: [],
      };
    case "not_yet":
      return { problem: `"${fault.word}" does not work yet.`, next: "What works:", type: ["help"] };
    case "not_here":
      return {
        problem: `${fault.name} is not shown ${fault.direct ? "in a direct message with you" : "in this channel"}.`,
        next: "It is shown only where the operator allows sensitive metrics.",
        type: [],
      };
    case "broken":
      return {
        problem: "That did not work. It is not your fault.",
        next: `Try again in a minute. If it happens again, give your operator this id: ${fault.id}`,
        type: [],
      };
    default:
      return lineFault(fault);
  }
}

type LineFault = FaultOf<
  "unknown_word" | "word_without_value" | "repeated_word" | "bad_week" | "bad_number" | "open_quote"
>;

/** What is wrong with how the line is written. */
function lineFault(fault: LineFault): FaultWords {
  switch (fault.kind) {
    case "unknown_word":
      return {
        problem: `"${fault.word}" is not understood here.`,
        next: `After a metric you can write ${list(fault.expected, "or")}. More:`,
        type: ["help"],
      };
    case "word_without_value":
      return needsValue(fault);
    case "repeated_word":
      return {
        problem: `"${fault.word}" is given twice.`,
        next:
          fault.word === "by"
            ? "One dimension at a time."
            : "Write it once. Several values go with commas, such as tier=pro,enterprise.",
        type: [],
      };
    case "bad_week":
      return {
        problem: `"${fault.word}" is not a week.`,
        next: "Write an ISO week such as 2026-W46, or any date in it such as 2026-11-12.",
        type: [],
      };
    case "bad_number":
      return {
        problem: `"${fault.word}" is not a number from ${fault.lowest} to ${fault.highest}.`,
        next: "Write a whole number in that range.",
        type: [],
      };
    case "open_quote":
      return {
        problem: "A quotation mark is opened and not closed.",
        next: "Close it, or leave it out.",
        type: [],
      };
    default:
      return assertNever(fault);
  }
}

function needsValue({ word, example }: FaultOf<"word_without_value">): FaultWords {
  return { problem: `"${word}" needs a value.`, next: "For example:", type: [example] };
}

function unknownMetric({ word, nearest }: FaultOf<"unknown_metric">): FaultWords {
  const problem = `There is no metric called "${word}".`;
  return nearest.length > 0
    ? { problem, next: "Did you mean", type: nearest, end: "?" }
    : { problem, next: "All metrics:", type: ["metrics"] };
}

function unknownDimension({ metric, word, allowed }: FaultOf<"unknown_dimension">): FaultWords {
  return {
    problem: `${metric} cannot be cut by "${word}".`,
    next:
      allowed.length === 0
        ? "It can only be asked for as a whole:"
        : `It can be cut by ${list(allowed, "or")}. For example:`,
    type: [[metric, ...allowed.slice(0, 1)].join(" by ")],
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

function outOfRange({ week, first, last }: FaultOf<"week_out_of_range">): FaultWords {
  const reach =
    first && last
      ? `There is data from ${weekName(first)} to ${weekName(last)}.`
      : "Nothing has been loaded yet.";
  return { problem: `There is no data for ${weekName(week)}.`, next: reach, type: [] };
}

function list(items: readonly string[], word = "and"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}
