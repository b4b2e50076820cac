/**
 * One metric as data. The file holds the schema only; reading and checking are in load-catalogue.ts.
 * The words are those of METRICS.md 3.2.
 */
import { z } from "zod";
import { needSchema } from "./need.ts";

const id = z.string().regex(/^[a-z][a-z0-9_]*$/, "lower case letters, digits and _");

/** The cohort of most metrics that have one. */
export const SIGNED_UP = "accounts that signed up";

export const accountDimensions = ["source", "channel", "segment", "region"] as const;

const aggregation = z.enum([
  "sum",
  "ratio",
  "hist",
  "last",
  "rerun",
  "rebase",
  "year_to_date",
  "reported",
  "derived",
]);

/** Ten years: a window of more is a slip of the keys, which every refresh would read all of. */
const MOST_WEEKS = 520;
const weeks = z.int().nonnegative().max(MOST_WEEKS);
const window = z.int().min(1).max(MOST_WEEKS);

/** What a derived metric is made of: another metric, or units of its own under the metric's keys. */
const partSchema = z.strictObject({
  metric: id.optional(),
  /** How many weeks before the week asked about it is taken. */
  weeks_ago: weeks.default(0),
  /** Its window; by default the other metric's, or for units of its own the derived metric's. */
  window: window.optional(),
  sql: z.string().min(1).optional(),
  aggregation: aggregation.exclude(["derived", "reported"]).optional(),
  denominator: z.string().nullable().default(null),
  reads: z.array(z.string()).default([]),
});

const expression = z.string().min(1);

/**
 * SQL expressions over `<part>.num`, `.den`, `.value` and `.n`, and over `this.num` and `this.den`.
 * A part without data has the values of an empty window.
 */
const deriveSchema = z.strictObject({
  num: expression.default("NULL"),
  den: expression.default("NULL"),
  value: expression.default("this.num / nullif(this.den, 0)"),
  n: expression.default("NULL"),
  /** Conditions under which the answer carries the flag. */
  flags: z.partialRecord(z.enum(["no_revenue", "revenue_basis"]), expression).default({}),
});

export const definitionSchema = z.strictObject({
  id,
  /** Settings under which the entry counts; it then takes the place of one of the same id before it. */
  when: z.record(id, z.union([z.string(), z.number()])).default({}),
  /** Raised by hand when the meaning changes; part of `spec_version`. */
  version: z.int().positive().default(1),
  name: z.string().min(1),
  codes: z.array(z.string()).default([]),
  aliases: z.array(z.string()).default([]),
  layer: z.enum(["success", "actionable", "component"]),
  /** What it is seen under, the first above all: R, C or P, a driver's code, another metric. */
  parents: z.array(z.string()).default([]),
  /** The owning team first, then those that contribute. */
  owners: z.array(z.string()).min(1),
  unit: z.string().min(1),
  direction: z.enum(["up", "down", "neutral"]),
  /** Weeks of the window by default. */
  window: window.default(1),
  /** Weeks from the cohort's week to the week it is reported in. */
  lag: z.union([weeks, z.literal("adoption_of")]).default(0),
  /** Who a cohort is, of a metric with a lag: reads on with "in" and the week. */
  cohort: z.string().min(1).default(SIGNED_UP),
  /**
   * Weeks before its windows (and the cohort's week) that the SQL reads as well; all: everything
   * earlier. A late row there makes the cells of the later weeks stale.
   */
  lookback: z.union([weeks, z.literal("all")]).default(0),
  /** Weeks after its windows of which the SQL reads rows, such as what will be due. */
  lookahead: weeks.default(0),
  dimensions: z.array(id),
  /**
   * Those of the SQL's own dimensions of which one unit may have several values, such as the regions
   * of an incident. The unit counts once in each and once in all, so its SQL is run for each of them
   * apart, and takes their filters inside: overlapping.ts.
   */
  overlapping: z.array(id).default([]),
  /**
   * sum, ratio: the weeks' num and den add up · hist: the buckets add up · last: the value at the
   * window's end · rerun, rebase: the SQL run anew on the wider window · year_to_date: the weeks of
   * the fiscal year so far add up, whatever the window · reported: the newest value in the window that
   * somebody reported for exactly the filters that are asked for, without SQL · derived: computed from its parts, each at
   * the window's end and at its own width.
   */
  aggregation,
  /**
   * Of sum and ratio: the SQL holds for one week, such as the recurring revenue of its end against
   * that of its beginning. A wider window is not run but is its weeks added up.
   */
  week_by_week: z.boolean().default(false),
  parts: z.record(id, partSchema).default({}),
  derive: deriveSchema.optional(),
  /**
   * Instead of expressions, the growth a week of its one part: since_baseline, what it has been since
   * the baseline week; to_target, what would reach the target. METRICS.md 4.8.
   */
  growth: z.enum(["since_baseline", "to_target"]).optional(),
  /** Of growth: the metrics whose targets count, the first that has one. */
  towards: z.array(id).default([]),
  /**
   * What is tested (METRICS.md 4.2 B); null: never. nps: unit rows are answers and carry promoters
   * and detractors instead of num and den.
   */
  test: z.enum(["prop", "nps", "flow", "stock", "value"]).nullable(),
  /** A share of a whole, which no value can exceed, as those of `prop` are; false: growth, say. */
  of_whole: z.boolean().default(false),
  n_min: z.int().nonnegative().default(0),
  /** In the metric's unit; null: the default of METRICS.md 4.2 B. */
  min_effect: z.number().nonnegative().nullable().default(null),
  target: z.array(z.string()).default([]),
  sensitive: z.boolean(),
  /** When an account's tier is read (METRICS.md 1.8); none: a platform metric, without an account. */
  tier: z.enum(["event", "week_end", "window_start", "entry", "none"]),
  /** sum: unit rows carry n · accounts: distinct accounts, for each dimension set by itself. */
  n: z.enum(["sum", "accounts"]).default("sum"),
  /**
   * Unit rows carry `value` instead of num and den, and the metric is a quantile of the values:
   * interpolated between two, or the lower one. A value may be Infinity: it never came.
   */
  values: z.enum(["interpolated", "lower"]).optional(),
  /** Of hist and of values: which quantile. */
  quantile: z.number().gt(0).lt(1).optional(),
  /** Source tables with event times: what "final" waits for. A derived metric reads what its parts do. */
  reads: z.array(z.string()).default([]),
  /** Rows that must have been there once, or it has no data: need.ts. A derived metric needs what its parts do. */
  needs: z.array(needSchema).default([]),
  what: z.string().min(1),
  numerator: z.string().min(1),
  denominator: z.string().nullable().default(null),
  why: z.string().default(""),
  caveats: z.array(z.string()).default([]),
  /** Where it differs from the specification of a shipped metric, and why: for docs/metrics.md. */
  differs: z.array(z.string()).default([]),
  /** Where the number can be looked into, with `{tier}`, `{week}` and their like: link-faults.ts. */
  links: z.array(z.string().startsWith("https://")).default([]),
  /**
   * Of a cohort's yes or no: unit rows of a younger cohort at `as_of()`, with num who are there
   * already and den who still can be, those included.
   */
  maturing: z.string().min(1).optional(),
  /** What those have done who are there already, read on after "have". */
  done: z.string().min(1).default("got there"),
  /**
   * A SELECT over `w` that the SQL reads as `shared`. When cells are filled it is computed once for
   * all of the metric's widths and dimensions, so `w` then has windows of more than one width.
   */
  shared: z.string().min(1).optional(),
  /** Its unit rows; a derived metric has none of its own. */
  sql: z.string().min(1).optional(),
});

export type PartDefinition = z.infer<typeof partSchema>;

/** As written in the file; `resolveMetric` applies the settings. */
export type Definition = z.infer<typeof definitionSchema>;

/** Neither made of parts nor reported: it has unit rows. */
export function isComputed(aggregation: Definition["aggregation"]): boolean {
  return aggregation !== "derived" && aggregation !== "reported";
}
