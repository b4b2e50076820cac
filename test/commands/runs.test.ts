import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { CommandContext, Told } from "../../src/commands/command-context.ts";
import {
  answerClick,
  answerCommand,
  type ChatContext,
  dispatch,
  shareGuard,
} from "../../src/commands/index.ts";
import type { Caller } from "../../src/policy/index.ts";
import { auditSince } from "../../src/policy/index.ts";
import { leaseDelivery, markEnded, renewLease } from "../../src/reports/delivery-store.ts";
import { withdrawFrom } from "../../src/reports/index.ts";
import { claimRun } from "../../src/reports/run-store.ts";
import {
  aRun,
  NINE,
  postEverywhere,
  posts,
  type Reporting,
  reporting,
  stateIn,
  timePasses,
} from "../reports/reporting.ts";
import { colleaguesAtHome, heard } from "./a-chat.ts";
import { contextOf, inAll, shipped, terminal } from "./asking.ts";

let world: Reporting;
let context: CommandContext;
beforeEach(async () => {
  world = await reporting();
  const plain = contextOf(shipped, world.database.db);
  context = { ...plain, rules: { ...plain.rules, operators: new Set(["slack:U0OPS"]) } };
});
afterEach(() => world.stop());

const operator: Caller = {
  kind: "person",
  person: { platform: "slack", user: "U0OPS" },
  channel: { platform: "slack", channel: "C0ALL" },
  direct: false,
  readers: "colleagues",
};

const asked = (line: string, caller: Caller = terminal) =>
  dispatch(context, line, { caller, now: NINE, exact: false, week: null });

async function told(line: string, caller: Caller = terminal): Promise<Told> {
  const answer = await asked(line, caller);
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  return answer.value;
}

async function idIn(channel: string): Promise<string> {
  const rows = await world.database.db.rows(
    z.object({ id: z.string() }),
    "SELECT id FROM delivery WHERE channel = $1",
    [channel],
  );
  return rows[0]?.id ?? "";
}

/** One that may stand or not, since its answer was lost and the channel cannot be read. */
async function anAmbiguousPost(): Promise<string> {
  await aRun(world, ["slack:C0ALL"]);
  world.slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
  world.slack.faults.next("conversations.history", { kind: "error", error: "missing_scope" });
  await postEverywhere(world.context);
  await timePasses(world);
  await postEverywhere(world.context);
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "ambiguous" });
  return idIn("slack:C0ALL");
}

/** One that Slack has refused for good. */
async function aDeadPost(): Promise<string> {
  await aRun(world, ["slack:C0ALL"]);
  world.slack.faults.next("chat.postMessage", { kind: "error", error: "no_text" });
  await postEverywhere(world.context);
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "dead" });
  return idIn("slack:C0ALL");
}

describe("the list", () => {
  beforeEach(async () => {
    await aRun(world, ["slack:C0ALL", "slack:C0OVER", "slack:C0LEAD"]);
    world.slack.faults.next("conversations.info", { kind: "limited", retryAfterS: 60 });
    await postEverywhere(world.context);
  });

  test("says of each post how it stands, in the words of a person", async () => {
    const { summary } = (await told("runs")).message;
    expect(summary).toContain("sent Mon 16 Nov 2026, 09:00 UTC");
    expect(summary).toMatch(
      /in slack:C0OVER: waits since Mon 16 Nov 2026, 0[89]:\d\d UTC: the channel is archived; tried again at 09:(09|10)\./,
    );
    expect(summary).toContain("the platform asks us to come more slowly; tried again at 09:0");
  });

  test("shows somebody who is no operator the channel where they ask, and no other", async () => {
    const answer = await told("runs", inAll);
    expect(answer.isPersonal).toBe(false);
    expect(JSON.stringify(answer)).toContain("slack:C0ALL");
    expect(JSON.stringify(answer)).not.toMatch(/C0OVER|C0LEAD/);
    const all = await told("runs", operator);
    expect(all.isPersonal).toBe(true);
    expect(JSON.stringify(all.message)).toMatch(/C0OVER.*C0LEAD|C0LEAD.*C0OVER/);
  });

  test("is narrowed by report and week, and a wrong word is answered with the right ones", async () => {
    expect((await told("runs scorecard")).message.summary).toContain("There are none.");
    expect((await told("runs week 45")).message.summary).toContain("There are none.");
    expect((await told("runs week 46")).message.summary).toContain("C0ALL");
    expect(await asked("runs yesterdays")).toMatchObject({
      ok: false,
      fault: { kind: "unknown_word", word: "yesterdays" },
    });
  });

  test("is of the newest week that was posted, whatever day the sources were loaded on since", async () => {
    const load = { report: "sources", period: "2026-11-16", channels: [] };
    await world.database.db.transaction((sql) =>
      claimRun(sql, { ...load, dueAt: NINE, now: NINE }),
    );
    expect((await told("runs")).message.summary).toContain("Posts for 2026-W46");
  });

  test("says how the latest load of the sources went", async () => {
    const { db } = world.database;
    const load = { report: "sources", period: "2026-11-16", channels: [] };
    await db.transaction((sql) => claimRun(sql, { ...load, dueAt: NINE, now: NINE }));
    const said = async () => (await told("runs")).message.summary;
    const due = "The latest load of the sources, due Mon 16 Nov 2026, 09:00 UTC: ";
    expect(await said()).toContain(`${due}not done yet.`);
    await db.run("UPDATE run SET failures = 2 WHERE report = 'sources'");
    expect(await said()).toContain(`${due}failed 2 times, tried again Mon 16 Nov 2026, 09:00 UTC`);
    await db.run("UPDATE run SET told = '{}' WHERE report = 'sources'");
    expect(await said()).toContain(`${due}done.`);
  });

  test("has ids, instants and no figure as data", async () => {
    const { data } = await told("runs");
    const shape = z.object({
      week: z.literal("2026-W46"),
      posts: z.array(z.object({ id: z.string().length(24), state: z.string() })).length(3),
    });
    expect(shape.safeParse(data).error).toBeUndefined();
  });
});

test("a post that was taken away again is listed as one that had been sent", async () => {
  await aRun(world, ["slack:C0GTM"]);
  await postEverywhere(world.context);
  world.slack.share("C0GTM");
  await withdrawFrom(world.context, { platform: "slack", channel: "C0GTM" }, NINE);
  expect((await told("runs")).message.summary).toContain(
    "in slack:C0GTM: sent Mon 16 Nov 2026, 09:00 UTC, and taken away again: another organisation can read the channel.",
  );
});

describe("asked in a channel", () => {
  const place = { platform: "slack", channel: "C0ALL" };
  const doing = (user: string) => ({
    id: "T1",
    asker: { platform: "slack", user },
    place,
    direct: false,
    external: false,
  });
  const chat = (): ChatContext => ({
    ...context,
    privateChannels: new Set(),
    facts: colleaguesAtHome,
    flood: { pace: () => "answer" },
    sharing: shareGuard(),
  });

  test("an operator's list is for the operator alone, and cannot be shared", async () => {
    await aRun(world, ["slack:C0LEAD"]);
    const reply = heard();
    await answerCommand(chat(), { ...doing("U0OPS"), text: "runs public" }, reply, NINE);
    const forged = { ...doing("U0OPS"), action: "share", value: "runs" };
    await answerClick(chat(), forged, reply, NINE);
    expect(reply.said.map(({ audience }) => audience)).toEqual(["asker", "asker"]);
    expect(JSON.stringify(reply.said)).toContain("C0LEAD");
    expect(JSON.stringify(reply.said)).not.toContain('"share"');
  });

  test("the list of the channel is for everybody there", async () => {
    await aRun(world, ["slack:C0ALL"]);
    const reply = heard();
    await answerCommand(chat(), { ...doing("U0ANA"), text: "runs" }, reply, NINE);
    expect(reply.said.map(({ audience }) => audience)).toEqual(["everyone"]);
  });

  test("the button that posts again is an order of whoever presses it", async () => {
    const id = await anAmbiguousPost();
    const button = { action: "ask", value: `runs resend ${id} again` };
    const reply = heard();
    await answerClick(chat(), { ...doing("U0ANA"), ...button }, reply, NINE);
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "ambiguous" });
    await answerClick(chat(), { ...doing("U0OPS"), ...button }, reply, NINE);
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "pending" });
  });
});

test("before anything was ever due it says so", async () => {
  expect((await told("runs")).message.summary).toBe("Nothing has been due yet.");
});

describe("resend", () => {
  test("posts what was refused for good", async () => {
    const id = await aDeadPost();
    await told(`runs resend ${id.slice(0, 6)}`, operator);
    expect(await postEverywhere(world.context)).toBe(1);
    expect(posts(world, "C0ALL")).toBe(1);
  });

  test("asks first where it may stand already, and posts when told again", async () => {
    const id = await anAmbiguousPost();
    const first = await told(`runs resend ${id}`, operator);
    expect(first.message.summary).toContain("look there first");
    const [offer] = first.next ?? [];
    expect(offer).toMatchObject({ label: "Post it again", line: `runs resend ${id} again` });
    expect(await postEverywhere(world.context)).toBe(0);
    await told(`runs resend ${id} again`, operator);
    expect(await postEverywhere(world.context)).toBe(1);
    expect(posts(world, "C0ALL")).toBe(2);
  });

  test("tries what waits at once", async () => {
    await aRun(world, ["slack:C0ALL"]);
    world.slack.faults.next("chat.postMessage", { kind: "error", error: "not_in_channel" });
    await postEverywhere(world.context);
    expect(await postEverywhere(world.context)).toBe(0);
    await told(`runs resend ${await idIn("slack:C0ALL")}`);
    expect(await postEverywhere(world.context)).toBe(1);
  });

  test("leaves what has been sent, or is being sent, as it is", async () => {
    await aRun(world, ["slack:C0ALL"]);
    const id = await idIn("slack:C0ALL");
    await leaseDelivery(world.database.db, "slack:C0ALL");
    for (const order of ["resend", "skip"])
      expect(await asked(`runs ${order} ${id}`)).toMatchObject({ fault: { why: "being_sent" } });
    await world.database.db.run("UPDATE delivery SET state = 'sent', message_id = '1'");
    for (const order of ["resend", "skip"])
      expect(await asked(`runs ${order} ${id}`)).toMatchObject({ fault: { why: "sent" } });
  });

  test("leaves what a later week's report has replaced", async () => {
    await aRun(world, ["slack:C0ALL"]);
    await world.database.db.run("UPDATE delivery SET state = 'dead', fault = 'superseded'");
    const id = await idIn("slack:C0ALL");
    expect(await asked(`runs resend ${id}`)).toMatchObject({ fault: { why: "superseded" } });
  });
});

describe("skip", () => {
  test("ends what waits, and a worker that slept with it can do nothing any more", async () => {
    await aRun(world, ["slack:C0ALL"]);
    const slept = await leaseDelivery(world.database.db, "slack:C0ALL");
    if (slept === null) throw new Error("nothing to lease");
    await timePasses(world);
    await told(`runs skip ${slept.id.slice(0, 8)}`, operator);
    expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "dead", fault: "skipped" });
    expect(await renewLease(world.database.db, slept)).toBe(false);
    expect(await markEnded(world.database.db, slept, "dead", "late")).toBe(false);
    expect(await postEverywhere(world.context)).toBe(0);
    expect(await asked(`runs skip ${slept.id}`)).toMatchObject({ fault: { why: "done" } });
  });
});

test("only operators order, and every order and every refusal stands in the audit", async () => {
  const id = await aDeadPost();
  expect(await asked(`runs resend ${id}`, inAll)).toMatchObject({
    ok: false,
    fault: { kind: "operators_only", command: "runs resend" },
  });
  expect(await stateIn(world, "slack:C0ALL")).toMatchObject({ state: "dead" });
  await told(`runs resend ${id}`, operator);
  await told(`runs skip ${id}`);
  const audited = await auditSince(world.database.db, NINE);
  expect(audited.map(({ kind, who, what }) => [kind, who, what.by, what.delivery])).toEqual([
    ["refused", "slack:U0ANA", "runs resend", undefined],
    ["ordered", "slack:U0OPS", "runs resend", id],
    ["ordered", "terminal", "runs skip", id],
  ]);
});

test.each([
  ["runs resend", { kind: "word_without_value" }],
  ["runs resend zz", { kind: "no_such_post", id: "zz" }],
  ["runs resend abcdef", { kind: "no_such_post", id: "abcdef", isShort: false }],
  ["runs skp abcdef", { kind: "unknown_word", word: "skp" }],
  ["runs skip abcdef now", { kind: "unknown_word", word: "now" }],
])("%s is answered with what to do", async (line, fault) => {
  expect(await asked(line)).toMatchObject({ ok: false, fault });
});

test("the beginning of two ids is answered with a wish for more of it", async () => {
  await aRun(world, ["slack:C0ALL", "slack:C0LEAD"]);
  await world.database.db.run("UPDATE delivery SET id = 'aaaa' || right(id, 20)");
  expect(await asked("runs skip aaaa")).toMatchObject({ fault: { isShort: true } });
});
