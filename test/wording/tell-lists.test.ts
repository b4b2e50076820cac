import { expect, test } from "vitest";
import { tellHelp, tellMetrics } from "../../src/wording/tell-lists.ts";

test("a search without a hit says how to see all", () => {
  expect(tellMetrics([], "zzz", "/kpi").summary).toBe(
    'No metric that you may see here has "zzz" in its name. All of them: /kpi metrics',
  );
});

test("help says for each command what it does and an example of it", () => {
  const { blocks } = tellHelp(
    [{ usage: "metrics [search]", what: "All metrics.", examples: ["metrics rate"] }],
    "/kpi",
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
