import { expect, test } from "vitest";
import { tellCommands, tellHelp, tellMetrics } from "../../src/wording/tell-lists.ts";
import { verdictWords } from "./any-answer.ts";

test("a search without a hit says how to see all", () => {
  expect(tellMetrics([], "zzz", "/kpi").summary).toBe(
    'No metric that you may see here has "zzz" in its name. All of them: /kpi metrics',
  );
});

test("help says for each command what it does and an example of it", () => {
  const { blocks } = tellHelp(
    [{ usage: "metrics [search]", what: "All metrics.", examples: ["metrics rate"] }],
    "/kpi",
    [],
  );
  expect(blocks[1]).toEqual({
    kind: "text",
    text: [
      { kind: "strong", text: "metrics [search]" },
      "\nAll metrics.",
      "\n",
      { kind: "code", text: "/kpi metrics rate" },
    ],
  });
});

test("the help explains every word that a verdict can be, and the help of one command none", () => {
  const { summary, blocks } = tellHelp([], "/kpi", ["why"]);
  for (const word of verdictWords) {
    const told = word.replaceAll("_", " ");
    expect(summary).toContain(`${told}: `);
    expect(JSON.stringify(blocks)).toContain(`{"kind":"strong","text":"${told}"}`);
  }
  expect(summary).toMatch(/Not there yet: why\.$/);
  expect(tellCommands([], "/kpi").summary).not.toContain("signal");
});
