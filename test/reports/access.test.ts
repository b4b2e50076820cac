/** Where a report's message may stand, looked at when it is sent, and what the audit has of it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AuditEntry, auditSince } from "../../src/policy/index.ts";
import { leaseDelivery } from "../../src/reports/delivery-store.ts";
import { postDelivery } from "../../src/reports/post-delivery.ts";
import { someRules } from "../support/some-rules.ts";
import {
  aRun,
  NINE,
  now,
  posts,
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

const aLine = (sensitive: boolean) => ({
  kind: "signal_link",
  metric: sensitive ? "arr" : "adoption_rate",
  name: "A metric",
  sensitive,
  channel: "discord:1",
  messageId: "1",
});

/** Posts the next message of a channel; true when it stands. */
async function send(channel: string): Promise<boolean> {
  const { context, database } = world;
  const delivery = await leaseDelivery(database.db, channel);
  if (delivery === null) throw new Error(`nothing to post in ${channel}`);
  return postDelivery(context, delivery, now);
}

async function audit(): Promise<Omit<AuditEntry, "at" | "who">[]> {
  const entries = await auditSince(world.database.db, NINE);
  return entries.map(({ at, who, ...entry }) => entry);
}

describe("a report in a channel in which guests are", () => {
  beforeEach(() => world.slack.join("C0GTM", "U0GUE"));

  test("is not posted, and the audit has it once while that lasts", async () => {
    await aRun(world, ["slack:C0GTM"]);
    for (let attempt = 1; attempt <= 2; attempt++) {
      expect(await send("slack:C0GTM")).toBe(false);
      await timePasses(world);
    }
    expect(posts(world, "C0GTM")).toBe(0);
    expect(await stateIn(world, "slack:C0GTM")).toMatchObject({ fault: "channel_guests" });
    const what = { by: "post", metrics: ["adoption_rate"] };
    expect(await audit()).toEqual([
      { kind: "refused", channel: "slack:C0GTM", what, code: "channel_guests" },
    ]);
  });

  test("is posted once they have left", async () => {
    await aRun(world, ["slack:C0GTM"]);
    expect(await send("slack:C0GTM")).toBe(false);
    world.slack.join("C0GTM", "U0GUE", false);
    await timePasses(world);
    expect(await send("slack:C0GTM")).toBe(true);
  });

  test("is posted where kpi.yaml says so, without what is sensitive", async () => {
    world.context.rules = someRules(["slack:C0LEAD"], { guestChannels: new Set(["slack:C0GTM"]) });
    await aRun(world, ["slack:C0GTM"]);
    expect(await send("slack:C0GTM")).toBe(true);
    await aRun(world, ["slack:C0GTM"], aLine(true));
    expect(await send("slack:C0GTM")).toBe(false);
    expect(posts(world, "C0GTM")).toBe(1);
  });
});

describe("a channel that another organisation reads", () => {
  test("gets what is not sensitive where kpi.yaml says so, and never anything else", async () => {
    world.context.rules = someRules(["slack:C0EXT"], {
      externalChannels: new Set(["slack:C0EXT"]),
    });
    await aRun(world, ["slack:C0EXT"]);
    expect(await send("slack:C0EXT")).toBe(true);
    await aRun(world, ["slack:C0EXT"], aLine(true));
    expect(await send("slack:C0EXT")).toBe(false);
    expect(posts(world, "C0EXT")).toBe(1);
  });
});

describe("a sensitive metric", () => {
  test("is in the audit before it is posted", async () => {
    await aRun(world, ["slack:C0LEAD"], aLine(true));
    expect(await send("slack:C0LEAD")).toBe(true);
    const what = { by: "post", metrics: ["arr"] };
    expect(await audit()).toEqual([
      { kind: "disclosed", channel: "slack:C0LEAD", what, code: null },
    ]);
  });

  test("is not posted where that cannot be written, and everything else is", async () => {
    await world.database.db.run("DROP TABLE audit");
    await aRun(world, ["slack:C0LEAD"], aLine(true));
    await expect(send("slack:C0LEAD")).rejects.toThrow();
    expect(posts(world, "C0LEAD")).toBe(0);
    await aRun(world, ["slack:C0ALL"]);
    expect(await send("slack:C0ALL")).toBe(true);
  });
});
