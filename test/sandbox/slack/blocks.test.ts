import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../sandbox/json.ts";
import { checkBlocks } from "../../../sandbox/slack/blocks/check-blocks.ts";

const faultsOf = (...blocks: JsonObject[]) => checkBlocks(blocks, () => true).faults;
const plain = (text: string) => ({ type: "plain_text", text });
const raw = (text: string) => ({ type: "raw_text", text });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
const button = (index: number) => ({ type: "button", action_id: `a${index}`, text: plain("Go") });
const lineChart = (count: number, series = 1, drop = 0) => {
  const categories = times(count, (index) => `W${index}`);
  const data = categories.slice(drop).map((label) => ({ label, value: 1 }));
  return {
    type: "data_visualization",
    title: "Trend",
    chart: {
      type: "line",
      series: times(series, (index) => ({ name: `s${index}`, data })),
      axis_config: { categories },
    },
  };
};
const dataTable = (rows: number, extra: JsonObject = {}) => ({
  type: "data_table",
  caption: "By source",
  rows: times(rows, () => [raw("a"), { type: "raw_number", value: 1, text: "1" }]),
  ...extra,
});

describe("blocks within Slack's limits pass, and one more is a fault at its place", () => {
  const cases: [string, JsonObject[], JsonObject[], string][] = [
    [
      "blocks of a message",
      times(50, () => ({ type: "divider" })),
      times(51, () => ({ type: "divider" })),
      "/blocks",
    ],
    [
      "text of a section",
      [section("x".repeat(3000))],
      [section("x".repeat(3001))],
      "/blocks/0/text/text",
    ],
    [
      "text of a header",
      [{ type: "header", text: plain("x".repeat(150)) }],
      [{ type: "header", text: plain("x".repeat(151)) }],
      "/blocks/0/text/text",
    ],
    [
      "fields of a section",
      [{ type: "section", fields: times(10, () => plain("f")) }],
      [{ type: "section", fields: times(11, () => plain("f")) }],
      "/blocks/0/fields",
    ],
    [
      "text of a field",
      [{ type: "section", fields: [plain("x".repeat(2000))] }],
      [{ type: "section", fields: [plain("x".repeat(2001))] }],
      "/blocks/0/fields/0/text",
    ],
    [
      "elements of a context",
      [{ type: "context", elements: times(10, () => plain("c")) }],
      [{ type: "context", elements: times(11, () => plain("c")) }],
      "/blocks/0/elements",
    ],
    [
      "elements of actions",
      [{ type: "actions", elements: times(25, button) }],
      [{ type: "actions", elements: times(26, button) }],
      "/blocks/0/elements",
    ],
    [
      "alt text of an image",
      [{ type: "image", slack_file: { id: "F" }, alt_text: "x".repeat(2000) }],
      [{ type: "image", slack_file: { id: "F" }, alt_text: "x".repeat(2001) }],
      "/blocks/0/alt_text",
    ],
    [
      "rows of a table",
      [{ type: "table", rows: times(100, () => [raw("a")]) }],
      [{ type: "table", rows: times(101, () => [raw("a")]) }],
      "/blocks/0/rows",
    ],
    [
      "columns of a table",
      [{ type: "table", rows: [times(20, () => raw("a"))] }],
      [{ type: "table", rows: [times(21, () => raw("a"))] }],
      "/blocks/0/rows/0",
    ],
    [
      "characters of a table",
      [{ type: "table", rows: times(10, () => [raw("x".repeat(1000))]) }],
      [{ type: "table", rows: times(10, () => [raw("x".repeat(1001))]) }],
      "/blocks/0",
    ],
    [
      "tables of a message",
      [{ type: "table", rows: [[raw("a")]] }],
      times(2, () => ({ type: "table", rows: [[raw("a")]] })),
      "/blocks/1",
    ],
    ["rows of a data table", [dataTable(101)], [dataTable(102)], "/blocks/0/rows"],
    [
      "charts of a message",
      times(2, () => lineChart(2)),
      times(3, () => lineChart(2)),
      "/blocks/2",
    ],
    [
      "points of a chart",
      [lineChart(20)],
      [lineChart(21)],
      "/blocks/0/chart/axis_config/categories",
    ],
    ["series of a chart", [lineChart(2, 6)], [lineChart(2, 7)], "/blocks/0/chart/series"],
  ];
  test.each(cases)("%s", (_, within, beyond, place) => {
    expect(faultsOf(...within)).toEqual([]);
    expect(faultsOf(...beyond)).toContainEqual(expect.stringContaining(`[json-pointer:${place}]`));
  });
});

describe("a fault is found in", () => {
  const cases: [string, JsonObject, string][] = [
    [
      "a block of an unknown type",
      { type: "sparkline" },
      "unsupported type: sparkline [json-pointer:/blocks/0/type]",
    ],
    [
      "an element of an unknown type",
      { type: "actions", elements: [{ type: "slider" }] },
      "unsupported type: slider [json-pointer:/blocks/0/elements/0/type]",
    ],
    [
      "a field that Slack does not know",
      { type: "divider", colour: "red" },
      "invalid additional property: colour [json-pointer:/blocks/0]",
    ],
    [
      "a section without words",
      { type: "section" },
      "missing required field: text or fields [json-pointer:/blocks/0]",
    ],
    [
      "an empty text",
      section(""),
      "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ],
    [
      "a header that formats",
      { type: "header", text: { type: "mrkdwn", text: "*a*" } },
      "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ],
    [
      "an image without alt text",
      { type: "image", slack_file: { id: "F" } },
      "missing required field: alt_text [json-pointer:/blocks/0]",
    ],
    [
      "two elements of one action id",
      { type: "actions", elements: [button(1), button(1)] },
      "duplicate action_id [json-pointer:/blocks/0/elements/1/action_id]",
    ],
    [
      "a data table without a caption",
      { type: "data_table", rows: [[raw("a")], [raw("b")]] },
      "missing required field: caption [json-pointer:/blocks/0]",
    ],
    [
      "a number without its text",
      { ...dataTable(2), rows: [[raw("a")], [{ type: "raw_number", value: 1 }]] },
      "missing required field: text [json-pointer:/blocks/0/rows/1/0]",
    ],
    [
      "a series that leaves a category out",
      lineChart(3, 1, 1),
      "must have exactly one point for each category [json-pointer:/blocks/0/chart/series/0/data]",
    ],
    [
      "a chart of an unknown type",
      { type: "data_visualization", title: "T", chart: { type: "radar" } },
      "unsupported type: radar [json-pointer:/blocks/0/chart/type]",
    ],
  ];
  test.each(cases)("%s", (_, block, fault) => {
    expect(faultsOf(block)).toContain(fault);
  });
});

test("the same action id in two blocks is no fault", () => {
  expect(faultsOf(...times(2, () => ({ type: "actions", elements: [button(1)] })))).toEqual([]);
});

test("all faults of a message are told at once", () => {
  expect(faultsOf(section(""), { type: "sparkline" }, section("x".repeat(3001)))).toHaveLength(3);
});
