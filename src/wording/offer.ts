/** What may be asked next, as what can be pressed or chosen: a click asks the line as if its presser had typed it. */
import type { Action, Block } from "../message.ts";
import { assertNever } from "../result.ts";

export interface Question {
  label: string;
  line: string;
}

/** One question, or one of several in a menu, those that matter most first. */
export type Offer =
  | ({ kind: "question" } & Question)
  | { kind: "questions"; label: string; questions: readonly Question[] };

export function offerActions(offers: readonly Offer[]): Action[] {
  return offers.flatMap((offer): Action[] => {
    switch (offer.kind) {
      case "question":
        return [{ kind: "button", id: ASK, label: offer.label, value: offer.line }];
      case "questions": {
        const choices = offer.questions.map(({ label, line }) => ({ label, value: line }));
        return choices.length === 0 ? [] : [{ kind: "menu", id: ASK, label: offer.label, choices }];
      }
      default:
        return assertNever(offer);
    }
  });
}

export const CSV = "csv";

/** Gives what the line tells to whoever presses it, as a file. */
export function csvButton(line: string): Action {
  return { kind: "button", id: CSV, label: "CSV", value: line };
}

/** The actions below a message; nothing for none. */
export function actionsBlock(actions: readonly Action[]): Block[] {
  return actions.length === 0 ? [] : [{ kind: "actions", actions }];
}

const ASK = "ask";
