/** Which cells no longer hold after the sources changed, and takes them away. */
import type { Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { Catalogue, Metric, MetricSettings } from "../catalogue/index.ts";
import { readsFrom } from "../catalogue/reads-faults.ts";
import { mentions } from "../catalogue/sql-code.ts";
import { addWeeks, weekOf } from "../week.ts";
import { cellWidths, hasMonths } from "./cell-key.ts";
import type { AccountChanges } from "./changed-states.ts";
import { AHEAD, isReadAsKept, type KeptChanges, keptDays } from "./kept-relations.ts";
import { keepTold } from "./told-totals.ts";

export interface DirtyDay {
  source_table: string;
  day: string;
  /** False: only of other events of rows of which one moved. */
  moved: boolean;
}

/** What has changed since the facts were filled. Days are reporting days; null: nothing. */
export interface SourceChanges {
  /** Days whose rows changed, old or new. */
  dirty: readonly DirtyDay[];
  accounts: AccountChanges;
  /** The first day whose end finds an account on another plan, or with another MRR. */
  plansFrom: string | null;
  /** The first day with users of an account that was on another plan when it signed up. */
  entriesFrom: string | null;
  /** From which days on the relations that the facts keep say otherwise. */
  kept: KeptChanges;
  /** Tables without event times whose rows changed. */
  tables: readonly string[];
}

/** What a row of these says holds on from its day; a row of any other table is of its day alone. */
const lasting = new Set(["users", "subscription_periods", "incidents", "escalations"]);

/** The number of rows of cells taken away. */
export async function dropStaleCells(
  sql: Sql,
  settings: MetricSettings,
  catalogue: Pick<Catalogue, "computed">,
  changes: SourceChanges,
): Promise<number> {
  let dropped = 0;
  for (const metric of catalogue.computed) {
    const spans = staleSpans(metric, changes);
    if (spans.length === 0) continue;
    for (const width of cellWidths(metric)) {
      const which = `metric = $1 AND grain = 'week' AND window_weeks = $2 AND period <@ $3::datemultirange`;
      const weeks = staleWeeks(metric, width, settings, spans);
      if (weeks !== NO_WEEK)
        dropped += await dropCells(sql, which, [metric.cells.metric, width, weeks]);
    }
    if (hasMonths(metric)) dropped += await dropStaleMonths(sql, metric, spans);
  }
  return dropped;
}

/** A month reads its own days, and those as many weeks before or after it as the metric looks. */
async function dropStaleMonths(
  sql: Sql,
  metric: Metric,
  spans: readonly StaleSpan[],
): Promise<number> {
  const which = `metric = $1 AND grain = 'month' AND EXISTS (
       SELECT FROM unnest($2::date[], $3::date[], $5::int[]) AS span(first, last, ahead)
       WHERE span.first - 7 * span.ahead < period + interval '1 month'
         AND (span.last IS NULL OR span.last >= period - 7 * $4::int))`;
  return dropCells(sql, which, [
    metric.cells.metric,
    spans.map(({ from }) => from),
    spans.map(({ to }) => to),
    weeksBack(metric),
    spans.map(({ ahead }) => ahead),
  ]);
}

/** Takes cells and the counts beside them away, and keeps the totals that they told. */
export async function dropCells(
  sql: Sql,
  which: string,
  values: readonly unknown[],
): Promise<number> {
  await keepTold(sql, which, values);
  await sql.run(`DELETE FROM bot.account_count WHERE ${which}`, values);
  return sql.run(`DELETE FROM bot.cell WHERE ${which}`, values);
}

const NO_WEEK = "{}";

/** The weeks whose windows a changed day lies in, as a multirange of days. */
function staleWeeks(
  metric: Metric,
  width: number,
  settings: MetricSettings,
  spans: readonly StaleSpan[],
): string {
  // A bound of a range; empty, and so none, of days beyond all weeks: infinite ones, or of no four-digit year.
  const isDay = (text: string): boolean => /^(?!0000)\d{4}-\d\d-\d\d$/.test(text);
  const later = (day: string, weeks: number): WeekStart => {
    if (!isDay(day)) return "";
    const week = addWeeks(weekOf(Temporal.PlainDate.from(day), settings.weekStarts), weeks);
    return isDay(week) ? week : "";
  };
  const ranges = spans.flatMap(({ from, to, ahead }) => {
    const first = later(from, -ahead);
    // The window of week W begins lag + width - 1 weeks before it.
    const end = to === null ? "" : later(to, width + weeksBack(metric));
    return end === "" || first < end ? [`[${first},${end})`] : [];
  });
  return `{${[...new Set(ranges)].join(",")}}`;
}

/** Weeks before a window of one week of which it reads something. */
function weeksBack({ lag, lookback }: Metric): number {
  return lag + (lookback === "all" ? 0 : lookback);
}

/**
 * Days on which something is other than before. Windows are stale that see anything of them and of day
 * `from` or later; `to` null: of all days from there on. Of a day that is other only from a later one on,
 * `to` is before `from`.
 */
interface StaleSpan {
  from: string;
  to: string | null;
  /** Weeks before it in which it may be seen already. */
  ahead: number;
}

/** Earlier than any day, as the database writes it. */
const ALWAYS = "-infinity";

function staleSpans(metric: Metric, changes: SourceChanges): StaleSpan[] {
  const reads = (table: string): boolean => metric.reads.includes(table);
  const text = `${metric.shared ?? ""}\n${metric.sql}`;
  // Of each table once: marks are thousands, and to say what SQL reads it is taken apart.
  const tables = [...new Set(changes.dirty.map(({ source_table: table }) => table))];
  const marked = new Set(tables.filter((table) => isMarked(metric, text, table)));
  const marks = changes.dirty.filter(({ source_table: table }) => marked.has(table));
  const columns = reads("accounts")
    ? changes.accounts.columns.filter(({ column }) => mentions(text, column))
    : [];
  const on = [
    ...accountDays(metric, changes.accounts),
    ...columns.flatMap(({ from }) => from ?? []),
  ];
  const readsPlans = metric.dimensions.includes("tier") || reads("subscription_periods");
  if (changes.plansFrom !== null && readsPlans) on.push(changes.plansFrom);
  const readsEntries = metric.tier === "entry" && reads("usage_daily");
  if (changes.entriesFrom !== null && readsEntries) on.push(changes.entriesFrom);
  const all =
    changes.tables.some((table) => reads(table) || mentions(text, table)) ||
    columns.some(({ from }) => from === null);
  if (all) on.push(ALWAYS);
  // What a shipped metric sees before it comes is compared, and then no mark tells of it.
  const ahead = metric.origin === null && readsFrom(text, AHEAD) ? 0 : metric.lookahead;
  const spans = [
    ...on.map((day) => ({ from: day, to: null, ahead })),
    ...keptDays(metric, changes.kept).map(({ first, last, isAhead }) => ({
      ...{ from: first, to: last, ahead: isAhead ? metric.lookahead : ahead },
    })),
    ...seenFrom(metric, marks).map(({ mark, from }) => ({
      from: mark.day > from ? mark.day : from,
      to: holdsOn(mark) ? null : mark.day,
      ahead,
    })),
    // What shipped metrics tell is other from the column's own day on alone.
    ...(metric.origin === null ? [] : columns)
      .flatMap(({ days }) => days)
      .map((day) => ({ from: day, to: day, ahead })),
  ];
  return restsOnAll(metric) ? spans.map((span) => ({ ...span, to: null })) : spans;
}

/**
 * From which day on a marked day says otherwise. Of an event that did not move, where another of its
 * row did, that is the day of the first that moved in its table: what shipped metrics tell of a week
 * rests on nothing that came after it. Of a company's own nobody knows that.
 */
function seenFrom(
  { origin }: Metric,
  marks: readonly DirtyDay[],
): { mark: DirtyDay; from: string }[] {
  const firstMoved = new Map<string, string>();
  for (const { source_table: table, day, moved } of marks)
    if (moved && day < (firstMoved.get(table) ?? LAST)) firstMoved.set(table, day);
  return marks.map((mark) => ({
    mark,
    from:
      mark.moved || origin !== null ? mark.day : (firstMoved.get(mark.source_table) ?? mark.day),
  }));
}

/** Later than any day, as text. */
const LAST = "~";

/** What a metric reads through facts that are compared with the sources needs no marks: that is finer. */
function isMarked(metric: Metric, text: string, table: string): boolean {
  if (!metric.reads.includes(table) || isReadAsKept(metric, table)) return false;
  return !["accounts", "subscription_periods"].includes(table) || readsFrom(text, table);
}

/** Whether a row says something of all later days too. */
function holdsOn({ source_table: table, moved }: DirtyDay): boolean {
  return moved && lasting.has(table);
}

/** Whether a window rests on all days before it: in which week of the year an account is new may change for all later ones. */
function restsOnAll({ lookback, aggregation }: Metric): boolean {
  return lookback === "all" || aggregation === "year_to_date";
}

/** Every unit is joined with its account, but those of platform metrics. */
function accountDays(metric: Metric, { signedUpFrom, rowsFrom }: AccountChanges): string[] {
  if (signedUpFrom === null) return [];
  if (metric.tier === "none" && !metric.reads.includes("accounts")) return [];
  return [signedUpFrom, ...metric.reads.flatMap((table) => rowsFrom.get(table) ?? [])];
}
