import { describe, expect, test } from "vitest";
import { checkMessage } from "../../sandbox/discord/rest/check-message.ts";
import { isObject, type JsonObject, parseJson } from "../../sandbox/json.ts";
import { checkBlocks } from "../../sandbox/slack/blocks/check-blocks.ts";
import { toDiscordMessage } from "../../src/bot/discord/to-discord-message.ts";
import { slackLimits } from "../../src/bot/slack/limits.ts";
import { toSlackMessage } from "../../src/bot/slack/to-slack-message.ts";
import type { Message } from "../../src/message.ts";
import type { ScorecardEntry } from "../../src/metrics/index.ts";
import {
  actionsBlock,
  offerActions,
  scorecardOffers,
  tellScorecard,
} from "../../src/wording/index.ts";
import { anAnswer, english, routine } from "../wording/an-answer.ts";

const ROWS = 40;

/** The last row of 40 is the worst news; `signals` of them are signals. */
function aLongScorecard(signals: number): Message {
  const rows = Array.from({ length: ROWS }, (_, i): ScorecardEntry => {
    const word = i >= ROWS - signals ? "signal" : "routine";
    const name = `Metric of a considerable length ${i}`;
    const answer = anAnswer({ metric: `m${i}`, name, verdict: { ...routine, word } });
    return { kind: "answered", metric: `m${i}`, name, owners: ["PRD"], sensitive: false, answer };
  });
  const scorecard = { week: "2026-11-09", rows };
  const known = { get: (id: string) => ({ id, name: id, dimensions: ["tier"] }) };
  const catalogue = known as unknown as Parameters<typeof scorecardOffers>[1];
  const told = tellScorecard(scorecard, { hidden: 0 }, english);
  const actions = offerActions(scorecardOffers(scorecard, catalogue));
  return { ...told, blocks: [...told.blocks, ...actionsBlock(actions)] };
}

const wire = (value: unknown): JsonObject[] => {
  const read = parseJson(JSON.stringify(value));
  return Array.isArray(read) ? read.filter(isObject) : [];
};

describe.each([
  ["one signal, in its last row", 1],
  ["nothing but signals", ROWS],
])("a scorecard of 40 rows with %s", (_, signals) => {
  const message = aLongScorecard(signals);
  const [first] = [...Array(ROWS).keys()].slice(-signals);
  const worst = `Metric of a considerable length ${first} 41.2%`;

  test("is within Slack's limits, and loses neither the worst news nor its menus", () => {
    const { blocks, text } = toSlackMessage(message, { fileId: "F1", alt: "a scorecard" });
    expect(checkBlocks(wire(blocks), () => true).faults).toEqual([]);
    expect(blocks.length).toBeLessThanOrEqual(slackLimits.blocks);
    const said = JSON.stringify(blocks);
    expect(said).toContain(`${ROWS} metrics: ${signals} signal`);
    expect(said).toContain(`"define m${first}"`);
    expect(said).toContain("data_table");
    if (signals === 1) expect(said).toContain(worst);
    else expect(said).toContain("Left out here");
    expect(text.slice(0, 1_000)).toContain(worst);
  });

  test("is within Discord's limits, and says how much of it is not there", () => {
    const made = toDiscordMessage(message);
    const [body] = wire([made]);
    expect(checkMessage(body ?? {}, 0)).toEqual([]);
    expect(made.content).toContain(`${ROWS} metrics\\: ${signals} signal`);
    expect(made.content).toContain(worst);
    expect(JSON.stringify(made.components)).toContain(`"define m${first}"`);
    const said = `${made.content}${made.embeds[0]?.description}`;
    expect(said).toMatch(/Left out here: .*30 more choices/);
  });
});
