/** Answers a question about one metric: figures, change, verdict, series, breakdown, freshness. */

import type { Database } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { changeOf } from "./analysis/index.ts";
import type {
  Answer,
  AnswerFlag,
  AnswerStatus,
  Change,
  Figures,
  Filters,
  MetricQuery,
  QueryFault,
  Segment,
  SeriesPoint,
  Verdict,
  WeekStart,
} from "./answer.ts";
import type { Catalogue, Metric, MetricSettings } from "./catalogue/index.ts";
import { type ChosenWindow, chooseWindow } from "./choose-window.ts";
import { canonicalFilters } from "./filters.ts";
import { judge } from "./judge.ts";
import { ABOVE_RANGE } from "./query/histogram.ts";
import { figuresOf } from "./query/measured.ts";
import { firstDataWeek, readSeries } from "./read-series.ts";
import { NOT_TESTED } from "./verdict-store.ts";
import { asOf, missingSources, readWatermarks } from "./watermark.ts";
import { addWeeks, latestFinalWeek, weeksFrom } from "./week.ts";

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
  const stranger = [...Object.keys(query.filters), ...(query.by ? [query.by] : [])].find(
    (name) => !metric.dimensions.includes(name),
  );
  if (stranger !== undefined)
    return failed({
      kind: "unknown_dimension",
      metric: metric.id,
      word: stranger,
      allowed: metric.dimensions,
    });
  const place = await placeInTime(metrics, metric, query.week);
  if (!place.ok) return place;
  return ok(await new Asked(metrics, metric, query, place.value, exact).answer());
}

interface PlaceInTime {
  week: WeekStart;
  status: AnswerStatus;
  asOf: Temporal.Instant;
  /** The first week with data. */
  first: WeekStart;
}

async function placeInTime(
  { db, settings }: Metrics,
  metric: Metric,
  asked: WeekStart | null,
): Promise<Result<PlaceInTime, QueryFault>> {
  const watermarks = await readWatermarks(db);
  const [mark, first] = [asOf(metric, watermarks), await firstDataWeek(db, settings)];
  if (mark === null || first === null) {
    const missing = missingSources(metric, watermarks);
    return failed({
      kind: "no_data",
      metric: metric.id,
      sources: missing.length > 0 ? missing : metric.reads,
    });
  }
  const final = latestFinalWeek(mark, settings.timeZone, settings.weekStarts);
  const week = asked ?? final;
  // The week after the latest final one is the open one; there is nothing later.
  if (week < first || week > addWeeks(final, 1))
    return failed({ kind: "week_out_of_range", week, first, last: addWeeks(final, 1) });
  return ok({ week, status: week > final ? "open" : "final", asOf: mark, first });
}

/** One question, with what is read once for it. */
class Asked {
  readonly #metrics: Metrics;
  readonly #metric: Metric;
  readonly #query: MetricQuery;
  readonly #place: PlaceInTime;
  readonly #exact: boolean;
  readonly #filters: Filters;

  constructor(
    metrics: Metrics,
    metric: Metric,
    query: MetricQuery,
    place: PlaceInTime,
    exact: boolean,
  ) {
    this.#metrics = metrics;
    this.#metric = metric;
    this.#query = query;
    this.#place = place;
    this.#exact = exact;
    this.#filters = canonicalFilters(query.filters);
  }

  async answer(): Promise<Answer> {
    const [metric, { week }] = [this.#metric, this.#place];
    const window = await this.#chooseWindow();
    const [series, verdicts, previous] = [
      await this.#series(window),
      await judge(
        this.#metrics.db,
        this.#metrics.settings,
        metric,
        this.#filters,
        week,
        this.#exact,
      ),
      await this.#previous(window),
    ];
    const figures = series.at(-1) ?? {
      week,
      status: "no_data",
      value: null,
      num: null,
      den: null,
      n: null,
    };
    return {
      metric: metric.id,
      name: metric.name,
      unit: metric.unit,
      direction: metric.direction,
      week,
      cohortWeek: metric.lag > 0 ? addWeeks(week, -metric.lag) : null,
      windowWeeks: window.weeks,
      defaultWindowWeeks: metric.window,
      filters: this.#filters,
      timeZone: this.#metrics.settings.timeZone,
      asOf: this.#place.asOf.toString(),
      specVersion: metric.specVersion,
      status: figures.value === null ? "no_data" : this.#place.status,
      flags: this.#flags(window, figures),
      figures: pick(figures),
      nMin: metric.n_min,
      previous,
      change: this.#change(window, figures, previous),
      verdict: this.#place.status === "final" ? (verdicts.get(week) ?? NOT_TESTED) : NOT_TESTED,
      series: series.map((point) => ({
        ...point,
        ...(window.weeks === 1 ? markOf(verdicts.get(point.week)) : {}),
      })),
      breakdown: await this.#breakdown(window),
    };
  }

  #chooseWindow(): Promise<ChosenWindow> {
    const { windowWeeks } = this.#query;
    const { window, n_min, aggregation } = this.#metric;
    const units = async (width: number): Promise<number> =>
      (await this.#figuresAt([this.#place.week], width))[0]?.n ?? 0;
    if (windowWeeks !== null)
      return units(windowWeeks).then((n) => ({
        weeks: windowWeeks,
        flag: n < n_min ? "low_n" : null,
      }));
    // A wider window of a stock is the same instant: it can gain no units.
    if (aggregation === "last")
      return units(window).then((n) => ({ weeks: window, flag: n < n_min ? "low_n" : null }));
    return chooseWindow(window, n_min, units);
  }

  async #figuresAt(weeks: readonly WeekStart[], width: number): Promise<Figures[]> {
    const { db, settings } = this.#metrics;
    const measured = await readSeries(db, settings, {
      metric: this.#metric,
      weeks,
      width,
      filters: this.#filters,
      by: null,
      exact: this.#exact,
    });
    return measured.map((entry) => figuresOf(this.#metric, entry));
  }

  async #series(window: ChosenWindow): Promise<SeriesPoint[]> {
    const { week, first, status } = this.#place;
    const begin = addWeeks(week, 1 - this.#query.lastWeeks);
    const weeks = weeksFrom(begin < first ? first : begin, week);
    const figures = await this.#figuresAt(weeks, window.weeks);
    return weeks.map((of, i) => {
      const at = figures[i] ?? { value: null, num: null, den: null, n: null };
      return {
        week: of,
        ...at,
        status: at.value === null ? "no_data" : of === week ? status : "final",
        band: null,
        signal: false,
      };
    });
  }

  /** The week before; of a window that was widened or asked for, the window before it, without shared weeks. */
  async #previous(window: ChosenWindow): Promise<Answer["previous"]> {
    const week = addWeeks(this.#place.week, -this.#step(window));
    if (week < this.#place.first) return null;
    const [figures] = await this.#figuresAt([week], window.weeks);
    return figures ? { week, ...figures } : null;
  }

  #step(window: ChosenWindow): number {
    return window.weeks === this.#metric.window ? 1 : window.weeks;
  }

  #change(window: ChosenWindow, figures: Figures, previous: Figures | null): Change {
    const enough = (side: Figures | null): boolean => (side?.n ?? 0) >= this.#metric.n_min;
    return changeOf(figures, previous, {
      direction: this.#metric.direction,
      test: this.#metric.test,
      comparable: this.#place.status === "final" && enough(figures) && enough(previous),
      disjoint: this.#step(window) >= window.weeks,
    });
  }

  #flags(window: ChosenWindow, figures: Figures): AnswerFlag[] {
    const flags: AnswerFlag[] = window.flag ? [window.flag] : [];
    if (this.#metric.aggregation === "hist" && figures.value === ABOVE_RANGE)
      flags.push("above_range");
    return flags;
  }

  async #breakdown(window: ChosenWindow): Promise<Answer["breakdown"]> {
    const { by } = this.#query;
    if (by === null) return null;
    const { db, settings } = this.#metrics;
    const measured = await readSeries(db, settings, {
      metric: this.#metric,
      weeks: [this.#place.week],
      width: window.weeks,
      filters: this.#filters,
      by,
      exact: this.#exact,
    });
    const segments = measured.map((entry): Segment => {
      const figures = figuresOf(this.#metric, entry);
      return {
        segment: entry.segment ?? "",
        ...figures,
        lowN: (figures.n ?? 0) < this.#metric.n_min,
      };
    });
    return {
      dimension: by,
      segments: segments.sort(
        (a, b) => (b.n ?? 0) - (a.n ?? 0) || (a.segment < b.segment ? -1 : 1),
      ),
    };
  }
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
