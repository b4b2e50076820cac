export { answerJson, scorecardJson } from "./answer-json.ts";
export type { AskFault, Candidate, LineFault } from "./ask-fault.ts";
export { backtestJson } from "./backtest-json.ts";
export { csvOfAnswer } from "./csv-of-answer.ts";
export { csvOfScorecard } from "./csv-of-scorecard.ts";
export type { CsvFile } from "./csv-text.ts";
export type { MetricPlace } from "./definition-facts.ts";
export { millisecondsOf } from "./duration-unit.ts";
export { needWords } from "./need-words.ts";
export { actionsBlock, CSV, csvButton, type Offer, offerActions } from "./offer.ts";
export { isOurs, ownSqlWords } from "./own-sql-words.ts";
export { pictureOfAnswer } from "./picture-of-answer.ts";
export { pictureOfBacktest } from "./picture-of-backtest.ts";
export { pictureOfScorecard } from "./picture-of-scorecard.ts";
export { quoteValue } from "./quote-value.ts";
export type { ListedLoad } from "./say-load.ts";
export { periodName } from "./say-period.ts";
export type { ListedPost } from "./say-post.ts";
export type { Restatement } from "./say-restated.ts";
export type { SignalState } from "./say-signal-state.ts";
export { MOST_OPEN_NAMED, type OpenSignal } from "./say-still-open.ts";
export { weekName } from "./say-week.ts";
export { scorecardLine, scorecardOffers, signalOffers } from "./scorecard-offers.ts";
export { tellAnswer } from "./tell-answer.ts";
export { tellBacktest } from "./tell-backtest.ts";
export { tellAlso } from "./tell-choice.ts";
export { tellDefinition } from "./tell-definition.ts";
export { tellDriverDefinition } from "./tell-driver-definition.ts";
export {
  driversJson,
  type TellableDrivers,
  tellDriver,
  tellDrivers,
} from "./tell-drivers.ts";
export { tellFault } from "./tell-fault.ts";
export { tellHanded } from "./tell-handed.ts";
export { tellLate } from "./tell-late.ts";
export { tellCommands, tellGreeting, tellHelp, tellMetrics } from "./tell-lists.ts";
export { type Trouble, type TroubleSubject, tellNotice } from "./tell-notice.ts";
export { tellRefusal } from "./tell-refusal.ts";
export { type ListedRuns, runsJson, tellOrder, tellRuns } from "./tell-runs.ts";
export { tellScorecard } from "./tell-scorecard.ts";
export { type SignalTeam, tellSignal, tellSignalLink, tellSignalWeek } from "./tell-signal.ts";
export { tellTargets } from "./tell-targets.ts";
export { type TeamLinks, type TeamNotes, tellTeam } from "./tell-team.ts";
export { hasTroubleWords, troubleWords } from "./trouble-words.ts";
export type { Voice } from "./voice.ts";
export { tellKeptOut } from "./where-figures-are.ts";
