import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isObject, type JsonObject, parseJson } from "../../../sandbox/json.ts";
import { checkBlocks } from "../../../sandbox/slack/blocks/check-blocks.ts";
import { slackLimits } from "../../../src/bot/slack/limits.ts";
import { toSlackMessage } from "../../../src/bot/slack/to-slack-message.ts";
import type { Message } from "../../../src/message.ts";
import { anyMessage, anyString, hostileNames, messageOf } from "../any-message.ts";
import { activeInSlack, slackStrings } from "./active-in-slack.ts";

const picture = { fileId: "F0CHART", alt: "falling" };

/** As it stands on the wire. */
function wire(message: Message, withPicture = false) {
  const { text, blocks } = toSlackMessage(message, withPicture ? picture : null);
  const read = parseJson(JSON.stringify(blocks));
  return { text, blocks: Array.isArray(read) ? read.filter(isObject) : [] };
}

function faultsOf(blocks: readonly JsonObject[]): string[] {
  return checkBlocks(blocks, () => true).faults;
}

function only(block: Message["blocks"][number]): Message {
  return { summary: "s", blocks: [block] };
}

describe("a message for Slack", () => {
  test("is within Slack's limits, whatever it was", () => {
    fc.assert(
      fc.property(anyMessage, fc.boolean(), (message, withPicture) => {
        const { text, blocks } = wire(message, withPicture);
        expect(faultsOf(blocks)).toEqual([]);
        expect(blocks.length).toBeGreaterThan(0);
        expect(text).not.toBe("");
        expect(blocks.length).toBeLessThanOrEqual(slackLimits.blocks);
        expect(text.length).toBeLessThanOrEqual(slackLimits.text);
      }),
      { numRuns: 150 },
    );
  });

  test("has no string in any field that acts", () => {
    const names = fc.oneof(fc.constantFrom(...hostileNames), anyString());
    fc.assert(
      fc.property(names, (name) => {
        expect(activeInSlack(wire(messageOf(name)))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("keeps a name with signs of markup as it is", () => {
    const name = "*Bold* & <Sons> _Ltd_ `x`";
    const { text, blocks } = wire(only({ kind: "text", text: name }));
    expect(slackStrings(blocks)).toEqual([name]);
    expect(text).toBe("s");
    expect(wire({ summary: name, blocks: [] }).text).toBe("*Bold* &amp; &lt;Sons&gt; _Ltd_ `x`");
  });

  test("says the summary when it has no blocks", () => {
    expect(slackStrings(wire({ summary: "All quiet", blocks: [] }).blocks)).toEqual(["All quiet"]);
  });

  test("mentions a configured group of Slack's and names one of another platform", () => {
    const of = (target: string) =>
      JSON.stringify(
        wire(only({ kind: "text", text: [{ kind: "mention", target, name: "GTM" }] })),
      );
    expect(of("slack:S0GTM")).toContain('"usergroup_id":"S0GTM"');
    expect(of("discord:1100")).toContain('"text":"GTM"');
  });

  test("links to the web and to nothing else", () => {
    const of = (url: string) =>
      JSON.stringify(wire(only({ kind: "text", text: [{ kind: "link", text: "here", url }] })));
    expect(of("https://example.com/a?b=c")).toContain('"type":"link"');
    expect(of("javascript:alert(1)")).not.toContain('"type":"link"');
  });

  test("shows the picture in its place, or at the end where none is named", () => {
    const placed: Message = {
      summary: "s",
      blocks: [{ kind: "image" }, { kind: "text", text: "below" }],
    };
    expect(wire(placed, true).blocks.map(({ type }) => type)).toEqual(["image", "rich_text"]);
    expect(wire(only({ kind: "text", text: "x" }), true).blocks.at(-1)?.type).toBe("image");
    expect(wire(placed).blocks.map(({ type }) => type)).toEqual(["rich_text"]);
  });

  test("makes a short table plain, and one after it a table with pages", () => {
    const table = {
      kind: "table" as const,
      caption: "Drivers",
      columns: [{ label: "driver", align: "left" as const }],
      rows: [["activation"]],
    };
    const { blocks } = wire({ summary: "s", blocks: [table, table] });
    expect(blocks.map(({ type }) => type)).toEqual(["rich_text", "table", "data_table"]);
  });

  test("leaves out the rows at the end of a long table and says how many", () => {
    const rows = Array.from({ length: 250 }, (_, i) => [`row ${i}`]);
    const columns = [{ label: "driver", align: "left" as const }];
    const strings = slackStrings(wire(only({ kind: "table", caption: "c", columns, rows })).blocks);
    expect(strings).toContain("row 0");
    expect(strings).toContain("row 99");
    expect(strings).not.toContain("row 100");
    expect(strings.at(-1)).toBe("Left out here: 150 more rows.");
  });

  test("shows code as it is, cut between lines, and says how many it leaves out", () => {
    const lines = Array.from(
      { length: 120 },
      (_, i) => `SELECT <column_${i}> -- ${"x".repeat(40)}`,
    );
    const { blocks } = toSlackMessage(
      { summary: "SQL", blocks: [{ kind: "code", text: lines.join("\n") }] },
      null,
    );
    const written = JSON.stringify(blocks);
    expect(written).toContain('"rich_text_preformatted"');
    const shown = lines.filter((line) => written.includes(line));
    expect(shown).toEqual(lines.slice(0, shown.length));
    expect(shown.length).toBeGreaterThan(40);
    expect(written).toContain(`Left out here: ${lines.length - shown.length} more lines.`);
  });

  test("leaves out the last blocks before the buttons, and says so", () => {
    const blocks: Message["blocks"] = [
      ...Array.from({ length: 60 }, (_, i) => ({ kind: "context" as const, text: `part ${i}` })),
      {
        kind: "actions",
        actions: [{ kind: "button", id: "why", label: "Why?", value: "why adoption" }],
      },
    ];
    const made = wire({ summary: "s", blocks });
    expect(made.blocks).toHaveLength(50);
    expect(made.blocks.filter(({ type }) => type === "actions")).toHaveLength(1);
    expect(slackStrings(made.blocks).at(-1)).toBe("Left out here: 12 more parts.");
  });

  test("leaves out a button whose value is too long rather than change what it asks", () => {
    const actions = [
      { kind: "button", id: "a", label: "fits", value: "adoption" },
      { kind: "button", id: "b", label: "does not", value: "x".repeat(2_001) },
    ] as const;
    const strings = slackStrings(wire(only({ kind: "actions", actions })).blocks);
    expect(strings).toEqual(["fits", "Left out here: 1 more button."]);
  });

  test("offers the first of too many choices in a menu, and says how many it leaves out", () => {
    const choices = Array.from({ length: 103 }, (_, i) => ({ label: `m${i}`, value: `m${i}` }));
    const menu = { kind: "menu", id: "ask", label: "Break down", choices } as const;
    const { blocks } = wire(only({ kind: "actions", actions: [menu] }));
    const strings = slackStrings(blocks);
    expect(strings).toContain("m99");
    expect(strings).not.toContain("m100");
    expect(strings.at(-1)).toBe("Left out here: 3 more choices.");
  });
});
