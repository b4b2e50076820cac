import fc from "fast-check";
import type {
  Answer,
  AnswerFlag,
  AnswerStatus,
  Direction,
  VerdictWord,
} from "../../src/metrics/index.ts";
import type { Voice } from "../../src/wording/index.ts";

const locales = ["en-US", "en-GB", "de-DE", "ja-JP", "fr-FR", "en-IN", "ar-EG", "sv-SE"];
const currencies = ["USD", "EUR", "JPY", "KWD", "CHF"];
export const units = [
  "percent",
  "percent per week",
  "money",
  "money per month",
  "money per year",
  "accounts",
  "milliseconds",
  "hours",
  "minutes",
  "seconds",
  "days",
  "points (-100..100)",
  "index 0-100",
  "tickets per customer",
  "minutes per user",
];

export const verdictWords: readonly VerdictWord[] = [
  "signal",
  "continuing",
  "seasonal",
  "run",
  "routine",
  "too_few_weeks",
  "not_tested",
];
const flags: readonly AnswerFlag[] = [
  "low_n",
  "widened",
  "restated",
  "unjudged",
  "late",
  "above_range",
  "under_half_reached_value",
  "target_met",
  "target_missed",
  "no_revenue",
  "no_target",
  "partial",
  "partial_first",
  "partial_before",
];
const statuses: readonly AnswerStatus[] = ["final", "open", "maturing", "no_data"];
const directions: readonly Direction[] = ["up", "down", "neutral"];

export const anyVoice: fc.Arbitrary<Voice> = fc.record({
  locale: fc.constantFrom(...locales),
  currency: fc.constantFrom(...currencies),
});

/** Also what no metric should give, so that a bug there is no nonsense in a sentence here. */
export const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.integer({ min: -2_000_000, max: 2_000_000_000 }),
  fc.constantFrom(0, -0, 1, -1, 0.5, 1 - 1e-9, 1e-9, -1e-9, 1e300, Number.MIN_VALUE),
);

const maybe = fc.option(
  fc.oneof({ weight: 9, arbitrary: anyNumber }, fc.constantFrom(Number.NaN, Infinity, -Infinity)),
  { nil: null },
);
const figures = fc.record({ value: maybe, num: maybe, den: maybe, n: maybe });

/** Mondays. */
const anyWeek = fc
  .integer({ min: 0, max: 2000 })
  .map((weeks) => Temporal.PlainDate.from("2000-01-03").add({ weeks }).toString());

const change = fc.record({
  absolute: maybe,
  relative: maybe,
  better: fc.option(fc.boolean(), { nil: null }),
  p: maybe,
  interval: fc.constant(null),
});
const verdict = fc.record({
  word: fc.constantFrom(...verdictWords),
  test: fc.constantFrom("prop", "nps", "flow", "stock", "value", null),
  value: maybe,
  expected: maybe,
  low: maybe,
  high: maybe,
  p: maybe,
  pAdjusted: maybe,
  since: fc.option(anyWeek, { nil: null }),
  direction: fc.constantFrom(1 as const, -1 as const, null),
  pooledWeeks: fc.constantFrom(null, 1, 4, 13),
});
const anyDay = fc.constantFrom("2026-01-01", "2026-06-30", "2026-12-31", "2027-03-31");
const target = fc.record({
  id: fc.string(),
  metric: fc.stringMatching(/^[a-z][a-z_]{0,20}$/),
  dims: fc.constant({}),
  type: fc.constantFrom("cumulative_by_date", "level_by_date", "at_least", "at_most", "band"),
  value: anyNumber,
  valueHi: maybe,
  periodStart: anyDay,
  periodEnd: anyDay,
  baselineWeek: fc.option(anyWeek, { nil: null }),
  baselineValue: maybe,
  status: fc.constantFrom(
    "met",
    "missed",
    "inside",
    "above",
    "below",
    "on_track",
    "at_risk",
    "off_track",
    "no_verdict",
  ),
  certain: fc.constantFrom(null, true, false),
  actual: maybe,
  expected: maybe,
  attainment: maybe,
  projection: maybe,
  requiredPerWeek: maybe,
  requiredGrowth: maybe,
  growth: maybe,
});
const point = figures.chain((of) =>
  fc.record({
    week: anyWeek,
    value: fc.constant(of.value),
    num: fc.constant(of.num),
    den: fc.constant(of.den),
    n: fc.constant(of.n),
    status: fc.constantFrom(...statuses),
    band: fc.constant(null),
    signal: fc.boolean(),
  }),
);
const segment = figures.chain((of) =>
  fc.record({
    segment: fc.string({ minLength: 1 }),
    value: fc.constant(of.value),
    num: fc.constant(of.num),
    den: fc.constant(of.den),
    n: fc.constant(of.n),
    lowN: fc.boolean(),
  }),
);
const word = fc.stringMatching(/^[A-Za-z][a-z ]{0,20}$/);

export const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  metric: fc.stringMatching(/^[a-z][a-z_]{0,20}$/),
  name: word,
  unit: fc.constantFrom(...units),
  direction: fc.constantFrom(...directions),
  isLevel: fc.boolean(),
  isOfWhole: fc.boolean(),
  week: anyWeek,
  from: fc.option(anyWeek, { nil: null }),
  cohortWeek: fc.option(anyWeek, { nil: null }),
  cohort: word,
  done: word,
  windowWeeks: fc.constantFrom(1, 4, 13, 26),
  defaultWindowWeeks: fc.constantFrom(1, 4, 13),
  filters: fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.array(word, { minLength: 1, maxLength: 3 }),
    {
      maxKeys: 2,
    },
  ),
  timeZone: fc.constantFrom("UTC", "Europe/London", "Asia/Tokyo"),
  asOf: fc.option(fc.constantFrom("2026-11-16T00:00:00Z", "2025-03-30T01:30:00Z"), { nil: null }),
  specVersion: fc.constant("1-9f3c"),
  status: fc.constantFrom(...statuses),
  flags: fc.subarray([...flags]),
  figures,
  maturing: fc.option(
    fc.record({ already: fc.nat(), possible: fc.nat(), n: fc.nat(), elapsedWeeks: fc.nat(60) }),
    { nil: null },
  ),
  nMin: fc.constantFrom(0, 30),
  previous: fc.option(
    fc.tuple(figures, anyWeek).map(([of, week]) => ({ ...of, week })),
    { nil: null },
  ),
  versus: fc.constantFrom("prev", "year", "target"),
  target: fc.option(target, { nil: null }),
  trendRate: maybe,
  change,
  verdict,
  series: fc.array(point, { maxLength: 5 }),
  breakdown: fc.option(
    fc.record({ dimension: word, segments: fc.array(segment, { maxLength: 4 }) }),
    { nil: null },
  ),
});

/** What must stand in no sentence: a hole in the program, or a minus that belongs to nothing. */
export const NONSENSE = /NaN|undefined|null|Infinity|∞|\[object|[-−]0(?![.,٫\d])|[-−]0[.,]0+(?!\d)/;
