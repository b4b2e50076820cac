/** Figures that stand where others have come to read are deleted, audited and told of. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { auditSince, keepStandingAnswer } from "../../src/policy/index.ts";
import { withdrawFrom } from "../../src/reports/index.ts";
import { standingReports } from "../../src/reports/standing-store.ts";
import { someRules } from "../support/some-rules.ts";
import {
  aRun,
  NINE,
  postEverywhere,
  posts,
  type Reporting,
  reporting,
  stateIn,
} from "./reporting.ts";

let world: Reporting;
beforeEach(async () => {
  world = await reporting();
});
afterEach(() => world.stop());

const channel = { platform: "slack", channel: "C0GTM" };
const look = (): Promise<void> => withdrawFrom(world.context, channel, NINE);

async function audited() {
  const entries = await auditSince(world.database.db, NINE);
  return entries.map(({ kind, who, code }) => [kind, who.replace(/line\/\d+/, "line/n"), code]);
}

async function troubles() {
  return world.database.db.rows(
    z.object({ about: z.string(), code: z.string(), isOver: z.boolean() }),
    `SELECT about, code, over_at IS NOT NULL AS "isOver" FROM trouble ORDER BY id`,
  );
}

describe("a report that stands", () => {
  beforeEach(async () => {
    await aRun(world, ["slack:C0GTM", "slack:C0ALL"]);
    expect(await postEverywhere(world.context)).toBe(2);
  });

  test("stays while colleagues alone read", async () => {
    await look();
    expect(posts(world, "C0GTM")).toBe(1);
    expect(await audited()).toEqual([]);
  });

  test("is deleted once another organisation reads, and nowhere else", async () => {
    world.slack.share("C0GTM");
    await look();
    await look();
    expect([posts(world, "C0GTM"), posts(world, "C0ALL")]).toEqual([0, 1]);
    expect(await audited()).toEqual([["withdrawn", "report:line/n", "channel_external"]]);
    expect(await stateIn(world, "slack:C0GTM")).toMatchObject({ state: "dead" });
    const about = "figures/slack:C0GTM";
    expect(await troubles()).toEqual([{ about, code: "channel_external", isOver: false }]);
    world.slack.share("C0GTM", false);
    await look();
    expect(await troubles()).toEqual([{ about, code: "channel_external", isOver: true }]);
    expect(await postEverywhere(world.context)).toBe(0);
  });

  test("is deleted once a guest is in the channel", async () => {
    world.slack.join("C0GTM", "U0GUE");
    await look();
    expect(posts(world, "C0GTM")).toBe(0);
    expect(await audited()).toEqual([["withdrawn", "report:line/n", "channel_guests"]]);
  });

  test("stays where kpi.yaml allows those who came", async () => {
    world.context.rules = someRules([], { externalChannels: new Set(["slack:C0GTM"]) });
    world.slack.share("C0GTM");
    await look();
    expect(posts(world, "C0GTM")).toBe(1);
  });

  test("stays while nobody can say who reads there", async () => {
    world.slack.share("C0GTM");
    world.slack.faults.next("conversations.info", { kind: "status", status: 500 });
    await look();
    expect(posts(world, "C0GTM")).toBe(1);
    await look();
    expect(posts(world, "C0GTM")).toBe(0);
  });

  test("that cannot be deleted is told of, and deleted at the next look that can", async () => {
    world.slack.share("C0GTM");
    world.slack.faults.next("chat.delete", { kind: "error", error: "cant_delete_message" });
    await look();
    expect(posts(world, "C0GTM")).toBe(1);
    expect(await troubles()).toMatchObject([{ code: "figures_stand", isOver: false }]);
    expect(await audited()).toEqual([]);
    await look();
    expect(posts(world, "C0GTM")).toBe(0);
    expect(await troubles()).toMatchObject([{ code: "channel_external", isOver: false }]);
  });

  test("and that a person has deleted already is gone like any other", async () => {
    const [{ messageId } = { messageId: null }] = await standingReports(
      world.database.db,
      "slack:C0GTM",
    );
    const port = world.context.ports.get("slack");
    await port?.delete({ ...channel, id: messageId ?? "" });
    world.slack.share("C0GTM");
    await look();
    expect(await audited()).toEqual([["withdrawn", "report:line/n", "channel_external"]]);
  });
});

test("a channel where nothing stands is not looked at, however many join it", async () => {
  const port = world.context.ports.get("slack");
  if (port === undefined) throw new Error("no Slack");
  let looks = 0;
  const channelFacts: typeof port.channelFacts = (ref) => {
    looks++;
    return port.channelFacts(ref);
  };
  world.context.ports = new Map([["slack", { ...port, channelFacts }]]);
  await look();
  expect(looks).toBe(0);
  await aRun(world, ["slack:C0GTM"]);
  await postEverywhere(world.context);
  const before = looks;
  await look();
  expect(looks).toBe(before + 1);
});

test("an answer that everybody there read is deleted as well", async () => {
  const said = await world.context.ports
    .get("slack")
    ?.post(channel, { summary: "7", blocks: [] }, "answer");
  if (!said?.ok) throw new Error("not said");
  const ana = { platform: "slack", user: "U0ANA" };
  await keepStandingAnswer(world.database.db, said.value.ref, ana, ["adoption_rate"]);
  world.slack.share("C0GTM");
  await look();
  expect(posts(world, "C0GTM")).toBe(0);
  expect(await audited()).toEqual([["withdrawn", "slack:U0ANA", "channel_external"]]);
});

test("a report whose post was lost on the way is looked for, and what never stood is in no audit", async () => {
  await aRun(world, ["slack:C0GTM"]);
  world.slack.faults.next("chat.postMessage", { kind: "reset" });
  expect(await postEverywhere(world.context)).toBe(0);
  world.slack.share("C0GTM");
  await look();
  await look();
  expect(await audited()).toEqual([]);
  expect(await troubles()).toEqual([]);
  expect(await standingReports(world.database.db, "slack:C0GTM")).toEqual([]);
});

test("a report whose post was accepted and whose answer was lost is looked for and deleted", async () => {
  await aRun(world, ["slack:C0GTM"]);
  world.slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
  expect(await postEverywhere(world.context)).toBe(0);
  expect(posts(world, "C0GTM")).toBe(1);
  world.slack.share("C0GTM");
  await look();
  expect(posts(world, "C0GTM")).toBe(0);
  expect(await audited()).toEqual([["withdrawn", "report:line/n", "channel_external"]]);
});
