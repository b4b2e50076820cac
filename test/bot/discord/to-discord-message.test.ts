import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkMessage, isEmpty } from "../../../sandbox/discord/rest/check-message.ts";
import { isObject, type JsonObject, parseJson } from "../../../sandbox/json.ts";
import { actionOfButton, actionOfMenu } from "../../../src/bot/discord/discord-actions.ts";
import { toDiscordMessage } from "../../../src/bot/discord/to-discord-message.ts";
import type { Message } from "../../../src/message.ts";
import { anyMessage, anyString, hostileNames, messageOf } from "../any-message.ts";
import { activeInDiscord } from "./active-in-discord.ts";

function wire(message: Message): JsonObject {
  const read = parseJson(JSON.stringify(toDiscordMessage(message)));
  return isObject(read) ? read : {};
}

function contentOf(block: Message["blocks"][number]): string {
  return toDiscordMessage({ summary: "s", blocks: [block] }).content;
}

const longTable: Message["blocks"][number] = {
  kind: "table",
  caption: "Worst first",
  columns: [{ label: "metric", align: "left" }],
  rows: Array.from({ length: 500 }, (_, i) => [`metric number ${i}`]),
};

describe("a message for Discord", () => {
  test("is within Discord's limits and never empty, whatever it was", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const body = wire(message);
        expect(checkMessage(body, 0)).toEqual([]);
        expect(isEmpty(body, 0)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test("has no string in any field that acts", () => {
    const names = fc.oneof(fc.constantFrom(...hostileNames), anyString());
    fc.assert(
      fc.property(names, (name) => {
        const { allowed_mentions: allowedMentions, ...made } = toDiscordMessage(messageOf(name));
        expect(activeInDiscord({ ...made, allowedMentions })).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("writes a name with signs of markup so that it is read as it is", () => {
    expect(contentOf({ kind: "text", text: "*Bold* _Ltd_ [x](y) <@1>" })).toBe(
      "\\*Bold\\* \\_Ltd\\_ \\[x\\](y) \\<@1\\>",
    );
    expect(contentOf({ kind: "text", text: "- 1. # -# are words here - not there" })).toBe(
      "\\- 1. # -# are words here - not there",
    );
  });

  test("mentions a configured role and allows that one alone", () => {
    const mention = (target: string) =>
      toDiscordMessage({
        summary: "s",
        blocks: [{ kind: "text", text: [{ kind: "mention", target, name: "GTM" }] }],
      });
    expect(mention("discord:1100")).toMatchObject({
      content: "<@&1100>",
      allowed_mentions: { parse: [], roles: ["1100"] },
    });
    expect(mention("slack:S0GTM")).toMatchObject({
      content: "GTM",
      allowed_mentions: { parse: [], roles: [] },
    });
  });

  test("links without a preview, to the web and to nothing else", () => {
    const link = (url: string) =>
      contentOf({ kind: "text", text: [{ kind: "link", text: "here", url }] });
    expect(link("https://example.com/a b>c")).toBe("[here](<https://example.com/a%20b%3Ec>)");
    expect(link("javascript:alert(1)")).toBe("here");
  });

  test("goes on in an embed with the header repeated, and says how many rows are left out", () => {
    const made = toDiscordMessage({ summary: "s", blocks: [longTable] });
    const more = made.embeds[0]?.description ?? "";
    expect(made.content.match(/^metric$/m)).not.toBeNull();
    expect(more.match(/^metric$/m)).not.toBeNull();
    const rows = `${made.content}\n${more}`.match(/metric number \d+/g) ?? [];
    expect(new Set(rows).size).toBe(rows.length);
    expect(more).toContain(`Left out here: ${500 - rows.length} more rows.`);
  });

  test("fences code on each page that it stands on, and cuts it between lines", () => {
    const lines = Array.from({ length: 120 }, (_, i) => `SELECT column_${i} -- ${"x".repeat(40)}`);
    const { content, embeds } = toDiscordMessage({
      summary: "SQL",
      blocks: [{ kind: "code", text: lines.join("\n") }],
    });
    const [first, second] = [content, embeds[0]?.description ?? ""];
    for (const page of [first, second]) expect(page.match(/^```$/gm)).toHaveLength(2);
    const shown = [first, second].flatMap((page) =>
      page.split("\n").filter((line) => /^SELECT/.test(line)),
    );
    expect(shown).toEqual(lines.slice(0, shown.length));
    expect(second).toContain(`Left out here: ${lines.length - shown.length} more lines.`);
  });

  test("keeps the order: nothing after the first page comes before it", () => {
    const made = toDiscordMessage({
      summary: "s",
      blocks: [longTable, { kind: "text", text: "the end" }],
    });
    expect(made.content).not.toContain("the end");
  });

  test("gives a click the very value that the button had", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 96 }), (value) => {
        const [row] = toDiscordMessage({
          summary: "s",
          blocks: [
            { kind: "actions", actions: [{ kind: "button", id: "a", label: "Why?", value }] },
          ],
        }).components;
        expect(actionOfButton(row?.components[0]?.custom_id ?? "")).toEqual({
          action: "a",
          value,
        });
      }),
    );
    expect(actionOfButton("somebody else's")).toBeNull();
  });

  test("gives each menu a row of its own, with the first choices that fit, and says the rest", () => {
    const choices = Array.from({ length: 27 }, (_, i) => ({ label: `m${i}`, value: `m${i}` }));
    const button = { kind: "button", id: "ask", label: "Why?", value: "v" } as const;
    const menu = { kind: "menu", id: "ask", label: "Break down", choices } as const;
    const made = toDiscordMessage({
      summary: "s",
      blocks: [{ kind: "actions", actions: [menu, button, button] }],
    });
    expect(made.components.map(({ components }) => components.length)).toEqual([1, 2]);
    const [chosen] = made.components[0]?.components ?? [];
    expect(chosen).toMatchObject({ type: 3, placeholder: "Break down" });
    expect(actionOfMenu(chosen?.custom_id ?? "", ["m3"])).toEqual({ action: "ask", value: "m3" });
    expect(made.content).toContain("Left out here: 2 more choices.");
  });

  test("leaves out a button whose value is too long rather than change what it asks", () => {
    const made = toDiscordMessage({
      summary: "s",
      blocks: [
        {
          kind: "actions",
          actions: [{ kind: "button", id: "a", label: "Why?", value: "x".repeat(99) }],
        },
      ],
    });
    expect(made.components).toEqual([]);
    expect(made.content).toContain("Left out here: 1 more button.");
  });
});
