/** A signal and what becomes of it, where figures are kept out of chat. */
import type { Text, Words } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import type { SignalState } from "./say-signal-state.ts";
import { weekName } from "./say-week.ts";
import type { Voice } from "./voice.ts";
import { whereFiguresAre } from "./where-figures-are.ts";
import { contextWithoutFigures, strong, verdictWithoutFigures } from "./without-figures.ts";

export interface BareSignal {
  heading: string;
  /** Null in the week that opened it. */
  state: SignalState | null;
  /** Who is asked, and what. */
  question: { said: string; shown: Text };
}

export function signalWithoutFigures(
  answer: Answer,
  { heading, state, question }: BareSignal,
  voice: Voice,
): Words {
  const since = state === null ? [] : [stateWithoutFigures(state)];
  const said = [verdictWithoutFigures(answer), ...since];
  const where = whereFiguresAre(answer);
  return {
    summary: `${heading} in ${weekName(answer.week)}. ${said.join(" ")} ${where.said}. ${question.said}`,
    blocks: [
      { kind: "heading", text: heading },
      ...said.map(strong),
      ...where.blocks,
      { kind: "text", text: question.shown },
      contextWithoutFigures(answer, voice),
    ],
  };
}

export function signalWeekWithoutFigures(answer: Answer, state: SignalState): Words {
  const verdict = state.kind === "open" ? ` ${verdictWithoutFigures(answer)}` : "";
  const text = `${stateWithoutFigures(state)}${verdict}`;
  return { summary: `${answer.name}: ${text}`, blocks: [{ kind: "text", text }] };
}

/** `Still open in 2026-W47.` */
function stateWithoutFigures({ kind, week }: SignalState): string {
  const words = { open: "Still open in", ended: "Over since", withdrawn: "Withdrawn in" } as const;
  return `${words[kind]} ${weekName(week)}.`;
}
