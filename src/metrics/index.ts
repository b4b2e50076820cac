export type {
  Answer,
  AnswerFlag,
  AnswerStatus,
  Change,
  Direction,
  Figures,
  Filters,
  MetricQuery,
  QueryFault,
  Segment,
  SeriesPoint,
  Unit,
  Verdict,
  VerdictWord,
  WeekStart,
} from "./answer.ts";
export { NO_SEGMENT } from "./answer.ts";
export { answerMetric, type Metrics } from "./answer-metric.ts";
export { canonicalFilters, filtersHash } from "./filters.ts";
export { type Movement, type RefreshReport, refresh } from "./refresh.ts";
export { addWeeks, parseWeek, startOfDay, weekName, weekOf } from "./week.ts";
