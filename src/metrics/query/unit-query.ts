/**
 * The one SQL of a metric: its unit rows over windows, joined with the account's dimensions and the
 * tier in force, filtered and grouped. The same text runs over `facts` and, by search_path alone,
 * over the views of `exact`.
 */
import { type Filters, NO_SEGMENT } from "../answer.ts";
import { accountDimensions } from "../catalogue/definition.ts";
import type { Metric } from "../catalogue/index.ts";
import { type Overlap, writeOverlap } from "../catalogue/overlapping.ts";
import { bindSettings, type MetricSettings, settingValues } from "../catalogue/settings.ts";
import { mentions } from "../catalogue/sql-code.ts";
import { parseTenure, TENURE } from "../tenure.ts";
import type { Binder } from "./binder.ts";
import { readingBounds } from "./reading-bounds.ts";
import type { Window } from "./window.ts";

/** Number of latency buckets, b0 to b14; their upper bounds are in histogram.ts. */
export const BUCKETS = 15;
const buckets = Array.from({ length: BUCKETS }, (_, i) => `b${i}`);

const tierInForce = {
  event: "in_force(u.at, p.valid_from, p.valid_to, p.from_day, p.to_day)",
  week_end: "w.b BETWEEN p.from_day AND p.to_day",
  window_start: "w.a BETWEEN p.from_day AND p.to_day",
  entry: "c.d0 + 1 BETWEEN p.from_day AND p.to_day",
} as const;

/** The day on which an account's tenure is read: that of the fact, or of the state. */
const tenureDay = {
  event: "day_of(u.at)",
  week_end: "w.b - 1",
  window_start: "w.a - 1",
  entry: "c.d0",
} as const;

export interface UnitQuery {
  metric: Metric;
  settings: MetricSettings;
  windows: readonly Window[];
  filters: Filters;
  /** Dimensions to group by, besides the window. */
  group: readonly string[];
  /** Added up; added up for each account, so that accounts can be counted later; or not at all. */
  detail: "sums" | "accounts" | "rows";
  /** The metric's `shared` stands in a temporary table of that name. */
  isStaged?: boolean;
}

/**
 * A SELECT of `a`, the group's dimensions as text (a missing one is `(none)`), and the measures:
 * `num, den, n`, of histograms `b0 .. b14, n`, of single rows of values `value, n`. For each account
 * also `account_id`.
 * A window without rows gives no row.
 */
export function unitQuerySql(query: UnitQuery, binder: Binder): string {
  const { metric, group } = query;
  const columns = ["u.a", ...group.map((name) => `${dimensionSql(metric, name)} AS "${name}"`)];
  const keys = ["u.a", ...group.map((name) => dimensionSql(metric, name))];
  if (query.detail === "accounts") {
    columns.push("u.account_id");
    keys.push("u.account_id");
  }
  const measured = query.detail === "rows" ? ["u.value::float8 AS value", "u.n"] : measures(query);
  const select = [
    `SELECT ${[...columns, ...measured].join(", ")}`,
    `FROM u ${joins(query)}`,
    `WHERE ${conditions(query, binder).join(" AND ")}`,
    query.detail === "rows" ? "" : `GROUP BY ${keys.join(", ")}`,
  ];
  return unitRowsSql(query, select.join("\n"), binder, overlapOf(query, binder));
}

/** `select` over the unit rows, `u`, as they are before anything is joined or added up. */
export function unitRowsSql(
  {
    metric,
    settings,
    windows,
    isStaged,
  }: Pick<UnitQuery, "metric" | "settings" | "windows" | "isStaged">,
  select: string,
  binder: Binder,
  overlap: Overlap = UNASKED,
): string {
  const units = withSettings(writeOverlap(metric.sql, overlap), settings, binder);
  const shared =
    metric.shared === undefined || isStaged
      ? []
      : [`shared AS MATERIALIZED (\n${withSettings(metric.shared, settings, binder)}),`];
  const text = `${metric.shared ?? ""} ${metric.sql}`;
  return [
    "WITH",
    ...readingBounds(metric, text, windows, binder),
    `${windowsSql(text, windows, binder)},`,
    ...shared,
    // Materialized, or a filter on few accounts makes the planner join the windows last, comparing
    // every event with every window: 100 times slower over the views of the sources.
    "u AS MATERIALIZED (",
    units,
    `) ${select}`,
  ].join("\n");
}

const UNASKED: Overlap = { split: () => false, condition: () => null };

/** The rows of `shared` for windows that may have several widths. */
export function sharedSql(
  metric: Metric & { shared: string },
  settings: MetricSettings,
  windows: readonly Window[],
  binder: Binder,
): string {
  const { shared } = metric;
  return [
    "WITH",
    ...readingBounds(metric, shared, windows, binder),
    windowsSql(shared, windows, binder),
    `SELECT * FROM (\n${withSettings(shared, settings, binder)}) shared`,
  ].join("\n");
}

function withSettings(sql: string, settings: MetricSettings, binder: Binder): string {
  return bindSettings(sql.trim(), settingValues(settings), (value) =>
    binder.bind(value, typeof value === "number" ? "int" : "text"),
  );
}

/** What is asked of the overlapping dimensions, whose filters the unit's own SQL takes. */
function overlapOf({ group, filters }: UnitQuery, binder: Binder): Overlap {
  return {
    split: (name) => group.includes(name),
    condition: (name, column) => {
      const values = filters[name];
      return values ? isOneOf(column, values, binder) : null;
    },
  };
}

function conditions({ metric, filters }: UnitQuery, binder: Binder): string[] {
  const outside = Object.entries(filters).filter(([name]) => !metric.overlapping.includes(name));
  return [
    "true",
    ...outside.map(([name, values]) =>
      name === TENURE
        ? inTenure(metric, values, binder)
        : isOneOf(column(metric, name), values, binder),
    ),
  ];
}

/** Nothing of a fact before the sign-up, nor of a range that cannot be read. */
function inTenure(metric: Metric, ranges: readonly string[], binder: Binder): string {
  if (metric.tier === "none") return "false";
  const day = `${tenureDay[metric.tier]} - c.d0`;
  const within = ranges.map(parseTenure).map((weeks) => {
    if (weeks === null) return "false";
    const [from, to] = [7 * (weeks.first - 1), 7 * weeks.last - 1];
    return `${day} BETWEEN ${binder.bind(from, "int")} AND ${binder.bind(to, "int")}`;
  });
  return `(${within.join(" OR ")})`;
}

function isOneOf(column: string, values: readonly string[], binder: Binder): string {
  return `${labelSql(column)} = ANY (${binder.bind(values, "text[]")})`;
}

/**
 * Of NPS the denominator counts the answers already. So n holds those that are not between, without
 * which nobody could tell how much the answers differ: `answersOf` in measured.ts reads them back.
 */
const npsMeasures = [
  "100 * coalesce(sum(u.promoters) - sum(u.detractors), 0)::numeric AS num",
  "coalesce(sum(u.n), 0)::numeric AS den",
  "coalesce(sum(u.promoters) + sum(u.detractors), 0)::bigint AS n",
];

const COUNT = {
  sum: "coalesce(sum(u.n), 0)::bigint",
  accounts: "count(DISTINCT u.account_id)",
} as const;

/** The measures of unit rows, added up. A row of one account needs no counting, which would sort all. */
function measures({ metric, detail }: UnitQuery): string[] {
  const n = detail === "accounts" && metric.n === "accounts" ? "1::bigint" : COUNT[metric.n];
  if (metric.aggregation === "hist") {
    return [
      ...buckets.map((name) => `coalesce(sum(u.${name}), 0)::bigint AS ${name}`),
      `coalesce(sum(${buckets.map((name) => `u.${name}`).join("+")}), 0)::bigint AS n`,
    ];
  }
  if (metric.values !== undefined)
    return [...quantileMeasures(metric, "u"), "coalesce(sum(u.n), 0)::bigint AS n"];
  if (metric.test === "nps") return npsMeasures;
  const den = metric.denominator === null ? "NULL::numeric" : "coalesce(sum(u.den), 0)::numeric";
  return ["coalesce(sum(u.num), 0)::numeric AS num", `${den} AS den`, `${n} AS n`];
}

/** The quantile of the values as num, how many there are as den. Infinite: null, it never came. */
export function quantileMeasures({ values, quantile = 0 }: Metric, alias: string): string[] {
  const kind = values === "interpolated" ? "percentile_cont" : "percentile_disc";
  return [
    `nullif(${kind}(${quantile}) WITHIN GROUP (ORDER BY ${alias}.value::float8), 'Infinity')::numeric AS num`,
    `count(${alias}.value)::numeric AS den`,
  ];
}

function joins({ metric, group, filters }: UnitQuery): string {
  if (metric.tier === "none") return "";
  const asked = [...group, ...Object.keys(filters)];
  const condition = asked.includes("tier") ? tierInForce[metric.tier] : "";
  const day = asked.includes(TENURE) ? tenureDay[metric.tier] : "";
  return [
    // The inner join with account is what leaves internal accounts out.
    "JOIN account c ON c.account_id = u.account_id",
    `${condition} ${day}`.includes("w.") ? "JOIN w ON w.a = u.a" : "",
    // LEFT, or units of accounts without a plan would be lost instead of standing under (none).
    condition === "" ? "" : `LEFT JOIN plan p ON p.account_id = u.account_id AND ${condition}`,
    ...metric.lookedUp
      .filter((name) => asked.includes(name))
      .map(
        (name) =>
          `LEFT JOIN account_label "of ${name}" ON "of ${name}".account_id = u.account_id AND "of ${name}".dimension = '${name}'`,
      ),
  ].join(" ");
}

function dimensionSql(metric: Metric, name: string): string {
  return labelSql(column(metric, name));
}

function labelSql(column: string): string {
  return `coalesce((${column})::text, '${NO_SEGMENT}')`;
}

function column(metric: Metric, name: string): string {
  if (metric.tier !== "none") {
    if (name === "tier") return "p.tier";
    if (metric.lookedUp.includes(name)) return `"of ${name}".label`;
    if ((accountDimensions as readonly string[]).includes(name)) return `c."${name}"`;
  }
  return `u."${name}"`;
}

/**
 * What the SQL reads of the windows. `piece` is there for those that ask for it alone: a second
 * reference to the one window of a question would keep it from being inlined.
 */
function windowsSql(sql: string, windows: readonly Window[], binder: Binder): string {
  const w = givenWindows(windows, binder);
  return mentions(sql, "piece") ? `${w}, ${PIECES}` : w;
}

/**
 * Every `date` of the windows with the first `day` of its piece. Pieces are what the borders of all
 * windows cut, so that each window is some of them, and a date is read once however many windows
 * it lies in; joined by equality, for which a range of dates is no match in speed.
 */
const PIECES = `piece AS MATERIALIZED (
  SELECT p.day, p.day + i AS date
  FROM (SELECT day, lead(day) OVER (ORDER BY day) AS until
        FROM (SELECT a AS day FROM w UNION SELECT b FROM w) border) p,
       generate_series(0, p.until - p.day - 1) i)`;

/** One window stays inlinable; many are computed once, or the planner runs them again for each join. */
function givenWindows(windows: readonly Window[], binder: Binder): string {
  const [only] = windows;
  if (windows.length === 1 && only) {
    return `w AS (SELECT ${binder.bind(only.a, "date")} AS a, ${binder.bind(only.b, "date")} AS b)`;
  }
  const a = binder.bind(
    windows.map((window) => window.a),
    "date[]",
  );
  const b = binder.bind(
    windows.map((window) => window.b),
    "date[]",
  );
  return `w AS MATERIALIZED (SELECT * FROM unnest(${a}, ${b}) AS x(a, b))`;
}
