/** FAULTS.md 41: whatever a report holds, Slack takes it, and the worst news is in what it takes. */
import fc from "fast-check";
import { expect } from "vitest";
import { isObject, type JsonObject, parseJson } from "../../../sandbox/json.ts";
import { checkBlocks } from "../../../sandbox/slack/blocks/check-blocks.ts";
import { MESSAGE_LIMITS } from "../../../sandbox/slack/blocks/limits.ts";
import { textLength } from "../../../sandbox/slack/blocks/text-length.ts";
import { type SlackForm, toSlackMessage } from "../../../src/bot/slack/to-slack-message.ts";
import type { Block, Cell, Message } from "../../../src/message.ts";
import { tellAnswer, tellSignal } from "../../../src/wording/index.ts";
import { faultTest } from "../../support/fault-test.ts";
import { anyAnswer, anyVoice, NONSENSE } from "../../wording/any-answer.ts";
import { anyString } from "../any-message.ts";
import { slackStrings } from "./active-in-slack.ts";

const anyForm = fc.constantFrom<SlackForm>("native", "plain");

function wire(message: Message, form: SlackForm, pictured = false): JsonObject[] {
  const picture = pictured ? { fileId: "F0CHART", alt: "falling" } : null;
  const read = parseJson(JSON.stringify(toSlackMessage(message, picture, form).blocks));
  return Array.isArray(read) ? read.filter(isObject) : [];
}

/** All that Slack would say against it. */
function refusals(blocks: readonly JsonObject[]): string[] {
  const words = blocks.filter(({ type }) => type !== "table" && type !== "data_table");
  const tooLong = textLength(words) > MESSAGE_LIMITS.blockCharacters;
  return [...checkBlocks(blocks, () => true).faults, ...(tooLong ? ["msg_blocks_too_long"] : [])];
}

const anyName = fc.oneof(
  anyString(),
  fc
    .constantFrom("x", "é", "👩‍👩‍👧‍👦", "Z̸͖a̷͕", "日", '"', "\\", "&", "<", "\n")
    .map((unit) => unit.repeat(10_000)),
);
const anyFigure = fc.oneof(
  fc.double(),
  fc.constantFrom(null, Number.NaN, Infinity, -Infinity, 0, -0, 1e300),
);
const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  anyName,
  fc.record({ text: anyName, value: anyFigure }),
);
const anyBulk: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: anyName }),
  fc.record({ kind: fc.constant("context" as const), text: anyName }),
  fc.record({
    kind: fc.constant("text" as const),
    text: fc.array(fc.record({ kind: fc.constant("strong" as const), text: fc.constant("x") }), {
      minLength: 0,
      maxLength: 3_000,
      size: "max",
    }),
  }),
  fc.record({
    kind: fc.constant("chart" as const),
    title: anyName,
    unit: anyName,
    labels: fc.nat({ max: 200 }).map((count) => Array.from({ length: count }, (_, i) => `${i}`)),
    series: fc.array(
      fc.record({ name: anyName, values: fc.array(anyFigure, { maxLength: 200, size: "max" }) }),
      { maxLength: 12 },
    ),
  }),
  fc.record({
    kind: fc.constant("actions" as const),
    actions: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant("button" as const),
          id: anyName,
          label: anyName,
          value: anyName,
        }),
        fc.record({
          kind: fc.constant("menu" as const),
          id: anyName,
          label: anyName,
          choices: fc.array(fc.record({ label: anyName, value: anyName }), { maxLength: 120 }),
        }),
      ),
      { maxLength: 40 },
    ),
  }),
);

/** A report as this program says them: what it is, the verdict, then rows, the worst first. */
const anyReport = fc.record({
  rows: fc.oneof(
    fc.array(fc.array(anyCell, { minLength: 1, maxLength: 24 }), { minLength: 1, maxLength: 12 }),
    fc
      .tuple(fc.integer({ min: 1, max: 3_000 }), anyCell)
      .map(([count, cell]) => Array.from({ length: count }, (_, i): Cell[] => [`row ${i}`, cell])),
  ),
  before: fc.oneof(
    fc.array(anyBulk, { maxLength: 3 }),
    fc.array(anyBulk, { maxLength: 60, size: "max" }),
  ),
  after: fc.array(anyBulk, { maxLength: 60, size: "max" }),
  pictured: fc.boolean(),
});

faultTest(41, "any report is taken by Slack, its headline and worst rows in it", async (run) => {
  await run.check(
    fc.property(anyReport, anyForm, ({ rows, before, after, pictured }, form) => {
      const worst = rows.map((row, i) => (i === 0 ? ["the worst", ...row.slice(1)] : row));
      const columns = Array.from({ length: 24 }, (_, i) => ({
        label: `column ${i}`,
        align: "left" as const,
      }));
      const blocks: Block[] = [
        { kind: "heading", text: "The headline" },
        { kind: "text", text: "The verdict" },
        ...before,
        { kind: "table", caption: "Rows", columns, rows: worst },
        ...after,
      ];
      const made = wire({ summary: "The headline", blocks }, form, pictured);
      expect(refusals(made)).toEqual([]);
      const shown = slackStrings(made).join("\n");
      expect(shown).toContain("The headline");
      expect(shown).toContain("The verdict");
      expect(shown).toContain("the worst");
    }),
  );
  run.saw("0 refused, native and plain");
});

faultTest(41, "a report says of every row that it does not show that it does not", async (run) => {
  await run.check(
    fc.property(fc.integer({ min: 0, max: 3_000 }), anyForm, (count, form) => {
      const rows = Array.from({ length: count }, (_, i) => [`row ${i}`]);
      const columns = [{ label: "metric", align: "left" as const }];
      const table = { kind: "table" as const, caption: "c", columns, rows };
      const shown = slackStrings(wire({ summary: "s", blocks: [table] }, form)).join("\n");
      const left = Number(/Left out here: (\d+) more row/.exec(shown)?.[1] ?? 0);
      expect((shown.match(/row \d+/g) ?? []).length + left).toBe(count);
    }),
  );
  run.saw("0 rows left out without a word");
});

faultTest(41, "any answer is taken by Slack, and what is no number is n/a", async (run) => {
  let unknown = 0;
  await run.check(
    fc.property(anyAnswer, anyVoice, anyForm, (answer, voice, form) => {
      for (const message of [
        tellAnswer(answer, voice),
        tellSignal(answer, { name: "CS", mention: "slack:S0CS" }, voice),
      ]) {
        const made = wire(message, form);
        expect(refusals(made)).toEqual([]);
        const names = answer.breakdown?.segments.map(({ segment }) => segment) ?? [];
        if (!names.some((name) => NONSENSE.test(name)))
          expect(slackStrings(made).join("\n")).not.toMatch(NONSENSE);
        if (answer.figures.value !== null && Number.isFinite(answer.figures.value)) continue;
        // A young cohort is told by who is there so far.
        if (answer.maturing !== null) continue;
        expect(toSlackMessage(message, null).text).toContain("n/a");
        unknown += 1;
      }
    }),
  );
  expect(unknown).toBeGreaterThan(0);
  run.saw(`0 refused; ${unknown} without a number say n/a`);
});
