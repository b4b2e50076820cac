/** The message of a signal, under which it is discussed. */
import type { Message, Span } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import { chartOfAnswer } from "./chart-of-answer.ts";
import { lookIntoBlock } from "./look-into.ts";
import { sayCautions } from "./say-cautions.ts";
import { changeGrade, sayChange, showChange } from "./say-change.ts";
import { sayFigure } from "./say-number.ts";
import { sayParts } from "./say-scope.ts";
import { type SignalState, saySignalState, saySignalWeek } from "./say-signal-state.ts";
import { sayTarget } from "./say-target.ts";
import { sayVerdict } from "./say-verdict.ts";
import { weekName } from "./say-week.ts";
import { signalWeekWithoutFigures, signalWithoutFigures } from "./signal-without-figures.ts";
import { cohortSentence, contextOf } from "./tell-answer.ts";
import type { Voice } from "./voice.ts";
import { figureless } from "./without-figures.ts";

export interface SignalTeam {
  name: string;
  /** Whom to call, such as `slack:S0PRD`; null: nobody by name. */
  mention: string | null;
}

/** `state`: what became of it since; null in the week that opened it. */
export function tellSignal(
  answer: Answer,
  team: SignalTeam,
  voice: Voice,
  state: SignalState | null = null,
): Message {
  const value = sayFigure(answer.unit, answer.figures.value, voice);
  const parts = sayParts(answer, voice);
  const count = parts === "" ? "" : ` (${parts})`;
  const heading = `${answer.verdict.word === "run" ? "Run" : "Signal"}: ${answer.name}`;
  const question =
    "What happened? Answer in this thread: it is kept with the metric, and /kpi define shows it.";
  const owner: Span =
    team.mention === null ? team.name : { kind: "mention", target: team.mention, name: team.name };
  const since = state === null ? [] : [saySignalState(state, answer.unit, voice)];
  const verdict = sayVerdict(answer, voice, "full", changeGrade(answer));
  const said = [...cohortSentence(answer, voice), verdict, ...sayTarget(answer, voice), ...since];
  const cautions = sayCautions(answer, voice);
  const asked = {
    said: `Owner: ${team.name}. ${question}`,
    shown: ["Owner: ", owner, `. ${question}`],
  };
  const change = `${count}  ${showChange(answer, voice)}`;
  return {
    summary: [
      `${heading} ${value}${count} in ${weekName(answer.week)}.`,
      `${capital(sayChange(answer, voice))}.`,
      ...said,
      ...cautions,
      asked.said,
    ].join(" "),
    blocks: [
      { kind: "heading", text: heading },
      { kind: "text", text: [{ kind: "strong", text: value }, change] },
      ...[...said, ...cautions].map((text) => ({ kind: "text", text }) as const),
      chartOfAnswer(answer, voice),
      { kind: "image" },
      ...lookIntoBlock(answer),
      { kind: "text", text: asked.shown },
      contextOf(answer, voice),
    ],
    withoutFigures: signalWithoutFigures(answer, { heading, state, question: asked }, voice),
  };
}

/** The one line in the scorecard's thread that leads to where a signal is discussed. */
export function tellSignalLink(name: string, url: string | null): Message {
  if (url === null) {
    const told = `${name} is discussed in another channel.`;
    return figureless({ summary: told, blocks: [{ kind: "text", text: told }] });
  }
  const text = `${name}: discussed here`;
  return figureless({
    summary: `${text}: ${url}`,
    blocks: [{ kind: "text", text: [{ kind: "link", text, url }] }],
  });
}

/** The line of a later week in the signal's thread. */
export function tellSignalWeek(answer: Answer, state: SignalState, voice: Voice): Message {
  const text = saySignalWeek(answer, state, voice);
  const summary = `${answer.name}: ${text}`;
  const withoutFigures = signalWeekWithoutFigures(answer, state);
  return { summary, blocks: [{ kind: "text", text }], withoutFigures };
}
