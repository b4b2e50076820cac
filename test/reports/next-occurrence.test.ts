import fc from "fast-check";
import { expect, test } from "vitest";
import { lastOccurrence, nextOccurrence } from "../../src/reports/next-occurrence.ts";
import { faultTest } from "../support/fault-test.ts";

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const monday = (timeZone: string) => ({ weekday: 1, wallTime: "09:00", timeZone });

test("the next Monday at nine is local time, before and after the clocks change", () => {
  const london = monday("Europe/London");
  expect(nextOccurrence(london, at("2026-10-20T12:00Z")).toString()).toBe("2026-10-26T09:00:00Z");
  expect(nextOccurrence(london, at("2026-10-12T12:00Z")).toString()).toBe("2026-10-19T08:00:00Z");
});

test("an occurrence is strictly later, so that a report that is due now is not due twice", () => {
  expect(nextOccurrence(monday("UTC"), at("2026-11-16T09:00Z")).toString()).toBe(
    "2026-11-23T09:00:00Z",
  );
});

test("a wall time that the clocks skip is moved past the gap, one that comes twice is taken first", () => {
  const sunday = { weekday: 7, wallTime: "02:30", timeZone: "America/New_York" };
  expect(nextOccurrence(sunday, at("2026-03-05T00:00Z")).toString()).toBe("2026-03-08T07:30:00Z");
  const twice = { weekday: 7, wallTime: "01:30", timeZone: "America/New_York" };
  expect(nextOccurrence(twice, at("2026-10-30T00:00Z")).toString()).toBe("2026-11-01T05:30:00Z");
});

test("in any zone, a year of Mondays is 52 or 53 occurrences, none skipped and none twice", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
      fc.integer({ min: 2006, max: 2026 }),
      (timeZone, year) => {
        const rule = monday(timeZone);
        const end = at(`${year}-12-31T23:59Z`);
        const days: string[] = [];
        for (
          let next = nextOccurrence(rule, at(`${year}-01-01T00:00Z`));
          Temporal.Instant.compare(next, end) <= 0;
          next = nextOccurrence(rule, next)
        ) {
          days.push(next.toZonedDateTimeISO(timeZone).toPlainDate().toString());
          expect(lastOccurrence(rule, next).equals(next)).toBe(true);
        }
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBeGreaterThanOrEqual(51);
        expect(days.length).toBeLessThanOrEqual(53);
      },
    ),
    { numRuns: 60 },
  );
});

test("every day is one occurrence, in a zone that skipped a day too", () => {
  const daily = { weekday: null, wallTime: "06:00", timeZone: "Pacific/Apia" };
  const eve = at("2011-12-29T16:00Z");
  expect(lastOccurrence(daily, eve).equals(eve)).toBe(true);
  // Samoa had no 30 December: its 31 began where the 29 ended.
  const next = nextOccurrence(daily, eve);
  expect(next.toString()).toBe("2011-12-30T16:00:00Z");
  expect(lastOccurrence(daily, next.subtract({ seconds: 1 })).equals(eve)).toBe(true);
  expect(nextOccurrence(daily, next).toString()).toBe("2011-12-31T16:00:00Z");
});

faultTest(
  23,
  "in every zone each Monday at nine is one occurrence, at nine by its own clocks",
  async (run) => {
    const zones = Intl.supportedValuesOf("timeZone");
    const years = Array.from({ length: 20 }, (_, i) => 2007 + i);
    const all = zones.flatMap((timeZone) => years.map((year) => ({ timeZone, year })));
    const step = Math.max(1, Math.floor(all.length / run.cases));
    let seen = 0;
    for (let i = 0; i < run.cases; i++) {
      const { timeZone, year } = all[(i * step) % all.length] ?? { timeZone: "UTC", year: 2007 };
      // A second way: every Monday of the year by the calendar alone.
      const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
      const monday1 = first.add({ days: (8 - first.dayOfWeek) % 7 });
      let next = nextOccurrence(monday(timeZone), at(`${year - 1}-12-31T00:00Z`));
      for (let day = monday1; day.year === year; day = day.add({ weeks: 1 })) {
        const local = next.toZonedDateTimeISO(timeZone);
        if (local.toPlainDate().toString() !== day.toString() && day === monday1)
          next = nextOccurrence(monday(timeZone), next);
        const found = next.toZonedDateTimeISO(timeZone);
        expect(found.toPlainDate().toString(), timeZone).toBe(day.toString());
        expect(found.toPlainTime().toString({ smallestUnit: "minute" }), timeZone).toBe("09:00");
        next = nextOccurrence(monday(timeZone), next);
        seen++;
      }
      run.tried(1);
    }
    run.saw(`${zones.length} zones, 2007 to 2026: ${seen} Mondays, 0 skipped, 0 twice`);
  },
);
