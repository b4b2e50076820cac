/** Values that nobody computes: what people reported, as they reported it (METRICS.md 3.9). */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { periodOf } from "../periods.ts";
import type { Figures, Filters, Report, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { canonicalFilters, filtersOfRow } from "./filters.ts";
import { emptyWindow, figuresOf, type Measured } from "./query/measured.ts";
import { type Window, windowOf } from "./query/window.ts";
import type { SeriesQuestion } from "./series-question.ts";

export interface Observation extends Report {
  dims: Filters;
  /** As text, to stay exact. */
  value: string;
  num: string | null;
  den: string | null;
  n: number | null;
}

const observationRow = z.object({
  from: z.string(),
  dims: filtersOfRow,
  value: z.string(),
  num: z.string().nullable(),
  den: z.string().nullable(),
  n: z.coerce.number().nullable(),
  source: z.string(),
  by: z.string(),
  at: z.string(),
});

type Asked = Pick<SeriesQuestion, "metric" | "weeks" | "width" | "grain" | "filters">;

/** One entry a week, in order; of a breakdown one a week and value that something was reported of. */
export async function readReported(
  sql: Sql,
  settings: MetricSettings,
  question: Asked & Pick<SeriesQuestion, "by">,
): Promise<Measured[]> {
  const { metric, weeks, by } = question;
  const observations = await readObservations(sql, settings, question);
  return weeks.flatMap((week) => {
    const dims = by === null ? [question.filters] : cutsOf(observations, question.filters, by);
    const entries = dims.map((asked) => {
      const window = windowOf(metric, settings, week, question.width, question.grain);
      const found = newestOf(observations, window, asked);
      const segment = by === null ? null : (asked[by]?.join(", ") ?? null);
      return found === null ? emptyWindow(metric, week, segment) : measured(found, week, segment);
    });
    return by === null ? entries : entries.filter(({ derived }) => derived?.value !== null);
  });
}

/** The report that the value of a week is; null: there is none. */
export async function readReport(
  sql: Sql,
  settings: MetricSettings,
  question: Omit<Asked, "weeks">,
  week: WeekStart,
): Promise<Report | null> {
  const observations = await readObservations(sql, settings, { ...question, weeks: [week] });
  const { metric, width, grain, filters } = question;
  const found = newestOf(observations, windowOf(metric, settings, week, width, grain), filters);
  if (found === null) return null;
  const { by, at, source, from } = found;
  return { by, at, source, from };
}

/**
 * What was reported before the report that the value of a week is, however long before, and the week
 * (or month) that it speaks of; null: there is none. Another of the same week corrected it.
 */
export async function readReportBefore(
  sql: Sql,
  settings: MetricSettings,
  question: Omit<Asked, "weeks">,
  week: WeekStart,
): Promise<(Figures & { week: WeekStart }) | null> {
  const report = await readReport(sql, settings, question, week);
  if (report === null) return null;
  const { metric, filters, grain } = question;
  const weekOf = ({ from }: Report): WeekStart =>
    periodOf(Temporal.PlainDate.from(from), settings.weekStarts, grain);
  const before = { a: EARLIEST, b: weekOf(report) };
  const found = newestOf(await observationsIn(sql, metric, before), before, filters);
  if (found === null) return null;
  const of = weekOf(found);
  return { week: of, ...figuresOf(metric, measured(found, of, null)) };
}

const EARLIEST = "0001-01-01";

async function readObservations(
  sql: Sql,
  settings: MetricSettings,
  { metric, weeks, width, grain }: Asked,
): Promise<Observation[]> {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { a } = windowOf(metric, settings, first, width, grain);
  const { b } = windowOf(metric, settings, last, width, grain);
  return observationsIn(sql, metric, { a, b });
}

/** The newest first: of one day the one that was reported last. */
function observationsIn(sql: Sql, metric: Metric, { a, b }: Window): Promise<Observation[]> {
  return sql.rows(
    observationRow,
    `SELECT week_start::text AS "from", dims, value::text AS value, numerator::text AS num,
            denominator::text AS den, n, source, reported_by AS by,
            to_char(reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
     FROM source.metric_observations
     WHERE metric_id = $1 AND week_start >= $2::date AND week_start < $3::date
     ORDER BY week_start DESC, reported_at DESC`,
    [metric.id, a, b],
  );
}

/** Of exactly these dimensions: what was reported of others is never added up, nor cut. */
function newestOf(
  observations: readonly Observation[],
  { a, b }: Window,
  dims: Filters,
): Observation | null {
  const wanted = JSON.stringify(canonicalFilters(dims));
  const isAsked = (one: Observation): boolean =>
    one.from >= a && one.from < b && JSON.stringify(one.dims) === wanted;
  return observations.find(isAsked) ?? null;
}

/** The filters with each value of `by` that something was reported of beside them. */
function cutsOf(observations: readonly Observation[], filters: Filters, by: string): Filters[] {
  const others = ({ [by]: _, ...rest }: Filters): string => JSON.stringify(canonicalFilters(rest));
  const allowed = filters[by];
  const values = observations
    .filter(({ dims }) => dims[by]?.length === 1 && others(dims) === others(filters))
    .flatMap(({ dims }) => dims[by] ?? [])
    .filter((value) => allowed === undefined || allowed.includes(value));
  return [...new Set(values)].sort().map((value) => ({ ...filters, [by]: [value] }));
}

/** Where parts of it are reported they are told; else the value stands for itself. */
function measured(found: Observation, week: WeekStart, segment: string | null): Measured {
  const { value, num, den, n } = found;
  const told = { value: Number(value), n, flags: [] };
  return { week, segment, num: num ?? value, den, n: n ?? 0, hist: null, derived: told };
}
