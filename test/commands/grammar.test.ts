import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findMetric, nearestMetrics } from "../../src/commands/metric-names.ts";
import { readTerms } from "../../src/commands/read-terms.ts";
import { splitWords } from "../../src/commands/split-words.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const { metrics } = loaded.value;

function words(line: string): string[] {
  const split = splitWords(line);
  if (!split.ok) throw new Error("open quote");
  return split.value;
}

describe("the words of a question", () => {
  test("quotes hold spaces together, also behind an equals sign", () => {
    expect(words('adoption source="big event" “tier two”')).toEqual([
      "adoption",
      "source=big event",
      "tier two",
    ]);
  });

  test("an apostrophe is part of a name", () => {
    expect(words("adoption segment=O'Neill")).toEqual(["adoption", "segment=O'Neill"]);
  });

  test("a quotation mark that is not closed is a fault", () => {
    expect(splitWords('adoption tier="pro')).toEqual({ ok: false, fault: { kind: "open_quote" } });
  });

  test.each([
    ["adoption", "adoption_rate", 1],
    ["C.3", "adoption_rate", 1],
    ["c.3 tier=pro", "adoption_rate", 1],
    ["Adoption Rate (13-week)", "adoption_rate", 3],
    ["13 week adoption by source", "adoption_rate", 3],
    ["sales this week by tier", "weekly_revenue", 3],
    ["weekly-sign-ups", "weekly_sign_ups", 1],
    ["p99", "latency_p99", 1],
    ["latency p99", "latency_p99", 2],
  ])("%s names %s in %i words", (line, id, count) => {
    expect(findMetric(words(line), metrics)).toMatchObject({ metric: { id }, words: count });
  });

  test("a typo is answered with the nearest names, the nearest first", () => {
    expect(nearestMetrics(["adpotion"], metrics)[0]).toBe("adoption_rate");
    expect(nearestMetrics(["latency"], metrics)).toContain("latency_p99");
    expect(nearestMetrics(["zzzzqqqq"], metrics)).toEqual([]);
  });

  test("filters, by, week, last and window are read in any order", () => {
    expect(
      readTerms(words("week 2026-W46 tier=pro,enterprise by source last 12 weeks window=4")),
    ).toEqual({
      ok: true,
      value: {
        filters: [{ dimension: "tier", values: ["pro", "enterprise"] }],
        by: "source",
        week: "2026-W46",
        last: 12,
        window: 4,
      },
    });
  });

  test("spaces around commas do not matter", () => {
    expect(readTerms(words("tier=pro, enterprise"))).toMatchObject({
      ok: true,
      value: { filters: [{ values: ["pro", "enterprise"] }] },
    });
  });

  test.each(["tier = pro", "tier= pro", "tier =pro", "tier='pro'", "last week tier=pro"])(
    "%s is understood as it is meant",
    (line) => {
      expect(readTerms(words(line))).toMatchObject({
        ok: true,
        value: { filters: [{ dimension: "tier", values: ["pro"] }], last: null },
      });
    },
  );

  test("plan is a synonym of tier", () => {
    expect(readTerms(["plan=pro"])).toMatchObject({
      ok: true,
      value: { filters: [{ dimension: "tier" }] },
    });
  });

  test.each([
    ["by", { kind: "word_without_value", word: "by" }],
    ["tier=", { kind: "word_without_value", word: "tier=" }],
    ["by tier by source", { kind: "repeated_word", word: "by" }],
    ["tier=pro tier=free", { kind: "repeated_word", word: "tier" }],
    ["last many weeks", { kind: "bad_number", word: "many" }],
    ["window=0", { kind: "bad_number", word: "0" }],
    ["vs year", { kind: "not_yet", word: "vs" }],
    ["please", { kind: "unknown_word", word: "please" }],
  ])("%s is told as what is wrong with it", (line, fault) => {
    expect(readTerms(words(line))).toMatchObject({ ok: false, fault });
  });

  test("any string is read or told to be wrong, and never breaks the parser", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "adoption",
        "by",
        "tier=",
        "=",
        ",",
        '"',
        "week",
        "last",
        "9",
        "p99",
        "—",
        "\u0000",
        "window=4",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.constantFrom(" ", "", "\t"),
        (parts, space) => {
          const split = splitWords(parts.join(space));
          if (!split.ok) return split.fault.kind === "open_quote";
          const found = findMetric(split.value, metrics);
          nearestMetrics(split.value, metrics);
          const terms = readTerms(split.value.slice(found?.words ?? 0));
          return terms.ok || typeof terms.fault.kind === "string";
        },
      ),
      { numRuns: 5000 },
    );
  });
});
