import { describe, expect, test } from "vitest";
import { isObject, type JsonObject, parseJson } from "../../../sandbox/json.ts";
import { checkBlocks } from "../../../sandbox/slack/blocks/check-blocks.ts";
import { type SlackForm, toSlackMessage } from "../../../src/bot/slack/to-slack-message.ts";
import type { Block, Cell, Message } from "../../../src/message.ts";
import { slackStrings } from "./active-in-slack.ts";

/** As it stands on the wire; fails when Slack would refuse it. */
function wire(blocks: Message["blocks"], form: SlackForm = "native", pictured = false) {
  const picture = pictured ? { fileId: "F0CHART", alt: "falling" } : null;
  const made = toSlackMessage({ summary: "s", blocks }, picture, form).blocks;
  const read = parseJson(JSON.stringify(made));
  const sent = Array.isArray(read) ? read.filter(isObject) : [];
  expect(checkBlocks(sent, () => true).faults).toEqual([]);
  return sent;
}

function typesOf(blocks: readonly JsonObject[]) {
  return blocks.map(({ type }) => type);
}

function weeks(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `W${String(i + 1).padStart(2, "0")}`);
}

function aChart(
  values: readonly (number | null)[],
  more: Partial<Extract<Block, { kind: "chart" }>> = {},
): Block {
  return {
    kind: "chart",
    title: "Adoption Rate",
    unit: "percent",
    labels: weeks(values.length),
    series: [{ name: "value", values }],
    ...more,
  };
}

const rising = Array.from({ length: 26 }, (_, i) => i + 0.5);

describe("Slack's own chart", () => {
  test("of 26 weeks draws the last 20 and says so", () => {
    const [chart, ...rest] = wire([aChart(rising)]);
    expect(chart).toMatchObject({
      type: "data_visualization",
      title: "Adoption Rate",
      chart: { type: "line", axis_config: { categories: weeks(26).slice(6), y_label: "percent" } },
    });
    expect(JSON.stringify(chart)).toContain('{"label":"W26","value":25.5}');
    expect(slackStrings(rest)).toEqual(["The chart shows the last 20 of 26: W07 to W26."]);
  });

  test("of few weeks draws all of them and says nothing", () => {
    expect(typesOf(wire([aChart([1, 2, 3])]))).toEqual(["data_visualization"]);
  });

  test("begins and ends where there are values, and says so", () => {
    const [chart, ...rest] = wire([aChart([null, Number.NaN, 3, 4, 5, null])]);
    expect(JSON.stringify(chart)).toContain('"categories":["W03","W04","W05"]');
    expect(slackStrings(rest)).toEqual(["The chart shows 3 of 6: W03 to W05."]);
  });

  test.each([
    ["a week in between has no value", aChart([1, 2, null, 4])],
    [
      "one of two lines lacks a value",
      aChart([1, 2, 3], {
        series: [
          { name: "a", values: [1, 2, 3] },
          { name: "b", values: [1, Infinity, 3] },
        ],
      }),
    ],
    ["there is only one point", aChart([7])],
    ["there are no lines", aChart([1, 2], { series: [] })],
    ["two points have one label", aChart([1, 2], { labels: ["W01", "W01"] })],
    [
      "two labels are alike when cut",
      aChart([1, 2], {
        labels: ["the same twenty characters, 1", "the same twenty characters, 2"],
      }),
    ],
    ["a label is empty", aChart([1, 2], { labels: ["\u202e", "W02"] })],
  ])("is not drawn when %s", (_, chart) => {
    expect(typesOf(wire([chart, { kind: "text", text: "41.2%" }]))).toEqual(["rich_text"]);
  });

  test("draws six lines and says that there are more", () => {
    const series = Array.from({ length: 8 }, (_, i) => ({ name: `line ${i}`, values: [i, i] }));
    const [chart, ...rest] = wire([aChart([1, 2], { series })]);
    expect(JSON.stringify(chart).match(/"name":/g)).toHaveLength(6);
    expect(slackStrings(rest)).toEqual(["Left out here: 2 more lines."]);
  });

  test("stands twice in a message at most, and gives way to the picture", () => {
    const three = [aChart([1, 2]), aChart([1, 2]), aChart([1, 2])];
    expect(typesOf(wire(three))).toEqual(["data_visualization", "data_visualization"]);
    expect(typesOf(wire([aChart([1, 2]), { kind: "image" }], "native", true))).toEqual(["image"]);
  });

  test("is the first to go when a message is too long", () => {
    const texts = Array.from({ length: 50 }, (_, i) => ({ kind: "text" as const, text: `${i}` }));
    const made = wire([aChart([1, 2]), ...texts]);
    expect(typesOf(made)).not.toContain("data_visualization");
    expect(slackStrings(made).slice(0, 2)).toEqual(["0", "1"]);
    expect(slackStrings(made).at(-1)).toBe("Left out here: 2 more parts.");
  });
});

describe("Slack's own tables", () => {
  const columns = [
    { label: "source", align: "left" as const },
    { label: "value", align: "right" as const },
  ];
  const table = (rows: readonly (readonly Cell[])[]): Block => ({
    kind: "table",
    caption: "Adoption by source",
    columns,
    rows,
  });
  const numbered = (count: number): Cell[][] =>
    Array.from({ length: count }, (_, i) => [`source ${i}`, { text: `${i}.0%`, value: i / 100 }]);

  test("a long one has pages, and its numbers are numbers that show their text", () => {
    const made = wire([table(numbered(40))]);
    expect(typesOf(made)).toEqual(["data_table"]);
    expect(made[0]).toMatchObject({ caption: "Adoption by source", page_size: 10 });
    expect(JSON.stringify(made[0])).toContain('{"type":"raw_number","value":0.39,"text":"39.0%"}');
  });

  test("what is not a number is text", () => {
    const cells = [Number.NaN, Infinity, null].map((value) => ["x", { text: "n/a", value }]);
    expect(JSON.stringify(wire([table([...numbered(20), ...cells])]))).not.toMatch(
      /raw_number","value":(null|"|,)/,
    );
  });

  test("together hold 20,000 characters in pages, and what follows is text", () => {
    const wide = Array.from({ length: 60 }, (_, i) => [`${i} ${"x".repeat(180)}`, "1"]);
    const made = wire([table(numbered(3)), table(wide), table(wide), table(wide)]);
    expect(typesOf(made).filter((type) => type === "data_table").length).toBeGreaterThan(0);
    expect(slackStrings(made)).toContain("Adoption by source");
    expect(JSON.stringify(made)).toContain("rich_text_preformatted");
  });

  test("in the plain form are text, without a chart", () => {
    const made = wire([aChart([1, 2]), table(numbered(3))], "plain");
    expect(typesOf(made)).toEqual(["rich_text", "rich_text"]);
    expect(slackStrings(made).at(-1)).toContain("source 2   2.0%");
  });
});

test("sixty signals leave room for the table, and the last of them go", () => {
  const signals = Array.from({ length: 60 }, (_, i) => ({
    kind: "text" as const,
    text: `signal ${i}`,
  }));
  const made = wire([
    { kind: "heading", text: "Scorecard" },
    ...signals,
    {
      kind: "table",
      caption: "",
      columns: [{ label: "metric", align: "left" }],
      rows: [["worst"]],
    },
    { kind: "context", text: "data complete" },
  ]);
  const strings = slackStrings(made);
  expect(strings).toEqual([
    "Scorecard",
    ...signals.slice(0, 47).map(({ text }) => text),
    "metric",
    "worst",
    "Left out here: 14 more parts.",
  ]);
});

test("fields that find no room are counted", () => {
  const fields = Array.from({ length: 40 }, (_, i) => ({ label: `f${i}`, value: "x".repeat(200) }));
  const strings = slackStrings(wire([{ kind: "fields", fields }]));
  const shown = strings.filter((text) => /^\s*f\d+$/.test(text)).length;
  expect(shown).toBeGreaterThan(3);
  expect(strings.at(-1)).toBe(`Left out here: ${40 - shown} more fields.`);
});
