/** The message of a signal, under which it is discussed. */
import type { Message, Span } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { sayChange } from "./say-change.ts";
import { sayValue } from "./say-number.ts";
import { sayDefinition, sayFreshness, sayPeriod } from "./say-scope.ts";
import { sayVerdict } from "./say-verdict.ts";
import { weekName } from "./say-week.ts";
import type { Voice } from "./voice.ts";

export interface SignalTeam {
  name: string;
  /** Whom to call, such as `slack:S0PRD`; null: nobody by name. */
  mention: string | null;
}

export function tellSignal(answer: Answer, team: SignalTeam, voice: Voice): Message {
  const value = sayValue(answer.unit, answer.figures.value, voice);
  const question =
    "What happened? Answer in this thread: it is kept with the metric, and /kpi define shows it.";
  const owner: Span =
    team.mention === null ? team.name : { kind: "mention", target: team.mention, name: team.name };
  return {
    summary: `Signal, ${weekName(answer.week)}: ${answer.name} ${value}. ${sayChange(answer, voice)}. ${sayVerdict(answer, voice)} Owner: ${team.name}. ${question}`,
    blocks: [
      { kind: "heading", text: `Signal: ${answer.name}` },
      { kind: "text", text: [{ kind: "strong", text: value }, `  ${sayChange(answer, voice)}.`] },
      { kind: "text", text: sayVerdict(answer, voice) },
      { kind: "image" },
      { kind: "text", text: ["Owner: ", owner, `. ${question}`] },
      {
        kind: "context",
        text: `${sayPeriod(answer, voice)} · ${sayFreshness(answer, voice)} · definition ${sayDefinition(answer)}`,
      },
    ],
  };
}

/** The one line in the scorecard's thread that leads to where a signal is discussed. */
export function tellSignalLink(name: string, url: string | null): Message {
  const text = `${name}: discussed here`;
  const line: Span = url === null ? text : { kind: "link", text, url };
  return {
    summary: url === null ? text : `${text}: ${url}`,
    blocks: [{ kind: "text", text: [line] }],
  };
}
