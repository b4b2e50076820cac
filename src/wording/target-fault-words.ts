/** What is wrong with a target that somebody wants to set. */
import type { LineFault } from "./ask-fault.ts";

type BadTarget = Extract<LineFault, { kind: "bad_target" }>;

export function targetFaultWords({ why, word, line }: BadTarget) {
  const [problem, next] = words[why];
  const said = problem.replaceAll("%", () => (word === "" ? "Nothing" : `"${word}"`));
  return { problem: said, next, type: [line] };
}

const words = {
  no_number: [
    "% is no value of this metric.",
    "Write a number in its unit, with a decimal point: 45%, 0.45, 2.8m, 3,000, 500ms, 4 hours. For example:",
  ],
  share: ["% is more than a share can be.", "Write a percentage, or a fraction of 1:"],
  outside_whole: ["% is no share of a whole.", "Write one from 0% to 100%:"],
  no_day: ["% names no day.", "Write a date or a week: 2026-12-31, 31 Dec, W52. For example:"],
  twice: ["% comes twice.", "Write one from, and one by or until:"],
  upside_down: ["% is a band whose upper edge is the lower one.", "Write the lower edge first:"],
  no_side: [
    "Of this metric neither more nor less is good, so % alone says nothing.",
    "Write a band, or at least or at most before the value:",
  ],
  no_sum: [
    "This metric does not add up over weeks, so % cannot be reached in all.",
    "Leave out: in all. For example:",
  ],
  end_by: [
    "An end has no end of its own: %.",
    "Write end, and from which week on, if it is not the latest complete one. To see what there is:",
  ],
  backwards: ["The target would end on %, before it begins.", "See what there is:"],
  none_to_end: ["On % there is no target for exactly these filters.", "See what there is:"],
} as const satisfies Record<BadTarget["why"], readonly [string, string]>;
