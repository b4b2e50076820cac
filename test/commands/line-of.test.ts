import fc from "fast-check";
import { expect, test } from "vitest";
import { dispatch, lineOf } from "../../src/commands/index.ts";
import { nameMetric } from "../../src/commands/name-metric.ts";
import { readTerms } from "../../src/commands/read-terms.ts";
import { addWeeks, type MetricQuery } from "../../src/metrics/index.ts";
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

const query: fc.Arbitrary<MetricQuery> = fc.constantFrom(...shipped).chain(({ id, dimensions }) =>
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
    week: fc.option(fc.integer({ min: -200, max: 200 }).map((n) => addWeeks("2026-11-09", n))),
    cohort: fc.option(fc.integer({ min: -200, max: 0 }).map((n) => addWeeks("2026-11-09", n))),
    windowWeeks: fc.option(fc.integer({ min: 1, max: 104 })),
    lastWeeks: fc.integer({ min: 1, max: 260 }),
    versus: fc.constantFrom("prev", "year", "target"),
  }),
);

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
      const { filters, by, week, cohort, window, last, versus } = terms.value;
      expect({
        metric: named.value.metric.id,
        filters,
        by,
        week,
        cohort,
        windowWeeks: window,
        lastWeeks: last ?? 26,
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
