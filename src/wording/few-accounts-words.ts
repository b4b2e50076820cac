/** Why a figure of a sensitive metric is kept back, without a word of what it is. */
import { LEAST_ACCOUNTS } from "../policy/index.ts";
import type { AskFault } from "./ask-fault.ts";
import type { FaultWords } from "./line-fault-words.ts";
import { periodNoun } from "./say-period.ts";

type KeptBack = Extract<AskFault, { kind: "too_few_accounts" | "not_cut_in_chat" }>;

export function fewAccountsWords(fault: KeptBack): FaultWords {
  if (fault.kind === "not_cut_in_chat")
    return {
      problem: `${fault.name} is not cut by ${fault.dimension} in chat, since that could single out one customer.`,
      next: "Ask for it as a whole, or on the terminal of the machine that runs the bot:",
      type: [fault.metric],
    };
  const { name, line, grain } = fault;
  if (line === null)
    return {
      problem: `${name} is not told for this ${periodNoun(grain)}: fewer than ${LEAST_ACCOUNTS} accounts are behind it.`,
      next: `Ask for another ${periodNoun(grain)}, or on the terminal of the machine that runs the bot.`,
      type: [],
    };
  return {
    problem: `${name} is not told for exactly this: it would be of fewer than ${LEAST_ACCOUNTS} accounts, or leave so few out that what one customer pays could be worked out.`,
    next: "The nearest that is told:",
    type: [line],
  };
}
