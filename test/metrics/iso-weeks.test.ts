import { expect } from "vitest";
import { z } from "zod";
import { parseWeek, weekOf } from "../../src/metrics/index.ts";
import { weekName } from "../../src/wording/say-week.ts";
import { freshDatabase } from "../support/database.ts";
import { faultTest } from "../support/fault-test.ts";

const THIS_YEAR = 2026;
const dayMs = 86_400_000;
const firstOf = (years: number): number => THIS_YEAR - Math.floor(years / 2);

/**
 * The ISO week of a day, by arithmetic on days since 1970 and no calendar library: a week belongs to
 * the year of its Thursday, and is numbered by the Thursdays before it. Source: ISO 8601, 3.1.1.23.
 */
function isoWeekByThursdays(epochDay: number): { year: number; week: number; monday: number } {
  // 1 January 1970, day 0, was a Thursday.
  const monday = epochDay - ((((epochDay + 3) % 7) + 7) % 7);
  const thursday = monday + 3;
  const { year, ordinal } = yearAndOrdinal(thursday);
  return { year, week: Math.floor(ordinal / 7) + 1, monday };
}

/** `ordinal` is 0 on 1 January. Gregorian, by counting leap days. */
function yearAndOrdinal(epochDay: number): { year: number; ordinal: number } {
  const daysBefore = (year: number): number => {
    const y = year - 1;
    return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 719_162;
  };
  let year = 1970 + Math.floor(epochDay / 365.2425);
  while (daysBefore(year) > epochDay) year--;
  while (daysBefore(year + 1) <= epochDay) year++;
  return { year, ordinal: epochDay - daysBefore(year) };
}

const nameOf = ({ year, week }: { year: number; week: number }): string =>
  `${year}-W${String(week).padStart(2, "0")}`;

const dateOf = (epochDay: number): string =>
  new Date(epochDay * dayMs).toISOString().slice(0, "2026-11-16".length);

faultTest(25, "every day is in the ISO week that two other implementations say", async (run) => {
  const { db, close } = await freshDatabase();
  const first = Date.UTC(firstOf(run.cases), 0, 1) / dayMs;
  const end = Date.UTC(firstOf(run.cases) + run.cases, 0, 1) / dayMs;
  const postgres = await db.rows(
    z.object({ name: z.string() }),
    `SELECT to_char(day, 'IYYY-"W"IW') AS name
       FROM generate_series($1::timestamp, $2::timestamp, '1 day') AS day ORDER BY day`,
    [dateOf(first), dateOf(end - 1)],
  );
  await close();
  const differing: string[] = [];
  let longYears = 0;
  for (let day = first; day < end; day++) {
    const date = Temporal.PlainDate.from(dateOf(day));
    const expected = isoWeekByThursdays(day);
    const ours = weekOf(date, 1);
    const names = [weekName(ours), nameOf(expected), postgres[day - first]?.name];
    const readBack = parseWeek(weekName(ours), 1, date);
    const same = new Set(names).size === 1 && ours === dateOf(expected.monday);
    if (!same || readBack !== ours) differing.push(`${date}: ${names.join(", ")}, ${readBack}`);
    if (expected.week === 53 && day === expected.monday) longYears++;
  }
  expect(differing).toEqual([]);
  expect(longYears).toBeGreaterThanOrEqual(Math.floor(run.cases * 0.17));
  run.tried(run.cases);
  run.saw(`${end - first} days, ${longYears} weeks 53, 0 differ`);
});

faultTest(
  25,
  "ISO week 53 is read in the years that have one and refused in the others",
  async (run) => {
    const today = Temporal.PlainDate.from("2026-11-16");
    const first = firstOf(run.cases);
    let long = 0;
    for (let year = first; year < first + run.cases; year++) {
      // 28 December is always in the last week of its year.
      const last = isoWeekByThursdays(Date.UTC(year, 11, 28) / dayMs);
      const hasIt = last.week === 53;
      if (hasIt) long++;
      expect(parseWeek(`${year}-W53`, 1, today), String(year)).toBe(
        hasIt ? dateOf(last.monday) : null,
      );
      run.tried(1);
    }
    run.saw(`${long} years have it, ${run.cases - long} refuse it`);
  },
);
