import "../../src/bot/index.ts";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Delivery,
  leaseDelivery,
  markSent,
  markWaiting,
  recordedMessage,
  renewLease,
} from "../../src/reports/delivery-store.ts";
import { postDelivery, postTo } from "../../src/reports/post-delivery.ts";
import type { Posting } from "../../src/reports/posting.ts";
import { recordDelivery } from "../../src/reports/record-delivery.ts";
import { readTold } from "../../src/reports/told.ts";
import { discussionOf } from "../../src/threads/index.ts";
import {
  aRun,
  now,
  postEverywhere,
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

const post = (context = world.context) => postEverywhere(context);
const limited = { kind: "limited", retryAfterS: 7 } as const;
const closed = { kind: "error", error: "missing_scope" } as const;

async function lease() {
  const delivery = await leaseDelivery(world.database.db, "slack:C0ALL");
  if (delivery === null) throw new Error("nothing to lease");
  return delivery;
}

const stands = { at: now(), isWhole: true };

/** What whoever has leased a delivery has at hand when it posts. */
function posting(delivery: Delivery): Posting {
  const [port, told] = [world.context.ports.get("slack"), readTold(delivery.told)];
  if (!port || !told) throw new Error("no port");
  return { delivery, told, port, channel: { platform: "slack", channel: "C0ALL" } };
}

describe("two processes", () => {
  test("that post at once post each message once", async () => {
    for (let i = 0; i < 8; i++) await aRun(world, ["slack:C0ALL"]);
    const sent = await Promise.all([post(), post(world.replica)]);
    expect(sent[0] + sent[1]).toBe(8);
    expect(posts(world, "C0ALL")).toBe(8);
  });

  test("a paused one cannot post what another has leased", async () => {
    await aRun(world, ["slack:C0ALL"]);
    const paused = await lease();
    await timePasses(world);
    expect(await post(world.replica)).toBe(1);
    expect(await postDelivery(world.context, paused, now)).toBe(false);
    expect(posts(world, "C0ALL")).toBe(1);
  });

  test("a paused one that has posted is recorded, and the other, which looked too early, is not", async () => {
    const { db } = world.database;
    await aRun(world, ["slack:C0ALL"]);
    const paused = await lease();
    await timePasses(world);
    const other = await lease();
    expect(other).toMatchObject({ id: paused.id, attempts: 2, inDoubt: true });
    expect(await markSent(db, paused, { ...stands, messageId: "1.1" })).toBe(true);
    expect(await renewLease(db, other)).toBe(false);
    expect(await markSent(db, other, { ...stands, messageId: "2.2" })).toBe(false);
    expect(await recordedMessage(db, other.id)).toBe("1.1");
  });

  test("a paused one that wakes between the other's look and its post leaves one message", async () => {
    await aRun(world, ["slack:C0ALL"]);
    const paused = posting(await lease());
    await timePasses(world);
    const other = posting(await lease());
    const message = { summary: "told", blocks: [] };
    const [late, later] = [
      await paused.port.post(paused.channel, message, paused.delivery.id),
      await other.port.post(other.channel, message, other.delivery.id),
    ];
    if (!late.ok || !later.ok) throw new Error("not posted");
    expect(await recordDelivery(world.context, paused, late.value.ref, stands)).toBe(true);
    expect(await recordDelivery(world.replica, other, later.value.ref, stands)).toBe(false);
    expect(posts(world, "C0ALL")).toBe(1);
    expect(world.slack.messages("C0ALL")[0]?.ts).toBe(late.value.ref.id);
  });

  test("one that fell asleep in the very post takes its message back", async () => {
    await aRun(world, ["slack:C0ALL"]);
    const paused = await lease();
    await timePasses(world);
    await post(world.replica);
    const asleep = posting(paused);
    const late = await asleep.port.post(asleep.channel, { summary: "late", blocks: [] }, paused.id);
    if (!late.ok) throw new Error("not posted");
    expect(await recordDelivery(world.context, asleep, late.value.ref, stands)).toBe(false);
    expect(posts(world, "C0ALL")).toBe(1);
  });
});

describe("a post whose reply is lost", () => {
  beforeEach(async () => {
    await aRun(world, ["slack:C0ALL"]);
    world.slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
    expect(await post()).toBe(0);
    await timePasses(world);
  });

  test("is found and not posted again", async () => {
    expect(await post()).toBe(1);
    expect(posts(world, "C0ALL")).toBe(1);
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "sent" });
  });

  test("is ambiguous where the history may not be read, and not posted again", async () => {
    world.slack.faults.next("conversations.history", closed);
    await post();
    await timePasses(world);
    await post();
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({
      state: "ambiguous",
      fault: "missing_scope",
    });
    expect(posts(world, "C0ALL")).toBe(1);
  });

  test("is looked for again when the history was only limited", async () => {
    world.slack.faults.next("conversations.history", limited);
    expect(await post()).toBe(0);
    await timePasses(world);
    expect(await post()).toBe(1);
    expect(posts(world, "C0ALL")).toBe(1);
  });
});

test("what was only limited is posted later, without a look at a history that may be closed", async () => {
  await aRun(world, ["slack:C0ALL", "slack:C0LEAD"]);
  world.slack.faults.next("chat.postMessage", limited);
  expect(await post()).toBe(1);
  expect(await post()).toBe(0);
  world.slack.faults.always("conversations.history", closed);
  await timePasses(world);
  expect(await post()).toBe(1);
  expect([posts(world, "C0ALL"), posts(world, "C0LEAD")]).toEqual([1, 1]);
});

test("what is refused for good ends, and the others are posted", async () => {
  await aRun(world, ["slack:C0LEAD", "slack:C0ALL"]);
  world.slack.faults.next("chat.postMessage", { kind: "error", error: "no_text" });
  expect(await post()).toBe(1);
  const states = await Promise.all(["slack:C0LEAD", "slack:C0ALL"].map((at) => stateIn(world, at)));
  expect(states).toContainEqual({ state: "dead", fault: "no_text", attempts: 1 });
});

test("what a person can mend waits for that, uncounted, and then comes", async () => {
  await aRun(world, ["slack:C0ALL"]);
  world.slack.faults.next("chat.postMessage", { kind: "error", error: "not_in_channel" }, 20);
  for (let tries = 0; tries < 20; tries++) {
    expect(await post()).toBe(0);
    await timePasses(world);
  }
  expect(await stateIn(world, "slack:C0ALL")).toEqual({
    state: "pending",
    fault: "not_in_channel",
    attempts: 0,
  });
  expect(await post()).toBe(1);
});

test.each([
  ["another organisation reads", "C0EXT", "channel_external"],
  ["is archived", "C0OVER", "channel_archived"],
])("nothing is posted into a channel that %s", async (_, channel, fault) => {
  await aRun(world, [`slack:${channel}`]);
  await post();
  expect(await stateIn(world, `slack:${channel}`)).toMatchObject({ state: "pending", fault });
  expect(posts(world, channel)).toBe(0);
});

test("what is sent stays sent, whatever fails afterwards", async () => {
  await aRun(world, ["slack:C0ALL"]);
  const delivery = await lease();
  expect(await markSent(world.database.db, delivery, { ...stands, messageId: "1.1" })).toBe(true);
  const counted = { inDoubt: true, counts: true, waitsFor: "platform" } as const;
  const waiting = { fault: "broken", waitMs: 0, ...counted };
  expect(await markWaiting(world.database.db, delivery, waiting)).toBe(false);
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "sent" });
});

test("nothing is posted while the channel cannot be checked; later it is", async () => {
  await aRun(world, ["slack:C0ALL"]);
  world.slack.faults.next("conversations.info", { kind: "status", status: 500 }, 2);
  for (let i = 0; i < 2; i++) {
    await post();
    expect(posts(world, "C0ALL")).toBe(0);
    await timePasses(world);
  }
  expect(await post()).toBe(1);
});

test("a delivery that breaks holds up no other, and ends", async () => {
  await aRun(world, ["slack:C0LEAD"], { kind: "scorecard" });
  await aRun(world, ["slack:C0ALL"]);
  expect(await post()).toBe(1);
  for (let i = 0; i < 6; i++) {
    await timePasses(world);
    await post();
  }
  expect(await stateIn(world, "slack:C0LEAD")).toMatchObject({ state: "dead", fault: "given_up" });
});

test("what is for a platform that is off here is left for a process that has it", async () => {
  await aRun(world, ["discord:1100", "slack:C0ALL"]);
  expect(await post()).toBe(1);
  expect(await stateIn(world, "discord:1100")).toMatchObject({ state: "pending", attempts: 0 });
});

test("a channel that may not see a metric, or has muted it, is told nothing of it", async () => {
  const link = { kind: "signal_link", name: "n", channel: "discord:1", messageId: "1" };
  await aRun(world, ["slack:C0ALL"], { ...link, metric: "mrr", sensitive: false });
  await post();
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ fault: "nothing_to_show" });
  const { scorecard } = world.context;
  const muting = { ...scorecard, muted: new Map([["slack:C0LEAD", ["C.3"]]]) };
  await aRun(world, ["slack:C0LEAD"], { ...link, metric: "adoption_rate", sensitive: false });
  await post({ ...world.context, scorecard: muting });
  expect(await stateIn(world, "slack:C0LEAD")).toMatchObject({ fault: "nothing_to_show" });
});

test("no message is begun once the program stops", async () => {
  await aRun(world, ["slack:C0ALL"]);
  expect(await postTo(world.context, "slack:C0ALL", now, AbortSignal.abort())).toBe(0);
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "pending" });
});

test("what was answered before the signal's thread was known as ours is kept", async () => {
  const { db } = world.database;
  await db.run(
    `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
     VALUES ('adoption_rate', 'x', 1, 'run', '2026-11-09', '2026-11-09', '1')`,
  );
  await aRun(world, ["slack:C0ALL"], { kind: "signal", signalId: 1 });
  const ours = posting(await lease());
  const message = { summary: "signal", blocks: [] };
  const posted = await ours.port.post(ours.channel, message, ours.delivery.id);
  if (!posted.ok) throw new Error("not posted");
  const { ref } = posted.value;
  const said = { channel: "C0ALL", user: "U0ANA", thread_ts: ref.id };
  world.slack.postAsUser({ ...said, text: "The cache was cold." });
  await recordDelivery(world.context, ours, ref, stands);
  expect(await discussionOf(db, "adoption_rate", 5, [])).toMatchObject([
    { author: "slack:U0ANA", channel: "slack:C0ALL", text: "The cache was cold." },
  ]);
});
