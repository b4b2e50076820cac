export type {
  Answer,
  AnsweredTarget,
  AnswerFlag,
  AnswerStatus,
  Change,
  Direction,
  Figures,
  Filters,
  Maturing,
  MetricQuery,
  Report,
  Segment,
  SeriesPoint,
  TargetType,
  Unit,
  Verdict,
  VerdictWord,
  Versus,
  WeekStart,
} from "./answer.ts";
export { NO_SEGMENT } from "./answer.ts";
export { answerMetric, type Metrics } from "./answer-metric.ts";
export {
  type Backtest,
  type BacktestMovement,
  type BacktestWeek,
  backtestMetric,
  backtestSeries,
} from "./backtest.ts";
export {
  buildScorecard,
  lacksData,
  latestScorecardWeek,
  type Scorecard,
  type ScorecardEntry,
} from "./build-scorecard.ts";
export { checkDimension, type DimensionCheck } from "./check/check-dimension.ts";
export { type CheckFault, checkMetric, type MetricCheck } from "./check/check-metric.ts";
export { type Coverage, coverage } from "./coverage.ts";
export { dimensionValues } from "./dimension-values.ts";
export {
  type DriverStanding,
  type DriverStatus,
  driverStanding,
  type ToldDriver,
  toldDriver,
} from "./driver-standing.ts";
export { filtersHash } from "./filters.ts";
export { freshnessOf, type SourceFreshness } from "./freshness.ts";
export { heldNeeds, needsOf } from "./held.ts";
export type { Movement } from "./judge-families.ts";
export type { MetricFailure } from "./metric-failures.ts";
export type { OwnSqlFault } from "./own-sql-failed.ts";
export { fiscalYearOf } from "./query/fiscal-year.ts";
export type { QueryFault } from "./query-fault.ts";
export { reachOf } from "./reach.ts";
export { type RefreshProgress, type RefreshReport, refresh } from "./refresh.ts";
export { hasMoved } from "./restated.ts";
export { type Restatement, type Restatements, restatementsOf } from "./restatements.ts";
export type { AccountTable, Discretion, Labels, SegmentGroup } from "./screen/discretion.ts";
export { type SourceState, sourceState, waitingTables } from "./source-state.ts";
export { readTargets } from "./targets/read-targets.ts";
export { type NewTarget, setTarget } from "./targets/set-target.ts";
export { type Aim, chooseTarget, type StoredTarget } from "./targets/target.ts";
export { driversOfTeam, metricsOfTeam } from "./team-metrics.ts";
export { filtersOf } from "./tenure.ts";
export { totalQuestion } from "./total-question.ts";
export { addWeeks, parseWeek, weekOf, weeksFrom } from "./week.ts";
export {
  type RowProblem,
  seriesColumns,
  seriesKinds,
  seriesOfRows,
  type WeekRow,
} from "./weekly-rows.ts";
