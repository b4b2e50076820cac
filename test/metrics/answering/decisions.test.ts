/** What an answer decides before and after anything is read. */
import { describe, expect, test } from "vitest";
import type { Versus } from "../../../src/metrics/answer.ts";
import { widthsToTry } from "../../../src/metrics/answering/choose-window.ts";
import { comparedWeek } from "../../../src/metrics/answering/compare.ts";
import { defaultSettings, loadCatalogue } from "../../../src/metrics/catalogue/index.ts";

const loaded = await loadCatalogue(defaultSettings);
function metricCalled(id: string) {
  const metric = loaded.ok ? loaded.value.get(id) : undefined;
  if (metric === undefined) throw new Error(`no ${id}`);
  return metric;
}

describe("the widths that are tried, in weeks", () => {
  test.each([
    ["error_rate", null, [1, 4, 13, 26]],
    ["customer_satisfaction_score", null, [4, 13, 26]],
    ["retention_rate", null, [13, 26]],
    ["error_rate", 7, [7]],
    // A stock gains nothing, the year and a derived metric have windows of their own.
    ["mrr", null, [1]],
    ["mrr", 4, [4]],
    ["ytd_revenue", 4, [1]],
    ["cltv", 4, [13]],
  ])("of %s where %s was asked for are %j", (id, asked, widths) => {
    expect(widthsToTry(metricCalled(id), { windowWeeks: asked })).toEqual(widths);
  });
});

describe("the week that an answer is compared with", () => {
  const week = "2026-11-09";
  function compared(id: string, width: number, versus: Versus = "prev", more = {}) {
    const place = { week, first: "2025-01-06", ...more };
    const settings = defaultSettings;
    return comparedWeek({ metric: metricCalled(id), settings, place, query: { versus } }, width);
  }

  test.each([
    ["its own window is the week before", "retention_rate", 13, "prev", "2026-11-02"],
    ["a wider one shares no week", "error_rate", 4, "prev", "2026-10-12"],
    ["against last year has the same weekdays", "error_rate", 4, "year", "2025-11-10"],
  ] as const)("of %s", (_, id, width, versus, expected) => {
    expect(compared(id, width, versus)).toBe(expected);
  });

  test("is none where a sum would have fewer weeks, while a rate has those that there are", () => {
    const young = { first: "2026-09-28" };
    expect(compared("weekly_revenue", 4, "prev", young)).toBeNull();
    expect(compared("error_rate", 4, "prev", young)).toBe("2026-10-12");
    expect(compared("error_rate", 4, "prev", { first: "2026-10-19" })).toBeNull();
  });

  test("is none where the fiscal year began anew, unless last year was asked for", () => {
    const newYear = { week: "2025-12-29" };
    expect(compared("ytd_revenue", 1, "prev", newYear)).toBeNull();
    expect(compared("ytd_revenue", 1, "year")).toBe("2025-11-10");
  });
});
