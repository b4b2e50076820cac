import { expect, test } from "vitest";
import { sayInstant, sayWeekDays, sayWeeksDays, weekName } from "../../src/wording/say-week.ts";

const voice = (locale: string) => ({ locale, currency: "USD" });

test.each([
  ["2026-11-09", "2026-W46"],
  ["2025-12-29", "2026-W01"],
  ["2026-11-08", "2026-11-08"],
])("the week that begins on %s is named %s", (week, name) => {
  expect(weekName(week)).toBe(name);
});

test.each([
  ["en-GB", "2026-11-09", 1, "Mon 9 to Sun 15 Nov 2026"],
  ["en-GB", "2026-11-30", 1, "Mon 30 Nov to Sun 6 Dec 2026"],
  ["en-GB", "2025-12-29", 1, "Mon 29 Dec 2025 to Sun 4 Jan 2026"],
  ["en-GB", "2026-11-09", 13, "Mon 17 Aug to Sun 15 Nov 2026"],
  ["en-US", "2026-11-09", 1, "Mon Nov 9 to Sun Nov 15, 2026"],
  ["de-DE", "2026-11-09", 1, "Mo 9 to So 15. Nov. 2026"],
  ["ja-JP", "2026-11-09", 1, "月 11/9 to 日 2026/11/15"],
])("in %s the days of %s and %d weeks are %s", (locale, week, weeks, days) => {
  expect(sayWeeksDays(week, weeks, voice(locale))).toBe(days);
  if (weeks === 1) expect(sayWeekDays(week, voice(locale))).toBe(days);
});

test("an instant says its zone", () => {
  expect(sayInstant("2026-11-16T00:00:00Z", "Europe/Berlin", voice("en-GB"))).toBe(
    "Mon 16 Nov 2026, 01:00 Europe/Berlin",
  );
});
