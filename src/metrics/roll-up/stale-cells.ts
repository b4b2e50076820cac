/** Which cells no longer hold after the sources changed, and takes them away. */
import type { Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { Catalogue, Metric, MetricSettings } from "../catalogue/index.ts";
import { readsFrom } from "../catalogue/reads-faults.ts";
import { mentions } from "../catalogue/sql-code.ts";
import { addWeeks, weekOf } from "../week.ts";
import { cellWidths, hasMonths } from "./cell-key.ts";
import type { AccountChanges } from "./changed-states.ts";
import { isReadAsKept, type KeptChanges, keptDays } from "./kept-relations.ts";
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
    const days = staleDays(metric, changes);
    for (const width of cellWidths(metric)) {
      const { weeks, from } = staleWeeks(metric, width, settings, days);
      if (weeks.length === 0 && from === null) continue;
      const which = `metric = $1 AND grain = 'week' AND window_weeks = $2
         AND (period = ANY ($3::date[]) OR period >= $4::date)`;
      dropped += await dropCells(sql, which, [metric.cells.metric, width, weeks, from]);
    }
    if (hasMonths(metric)) dropped += await dropStaleMonths(sql, metric, days);
  }
  return dropped;
}

/** A day that a month's window reads lies in it, or as many weeks before or after it as the metric looks. */
async function dropStaleMonths(sql: Sql, metric: Metric, days: StaleDays): Promise<number> {
  const [from = null] = days.all ? ["-infinity"] : [...days.on].sort();
  if (days.alone.length === 0 && from === null) return 0;
  const past = metric.lookback === "all" ? 0 : metric.lookback;
  const which = `metric = $1 AND grain = 'month' AND (
       period + interval '1 month' > $2::date - 7 * $5::int
       OR EXISTS (SELECT FROM unnest($3::date[], $6::date[]) AS changed(day, seen)
                  WHERE greatest(changed.day, changed.seen) - 7 * $5::int < period + interval '1 month'
                    AND changed.day >= period - 7 * $4::int))`;
  const values = [
    metric.cells.metric,
    from,
    days.alone.map(({ day }) => day),
    metric.lag + past,
    days.ahead,
    days.alone.map((one) => one.from),
  ];
  return dropCells(sql, which, values);
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

/** The weeks whose windows a changed day lies in, and the week from which all are stale. */
function staleWeeks(
  metric: Metric,
  width: number,
  settings: MetricSettings,
  days: StaleDays,
): { weeks: WeekStart[]; from: WeekStart | null } {
  const weekOfDay = (day: string): WeekStart =>
    weekOf(Temporal.PlainDate.from(day), settings.weekStarts);
  if (days.all) return { weeks: [], from: "-infinity" };
  const [first] = days.on.map(weekOfDay).sort();
  const { ahead } = days;
  const from = first === undefined ? null : addWeeks(first, -ahead);
  // The window of week W begins lag + width - 1 weeks before it.
  const past = metric.lookback === "all" ? 0 : metric.lookback;
  const reach = Array.from({ length: ahead + width + metric.lag + past }, (_, i) => i - ahead);
  const weeks = days.alone
    .flatMap((one) => {
      const seen = addWeeks(weekOfDay(one.from), -ahead);
      return reach
        .map((later) => addWeeks(weekOfDay(one.day), later))
        .filter((week) => week >= seen);
    })
    .filter((week) => from === null || week < from);
  return { weeks: [...new Set(weeks)].sort(), from };
}

/** Days that make single windows stale, days from which on all are, or all whatever the day. */
interface StaleDays {
  alone: AloneDay[];
  on: string[];
  all: boolean;
  /** Weeks before the day in which it may be seen already. */
  ahead: number;
}

/** It makes those of its windows stale that see something of day `from` or later. */
interface AloneDay {
  day: string;
  from: string;
}

function staleDays(metric: Metric, changes: SourceChanges): StaleDays {
  const reads = (table: string): boolean => metric.reads.includes(table);
  const text = `${metric.shared ?? ""}\n${metric.sql}`;
  // Of each table once: marks are thousands, and to say what SQL reads it is taken apart.
  const tables = [...new Set(changes.dirty.map(({ source_table: table }) => table))];
  const marked = new Set(tables.filter((table) => isMarked(metric, text, table)));
  const marks = changes.dirty.filter(({ source_table: table }) => marked.has(table));
  const seen = seenFrom(metric, marks);
  const [held, alone] = [true, false].map((on) =>
    seen.filter(({ mark }) => holdsOn(metric, mark) === on),
  );
  const columns = reads("accounts")
    ? changes.accounts.columns.filter(({ column }) => mentions(text, column))
    : [];
  const on = [
    ...(held ?? []).map(({ mark, from }) => (mark.day > from ? mark.day : from)),
    ...keptDays(metric, changes.kept),
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
  const single = [
    ...(alone ?? []).map(({ mark: { day }, from }) => ({ day, from })),
    // What shipped metrics tell is other from the column's own day on alone.
    ...(metric.origin === null ? [] : columns)
      .flatMap(({ days }) => days)
      .map((day) => ({ day, from: day })),
  ];
  // What shipped metrics see before it comes is compared, and not marked: kept-relations.ts.
  const ahead = metric.origin === null ? 0 : metric.lookahead;
  return { alone: single, on, all, ahead };
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
function holdsOn(metric: Metric, { source_table: table, moved }: DirtyDay): boolean {
  // In which week of the year an account is new may change for all later ones.
  if (metric.lookback === "all" || metric.aggregation === "year_to_date") return true;
  return moved && lasting.has(table);
}

/** Every unit is joined with its account, but those of platform metrics. */
function accountDays(metric: Metric, { signedUpFrom, rowsFrom }: AccountChanges): string[] {
  if (signedUpFrom === null) return [];
  if (metric.tier === "none" && !metric.reads.includes("accounts")) return [];
  return [signedUpFrom, ...metric.reads.flatMap((table) => rowsFrom.get(table) ?? [])];
}
