import "../../src/bot/index.ts";

import { afterEach, beforeEach, expect, test } from "vitest";
import type { CallFault, CallPlace } from "../../sandbox/slack/faults/fault.ts";
import type { Message } from "../../sandbox/slack/workspace/message.ts";
import { editIn } from "../../src/reports/edit-message.ts";
import { faultTest } from "../support/fault-test.ts";
import { toldScorecard } from "./a-told-scorecard.ts";
import {
  aRun,
  now,
  postEverywhere,
  type Reporting,
  reporting,
  stateIn,
  timePasses,
} from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

const reset = { kind: "reset" } as const;
/** Where the way of a picture can end. */
const stages: readonly (readonly [CallPlace, CallFault])[] = [
  ["files.getUploadURLExternal", reset],
  ["files.getUploadURLExternal", { kind: "error", error: "missing_scope" }],
  ["upload", reset],
  ["upload", { kind: "status", status: 500 }],
  ["files.completeUploadExternal", { ...reset, afterEffect: true }],
  ["files.info", { kind: "status", status: 502 }],
  ["chat.update", { ...reset, afterEffect: false }],
];

const messages = (): readonly Message[] =>
  world.slack.messages("C0ALL").filter(({ author }) => author.kind === "bot");
const blocksOf = (message: Message | undefined, kind: RegExp): number =>
  message?.blocks.filter(({ type }) => kind.test(String(type))).length ?? 0;
const edit = (): Promise<void> =>
  editIn(world.context, "slack:C0ALL", now, new AbortController().signal);

faultTest(
  8,
  "a report whose upload is cut off stands at once, and gets its picture later",
  async (run) => {
    for (let i = 0; i < run.cases; i++) {
      const [place, fault] = stages[i % stages.length] ?? ["upload", reset];
      await aRun(world, ["slack:C0ALL"], toldScorecard);
      world.slack.faults.next(place, fault);
      expect(await postEverywhere(world.context)).toBe(1);
      expect(messages()).toHaveLength(i + 1);
      expect(blocksOf(messages()[i], /table/)).toBe(1);
      expect(blocksOf(messages()[i], /image/)).toBe(0);
      await edit();
      expect(blocksOf(messages()[i], /image/), `after ${place}`).toBe(1);
      run.tried(1);
    }
    expect(messages()).toHaveLength(run.cases);
    run.saw(
      `${stages.length} stages: each report stood with its table, and had its picture at the next look; 0 lost, 0 twice`,
    );
  },
);

test("a picture that never arrives is tried for some time, and then the words stand alone", async () => {
  await aRun(world, ["slack:C0ALL"], toldScorecard);
  world.slack.faults.always("upload", reset);
  await postEverywhere(world.context);
  for (let tries = 0; tries < 6; tries++) {
    await edit();
    await timePasses(world);
  }
  expect(world.slack.faults.count("upload")).toBe(6);
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({
    state: "sent",
    fault: "picture_lost",
  });
  expect(blocksOf(messages()[0], /table/)).toBe(1);
});
