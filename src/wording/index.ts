export { answerJson, scorecardJson } from "./answer-json.ts";
export { type AskFault, tellFault } from "./ask-fault.ts";
export { pictureOfAnswer } from "./picture-of-answer.ts";
export { tellAnswer } from "./tell-answer.ts";
export { tellDefinition } from "./tell-definition.ts";
export { tellHelp, tellMetrics } from "./tell-lists.ts";
export { pictureOfScorecard, tellScorecard } from "./tell-scorecard.ts";
export { type SignalTeam, tellSignal, tellSignalLink } from "./tell-signal.ts";
export type { Voice } from "./voice.ts";
