/** Answers a question about one metric: figures, change, verdict, series, breakdown, freshness. */

import type { Database, Sql } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { aboutAnswer, lastWeeks, pointOf, segmentsOf } from "./about-answer.ts";
import { changeOf } from "./analysis/index.ts";
import type {
  Answer,
  AnsweredTarget,
  AnswerFlag,
  AnswerStatus,
  Change,
  Figures,
  Filters,
  MetricQuery,
  QueryFault,
  SeriesPoint,
  Verdict,
  WeekStart,
} from "./answer.ts";
import { answerMaturing } from "./answer-maturing.ts";
import type { Catalogue, Metric, MetricSettings } from "./catalogue/index.ts";
import { type ChosenWindow, chooseWindow } from "./choose-window.ts";
import { canonicalFilters } from "./filters.ts";
import { judge } from "./judge.ts";
import { type PlaceInTime, placeInTime } from "./place-in-time.ts";
import { fiscalYearOf } from "./query/fiscal-year.ts";
import { figuresOf, flagsOf, type Measured } from "./query/measured.ts";
import { inSnapshot } from "./query/run-windows.ts";
import { readSeries } from "./read-series.ts";
import { isRestated } from "./restated.ts";
import { answerTarget, levelOf, targetFlags } from "./targets/answer-target.ts";
import { readTrend } from "./targets/read-growth.ts";
import { filtersOf, parseTenure, TENURE } from "./tenure.ts";
import { NOT_TESTED } from "./verdict-store.ts";
import { addWeeks } from "./week.ts";

export interface Metrics {
  db: Database;
  catalogue: Catalogue;
  settings: MetricSettings;
}

/**
 * `exact` computes straight from the source tables. Faults: unknown_metric, unknown_dimension,
 * week_out_of_range, no_data (a source has never been loaded).
 */
export async function answerMetric(
  metrics: Metrics,
  query: MetricQuery,
  exact = false,
): Promise<Result<Answer, QueryFault>> {
  const metric = metrics.catalogue.get(query.metric);
  if (metric === undefined)
    return failed({ kind: "unknown_metric", word: query.metric, nearest: [] });
  const fault = filterFault(metric, query);
  if (fault !== null) return failed(fault);
  return inSnapshot(metrics.db, metrics.settings, exact ? "exact" : "facts", async (sql) => {
    const place = await placeInTime(sql, metrics.settings, metric, query, exact);
    if (!place.ok) return place;
    await sql.run("SELECT set_config('kpi.as_of', $1, true)", [place.value.asOf.toString()]);
    if (place.value.status === "maturing")
      return ok(await answerMaturing(sql, metrics.settings, metric, query, place.value, exact));
    return ok(await new Asked(sql, metrics, metric, query, place.value, exact).answer());
  });
}

function filterFault(metric: Metric, { filters, by }: MetricQuery): QueryFault | null {
  const allowed = filtersOf(metric);
  const filter = Object.keys(filters).find((name) => !allowed.includes(name));
  const stranger = filter ?? (by !== null && !metric.dimensions.includes(by) ? by : undefined);
  if (stranger !== undefined)
    return {
      kind: "unknown_dimension",
      metric: metric.id,
      word: stranger,
      allowed: metric.dimensions,
    };
  const range = (filters[TENURE] ?? []).find((value) => parseTenure(value) === null);
  return range === undefined ? null : { kind: "bad_tenure", word: range };
}

/** 364 days: the same weekdays. */
const WEEKS_OF_YEAR = 52;

/** One question, with what is read once for it. */
class Asked {
  readonly #sql: Sql;
  readonly #settings: MetricSettings;
  readonly #catalogue: Catalogue;
  readonly #metric: Metric;
  readonly #query: MetricQuery;
  readonly #place: PlaceInTime;
  readonly #exact: boolean;
  readonly #filters: Filters;

  constructor(
    sql: Sql,
    { settings, catalogue }: Metrics,
    metric: Metric,
    query: MetricQuery,
    place: PlaceInTime,
    exact: boolean,
  ) {
    this.#sql = sql;
    this.#settings = settings;
    this.#catalogue = catalogue;
    this.#metric = metric;
    this.#query = query;
    this.#place = place;
    this.#exact = exact;
    this.#filters = canonicalFilters(query.filters);
  }

  async answer(): Promise<Answer> {
    const { week, status } = this.#place;
    const window = await this.#chooseWindow();
    const { series, told } = await this.#series(window);
    const verdicts = await this.#verdicts();
    const figures = pick(series.at(-1) ?? { value: null, num: null, den: null, n: null });
    const flags = await this.#flags(window, figures);
    const target = await this.#target(window, figures);
    const previous = await this.#previous(window, target);
    return {
      ...aboutAnswer(this.#settings, this.#metric, this.#place, this.#filters),
      windowWeeks: window.weeks,
      status: statusOf(figures, told, status),
      flags: [...new Set([...flags, ...told, ...this.#targetFlags(target)])],
      figures,
      maturing: null,
      previous,
      versus: this.#query.versus,
      target,
      trendRate: await this.#trendRate(),
      change: this.#change(window, figures, previous),
      verdict: status === "final" ? (verdicts.get(week) ?? NOT_TESTED) : NOT_TESTED,
      series: series.map((point) => ({
        ...point,
        ...(window.weeks === 1 ? markOf(verdicts.get(point.week)) : {}),
      })),
      breakdown: await this.#breakdown(window),
    };
  }

  #verdicts(): Promise<Map<WeekStart, Verdict>> {
    const { week, final } = this.#place;
    const last = week < final ? week : final;
    return judge(this.#sql, this.#settings, this.#metric, this.#filters, last, this.#exact);
  }

  #chooseWindow(): Promise<ChosenWindow> {
    const { window, n_min, aggregation } = this.#metric;
    // Both have windows of their own: the year so far, and those of the parts.
    const fixed = aggregation === "year_to_date" || aggregation === "derived";
    const windowWeeks = fixed ? null : this.#query.windowWeeks;
    const units = async (width: number): Promise<number> =>
      (await this.#figuresAt([this.#place.week], width))[0]?.n ?? 0;
    if (windowWeeks !== null)
      return units(windowWeeks).then((n) => ({
        weeks: windowWeeks,
        flag: n < n_min ? "low_n" : null,
      }));
    // A wider window of a stock is the same instant: it can gain no units.
    if (fixed || aggregation === "last")
      return units(window).then((n) => ({ weeks: window, flag: n < n_min ? "low_n" : null }));
    return chooseWindow(window, n_min, units);
  }

  async #figuresAt(weeks: readonly WeekStart[], width: number): Promise<Figures[]> {
    const measured = await this.#measuredAt(weeks, width);
    return measured.map((entry) => figuresOf(this.#metric, entry));
  }

  #measuredAt(weeks: readonly WeekStart[], width: number): Promise<Measured[]> {
    return readSeries(this.#sql, this.#settings, {
      metric: this.#metric,
      weeks,
      width,
      filters: this.#filters,
      by: null,
      exact: this.#exact,
    });
  }

  /** The points, and what has to be said of the last of them. */
  async #series(
    window: ChosenWindow,
  ): Promise<{ series: SeriesPoint[]; told: readonly AnswerFlag[] }> {
    const { week, first, status } = this.#place;
    const weeks = lastWeeks(week, this.#query.lastWeeks, first);
    const measured = await this.#measuredAt(weeks, window.weeks);
    const series = measured.map((entry) => {
      const figures = figuresOf(this.#metric, entry);
      return pointOf(entry.week, figures, entry.week === week ? status : "final");
    });
    const last = measured.at(-1);
    return { series, told: last ? flagsOf(this.#metric, last) : [] };
  }

  /**
   * The week before; of a window that was widened or asked for, the window before it, without shared
   * weeks. None when it would reach before the first data: what adds up over weeks would then be
   * compared with fewer of them.
   */
  async #previous(
    window: ChosenWindow,
    target: AnsweredTarget | null,
  ): Promise<Answer["previous"]> {
    if (this.#query.versus === "target") return this.#aimOf(window, target);
    const week = addWeeks(this.#place.week, -this.#step(window));
    const growsWithWidth = ["sum", "rerun"].includes(this.#metric.aggregation);
    const begin = growsWithWidth ? addWeeks(week, 1 - window.weeks) : week;
    const isOther = this.#query.versus === "prev" && this.#isOtherYear(week);
    if (begin < this.#place.first || isOther) return null;
    const [figures] = await this.#figuresAt([week], window.weeks);
    return figures ? { week, ...figures } : null;
  }

  /** A target has no sample of its own; nor is there one for a metric that is not what it aims at. */
  #aimOf(window: ChosenWindow, target: AnsweredTarget | null): Answer["previous"] {
    const { week } = this.#place;
    const value = target && levelOf(target, this.#metric, week, window.weeks);
    return value === null ? null : { week, value, num: null, den: null, n: null };
  }

  #target(window: ChosenWindow, figures: Figures): Promise<AnsweredTarget | null> {
    const { week, status } = this.#place;
    const asked = {
      sql: this.#sql,
      settings: this.#settings,
      metric: this.#metric,
      filters: this.#filters,
      week,
      exact: this.#exact,
      width: window.weeks,
      figures,
      isFinal: status === "final",
    };
    return answerTarget(asked, this.#catalogue);
  }

  #targetFlags(target: AnsweredTarget | null): AnswerFlag[] {
    const own = target?.metric === this.#metric.id ? targetFlags(target) : [];
    return this.#query.versus === "target" && target === null ? ["no_target"] : own;
  }

  #trendRate(): Promise<number | null> {
    const { week } = this.#place;
    const question = {
      metric: this.#metric,
      weeks: [week],
      width: 1,
      filters: this.#filters,
      by: null,
      exact: this.#exact,
    };
    return readTrend(this.#sql, this.#settings, question, readSeries);
  }

  /** Of another fiscal year than the week asked about: what adds up over the year began anew. */
  #isOtherYear(week: WeekStart): boolean {
    if (this.#metric.aggregation !== "year_to_date") return false;
    const [mine, other] = [this.#place.week, week].map((of) => fiscalYearOf(of, this.#settings));
    return mine?.firstDay !== other?.firstDay;
  }

  #step(window: ChosenWindow): number {
    if (this.#query.versus === "year") return WEEKS_OF_YEAR;
    return window.weeks === this.#metric.window ? 1 : window.weeks;
  }

  #change(window: ChosenWindow, figures: Figures, previous: Figures | null): Change {
    const enough = (side: Figures | null): boolean => (side?.n ?? 0) >= this.#metric.n_min;
    const aimed = this.#query.versus === "target";
    return changeOf(figures, previous, {
      direction: this.#metric.direction,
      test: this.#metric.test,
      comparable: this.#place.status === "final" && enough(figures) && (aimed || enough(previous)),
      disjoint: !aimed && this.#step(window) >= window.weeks,
    });
  }

  async #flags(window: ChosenWindow, figures: Figures): Promise<AnswerFlag[]> {
    const flags: AnswerFlag[] = window.flag ? [window.flag] : [];
    if (await this.#isRestated(window, figures)) flags.push("restated");
    return flags;
  }

  async #isRestated(window: ChosenWindow, { value }: Figures): Promise<boolean> {
    const { week, status } = this.#place;
    if (status !== "final" || Object.keys(this.#filters).length > 0) return false;
    return isRestated(this.#sql, this.#settings, this.#metric, week, window.weeks, value);
  }

  async #breakdown(window: ChosenWindow): Promise<Answer["breakdown"]> {
    const { by } = this.#query;
    if (by === null) return null;
    const measured = await readSeries(this.#sql, this.#settings, {
      metric: this.#metric,
      weeks: [this.#place.week],
      width: window.weeks,
      filters: this.#filters,
      by,
      exact: this.#exact,
    });
    return { dimension: by, segments: segmentsOf(this.#metric, measured) };
  }
}

/** Where units were counted and no value came of it, there are data, and a flag says why. */
function statusOf(
  { value, n }: Figures,
  told: readonly AnswerFlag[],
  status: AnswerStatus,
): AnswerStatus {
  return value === null && (n ?? 0) === 0 && told.length === 0 ? "no_data" : status;
}

function pick({ value, num, den, n }: Figures): Figures {
  return { value, num, den, n };
}

/** What a chart shows of a week's verdict. */
function markOf(verdict: Verdict | undefined): Pick<SeriesPoint, "band" | "signal"> {
  const { expected = null, low = null, high = null } = verdict ?? {};
  const tested = expected !== null && low !== null && high !== null;
  return { band: tested ? { expected, low, high } : null, signal: verdict?.word === "signal" };
}
