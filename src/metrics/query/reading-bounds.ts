/**
 * Tells the planner which days a question reads, where it cannot see them: in a join with the pieces that
 * windows are cut into it would read a table of all days for the few of one new week.
 */
import type { Metric } from "../catalogue/index.ts";
import { mentions } from "../catalogue/sql-code.ts";
import { addWeeks } from "../week.ts";
import type { Binder } from "./binder.ts";
import type { Window } from "./window.ts";

/** Of `exact` they add up all days before a join with windows takes its few. */
const addedUp = { active_day: "day", usage_day: "day" } as const;
/** The one table of which a year is too much to read for a week. */
const usage = { usage_daily: "usage_date" } as const;

/** What a definition says of how far it reads beyond its windows. */
type Reading = Pick<Metric, "origin" | "shared" | "lag" | "lookback" | "lookahead">;

/**
 * Parts of a WITH, each in the place of a relation that `text` names: its rows from the first to the
 * last day that windows of the metric rest on, by the same words that say which cells a changed day
 * makes stale. None of a metric that rests on all days, nor of a company's own, whose words may be wrong.
 */
export function readingBounds(
  metric: Reading,
  text: string,
  windows: readonly Window[],
  binder: Binder,
): string[] {
  const { origin, shared, lag, lookback, lookahead } = metric;
  const from = windows.map(({ a }) => a).sort()[0];
  const until = windows
    .map(({ b }) => b)
    .sort()
    .at(-1);
  if (origin !== null || lookback === "all" || from === undefined || until === undefined) return [];
  // A day more on either side is little, and holds what SQL reads that compares days with instants.
  const since = Temporal.PlainDate.from(addWeeks(from, -lag - lookback)).subtract({ days: 1 });
  const to = Temporal.PlainDate.from(addWeeks(until, lookahead)).add({ days: 1 });
  // What windows themselves are joined with is found by its index, a window at a time. Bounds beside that
  // make a table without statistics look like a few rows, and all of it would be compared with all weeks.
  const isCut = shared !== undefined || mentions(text, "piece");
  return Object.entries({ ...addedUp, ...(isCut ? usage : {}) })
    .filter(([relation]) => mentions(text, relation))
    .map(([relation, day]) => {
      const first = binder.bind(since.toString(), "date");
      const end = binder.bind(to.toString(), "date");
      return `${relation} AS NOT MATERIALIZED (SELECT * FROM ${relation} WHERE ${day} >= ${first} AND ${day} < ${end}),`;
    });
}
