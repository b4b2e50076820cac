/** All that can be wrong with a question, and how it is told: what, why and what to type instead. */
import type { Message, Span } from "../message.ts";
import type { QueryFault } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { weekName } from "./say-week.ts";

export type AskFault =
  | QueryFault
  /** Named as a person reads it; only what the asker may see. */
  | { kind: "unknown_word"; word: string; expected: readonly string[] }
  | { kind: "word_without_value"; word: string; example: string }
  | { kind: "repeated_word"; word: string }
  | { kind: "bad_week"; word: string }
  | { kind: "bad_number"; word: string; lowest: number; highest: number }
  | { kind: "open_quote" }
  | { kind: "not_yet"; word: string }
  | { kind: "not_here"; name: string; direct: boolean }
  | { kind: "broken"; id: string };

interface Told {
  problem: string;
  /** What to do, in words. */
  next: string;
  /** What to type, after the command's name. */
  type: readonly string[];
}

export function tellFault(fault: AskFault, prefix: string): Message {
  const { problem, next, type } = told(fault);
  const commands = type.map((words) => `${prefix} ${words}`.trim());
  const line: Span[] = commands.flatMap((command, i) => [
    ...(i > 0 ? [" or "] : []),
    { kind: "code", text: command } as const,
  ]);
  return {
    summary: [problem, next, commands.join(" or ")].filter(Boolean).join(" "),
    blocks: [
      { kind: "text", text: problem },
      ...(next || line.length > 0
        ? [{ kind: "text", text: [next, next && line.length > 0 ? " " : "", ...line] } as const]
        : []),
    ],
  };
}

function told(fault: AskFault): Told {
  switch (fault.kind) {
    case "unknown_metric":
      return fault.nearest.length > 0
        ? {
            problem: `There is no metric called "${fault.word}".`,
            next: "Did you mean",
            type: fault.nearest,
          }
        : {
            problem: `There is no metric called "${fault.word}".`,
            next: "All metrics:",
            type: ["metrics"],
          };
    case "unknown_dimension":
      return {
        problem: `${fault.metric} cannot be cut by "${fault.word}".`,
        next: `It can be cut by ${list(fault.allowed)}:`,
        type: fault.allowed[0] ? [`${fault.metric} by ${fault.allowed[0]}`] : [],
      };
    case "unknown_value":
      return unknownValue(fault);
    case "week_out_of_range":
      return outOfRange(fault);
    case "no_data":
      return {
        problem: `${fault.metric} has no data yet: nothing has been loaded into ${list(fault.sources)}.`,
        next: "The operator loads it with kpi import.",
        type: [],
      };
    case "unknown_word":
      return {
        problem: `"${fault.word}" is not understood here.`,
        next: `After a metric come ${list(fault.expected)}:`,
        type: ["help"],
      };
    case "word_without_value":
      return {
        problem: `"${fault.word}" needs a value.`,
        next: "For example",
        type: [fault.example],
      };
    case "repeated_word":
      return {
        problem: `"${fault.word}" is given twice.`,
        next: "Give several values with commas, such as tier=pro,enterprise.",
        type: [],
      };
    case "bad_week":
      return {
        problem: `"${fault.word}" is no week.`,
        next: "Write an ISO week such as 2026-W46, or any date in it such as 2026-11-12.",
        type: [],
      };
    case "bad_number":
      return {
        problem: `"${fault.word}" is not a number from ${fault.lowest} to ${fault.highest}.`,
        next: "",
        type: [],
      };
    case "open_quote":
      return {
        problem: "A quotation mark is opened and not closed.",
        next: "Close it, or leave it out.",
        type: [],
      };
    case "not_yet":
      return { problem: `"${fault.word}" is not there yet.`, next: "What is:", type: ["help"] };
    case "not_here":
      return {
        problem: `${fault.name} is not shown ${fault.direct ? "in a direct message with you" : "in this channel"}.`,
        next: "It is told only where the operator allows sensitive metrics.",
        type: [],
      };
    case "broken":
      return {
        problem: "That did not work, and it is not your doing.",
        next: `Try again in a minute; if it stays, give your operator this id: ${fault.id}`,
        type: [],
      };
    default:
      return assertNever(fault);
  }
}

function unknownValue({
  dimension,
  value,
  nearest,
  allowed,
}: Extract<AskFault, { kind: "unknown_value" }>): Told {
  const problem = `No ${dimension} is called "${value}".`;
  if (nearest.length > 0)
    return {
      problem,
      next: `Did you mean ${list(
        nearest.map((near) => `${dimension}=${near}`),
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

function outOfRange({ week, first, last }: Extract<AskFault, { kind: "week_out_of_range" }>): Told {
  const reach =
    first && last
      ? `The data reach from ${weekName(first)} to ${weekName(last)}.`
      : "Nothing has been loaded yet.";
  return { problem: `There are no data for ${weekName(week)}.`, next: reach, type: [] };
}

function list(items: readonly string[], word = "and"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}
