import fc from "fast-check";
import { expect, test } from "vitest";
import { dispatch, lineOf } from "../../src/commands/index.ts";
import { defaultCount } from "../../src/commands/line-of.ts";
import { nameMetric } from "../../src/commands/name-metric.ts";
import { readTerms } from "../../src/commands/read-terms.ts";
import { MOST } from "../../src/commands/read-when.ts";
import { addWeeks, type MetricQuery } from "../../src/metrics/index.ts";
import { addPeriods, type Grain, periodOf } from "../../src/periods.ts";
import { asManyAsFit } from "../support/as-many-as-fit.ts";
import { askOf, contextOf, scopeOf, shipped } from "./asking.ts";

// Text as a database can hold it: no NUL and no halves of surrogate pairs.
const label = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc
    .string({ unit: "binary", maxLength: 6 })
    .map((text) => text.replaceAll("\0", "").toWellFormed()),
  fc.constantFrom(
    "public",
    "by",
    "week 46",
    "1-2",
    "(none)",
    "none",
    "'a'",
    '""',
    "a=b",
    "a,b",
    "«x",
    " x ",
  ),
);

/** Which weeks, months or quarters of the calendar that `scopeOf` reads against. */
const anyTime = fc
  .constantFrom<Grain | null>(null, { unit: "month" }, { unit: "quarter", yearStarts: 1 })
  .chain((grain) => {
    const told = grain === null ? {} : { grain };
    const week = periodOf(Temporal.PlainDate.from("2026-11-09"), 1, told.grain);
    return fc.record({
      ...(grain && { grain: fc.constant(grain) }),
      week: fc.option(
        fc.integer({ min: -200, max: 200 }).map((n) => addPeriods(week, n, told.grain)),
      ),
      lastWeeks: fc.integer({ min: 1, max: MOST[grain?.unit ?? "week"] }),
    });
  });

const cut = shipped.filter(({ dimensions }) => dimensions.length > 0);

const query: fc.Arbitrary<MetricQuery> = fc
  .constantFrom(...cut)
  .chain(({ id, dimensions }) =>
    fc.record({
      metric: fc.constant(id),
      filters: fc
        .dictionary(
          fc.constantFrom(...dimensions),
          fc.uniqueArray(label, { minLength: 1, maxLength: 3 }),
        )
        .map((filters) =>
          Object.fromEntries(
            Object.entries(filters)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, values]) => [name, values.sort()]),
          ),
        ),
      by: fc.option(fc.constantFrom(...dimensions)),
      time: anyTime,
      cohort: fc.option(fc.integer({ min: -200, max: 0 }).map((n) => addWeeks("2026-11-09", n))),
      windowWeeks: fc.option(fc.integer({ min: 1, max: 104 })),
      versus: fc.constantFrom("prev" as const, "year" as const, "target" as const),
    }),
  )
  .map(({ time, ...others }) => ({ ...others, ...time }));

test("a query written as a line and read again is the same query", async () => {
  const context = contextOf(shipped);
  await asManyAsFit(
    fc.property(query, (any) => {
      // The two exclude each other.
      const asked = any.cohort === null ? any : { ...any, week: null };
      const line = lineOf(asked);
      const named = nameMetric(context, askOf(line));
      if (!named.ok) return false;
      const terms = readTerms(named.value.rest, scopeOf(named.value.metric, asked.filters));
      if (!terms.ok) return false;
      const { filters, by, grain, week, cohort, window, last, versus } = terms.value;
      expect({
        metric: named.value.metric.id,
        filters,
        by,
        week,
        cohort,
        windowWeeks: window,
        ...(grain && { grain }),
        lastWeeks: last ?? defaultCount(grain),
        versus: versus ?? "prev",
      }).toEqual(asked);
      return true;
    }),
  );
});

test.each([
  [{}, "adoption_rate"],
  [{ filters: { tier: ["free", "pro"] }, by: "source" }, "adoption_rate tier=free,pro by source"],
  [
    { filters: { source: ["big event", 'the "it"'] } },
    'adoption_rate source="big event","the ""it"""',
  ],
  [
    { week: "2026-11-09", windowWeeks: 4, lastWeeks: 12, versus: "year" } as const,
    "adoption_rate window=4 last 12 weeks week 2026-W46 vs year",
  ],
  [{ week: "2026-11-08" }, "adoption_rate week 2026-11-08"],
  [{ cohort: "2026-09-28" }, "adoption_rate cohort 2026-W40"],
  [{ grain: { unit: "month" }, lastWeeks: 13 } as const, "adoption_rate last 13 months"],
  [
    { grain: { unit: "month" }, week: "2026-10-01", lastWeeks: 13 } as const,
    "adoption_rate month 2026-10",
  ],
  [
    { grain: { unit: "quarter", yearStarts: 4 }, week: "2026-07-01", lastWeeks: 2 } as const,
    "adoption_rate last 2 quarters quarter FY2027-Q2",
  ],
])("%j is %s", (parts, line) => {
  const plain = {
    metric: "adoption_rate",
    filters: {},
    by: null,
    week: null,
    cohort: null,
    windowWeeks: null,
  };
  expect(lineOf({ ...plain, lastWeeks: 26, versus: "prev", ...parts })).toBe(line);
});

test("a line that is offered is a line that is understood", async () => {
  const context = contextOf(shipped);
  const ask = {
    caller: { kind: "terminal" },
    now: askOf("").now,
    exact: false,
    week: null,
  } as const;
  const told = await dispatch(context, "adpotion week 46 week 46", ask);
  const [line = ""] = !told.ok && told.fault.kind === "unknown_metric" ? told.fault.nearest : [];
  expect(await dispatch(context, line, ask)).toMatchObject({ fault: { kind: "repeated_word" } });
});
