import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Reply } from "../../src/chat-connection.ts";
import {
  answerCommand,
  type ChatContext,
  dispatch,
  floodGuard,
  inboxOf,
  pruneInbox,
  shareGuard,
} from "../../src/commands/index.ts";
import { openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import type { Message } from "../../src/message.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import type { Caller } from "../../src/policy/index.ts";
import { ok } from "../../src/result.ts";
import { keepReply, openThread } from "../../src/threads/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { unsettled } from "../support/inbox.ts";
import { someRules } from "../support/some-rules.ts";
import { colleaguesAtHome } from "./a-chat.ts";

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const catalogue = loaded.value;
const now = Temporal.Instant.from("2026-11-16T09:00:00Z");

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.close());

function contextOn(db = database.db): ChatContext {
  return {
    metrics: { db, catalogue, settings: defaultSettings },
    rules: someRules(["slack:C0LEAD"]),
    voice: { locale: "en-GB", currency: "USD" },
    theme: "light",
    scorecard: ["adoption_rate"],
    prefix: "/kpi",
    privateChannels: new Set(),
    facts: colleaguesAtHome,
    flood: floodGuard(),
    sharing: shareGuard(),
    log: silentLog,
  };
}

/** A database that is not there: nothing listens on its port. */
const away = () =>
  openDatabase("postgres://nobody:secret@127.0.0.1:1/none", {
    max: 1,
    applicationName: "away",
    statementTimeoutMs: 1_000,
    log: silentLog,
  });

describe("while the database is away", () => {
  const request = {
    id: "T1",
    text: "adoption",
    asker: { platform: "slack", user: "U0ANA" },
    place: { platform: "slack", channel: "C0ALL" },
    direct: false,
    external: false,
  };

  test("a question gets a kind answer, to the asker alone", async () => {
    const said: [Message, string][] = [];
    const reply: Reply = {
      hand: async () => ok("here"),
      say: async (message, audience) => {
        said.push([message, audience]);
        return ok({ ref: { ...request.place, id: "1" }, pictured: false });
      },
    };
    const db = away();
    await answerCommand(contextOn(db), request, reply, now);
    await db.close();
    expect(said).toHaveLength(1);
    expect(said[0]?.[1]).toBe("asker");
    expect(JSON.stringify(said)).not.toMatch(/secret|ECONN/);
  });

  test("a reply that throws ends nothing", async () => {
    const noWay = () => Promise.reject(new Error("no way"));
    const reply: Reply = { say: noWay, hand: noWay };
    await expect(answerCommand(contextOn(), request, reply, now)).resolves.toBeUndefined();
  });

  test("a question is taken once, and what must be kept is refused", async () => {
    const db = away();
    const inbox = inboxOf(db);
    expect(await inbox.put("slack", "T1", null)).toBe(true);
    expect(await inbox.put("slack", "T1", null)).toBe(false);
    await expect(inbox.put("slack", "E1", { kind: "thread_reply" })).rejects.toThrow();
    await db.close();
  });
});

test("a question is taken while the inbox is locked, and what must be kept is refused", async () => {
  const quick = openDatabase(database.url, {
    max: 2,
    applicationName: "locked out",
    statementTimeoutMs: 300,
    log: silentLog,
  });
  const inbox = inboxOf(quick);
  await database.db.transaction(async (sql) => {
    await sql.run("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE");
    expect(await inbox.put("slack", "T1", { kind: "question" }, true)).toBe(true);
    await expect(inbox.put("slack", "E1", { kind: "thread_reply" }, false)).rejects.toThrow();
  });
  await quick.close();
});

test("the inbox forgets what was dealt with after a week, and nothing that was not", async () => {
  const inbox = inboxOf(database.db);
  for (const id of ["settled", "id only", "left"])
    await inbox.put("slack", id, id === "id only" ? null : { id });
  await inbox.settle("slack", "settled");
  expect(await pruneInbox(database.db)).toBe(0);
  await database.db.run("UPDATE inbox SET received_at = received_at - interval '8 days'");
  await inbox.put("slack", "new", null);
  expect(await pruneInbox(database.db)).toBe(2);
  expect(await unsettled(database.db)).toMatchObject([{ id: "left" }]);
  expect(await inbox.put("slack", "new", null)).toBe(false);
});

test("what a person can type and Postgres cannot hold is kept without it", async () => {
  const inbox = inboxOf(database.db);
  expect(await inbox.put("slack", "E1", { text: "a\0b\ud800c" })).toBe(true);
  expect(await unsettled(database.db)).toMatchObject([{ body: { text: "ab\ufffdc" } }]);
});

describe("what was said of a signal in a channel for sensitive metrics", () => {
  beforeEach(async () => {
    await database.db.run(
      `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
       VALUES ('adoption_rate', 'x', 1, 'run', '2026-11-09', '2026-11-09', '1')`,
    );
    for (const channel of ["C0LEAD", "C0PRD"]) {
      const head = { platform: "slack", channel, id: "1.0" };
      await openThread(database.db, 1, head);
      const author = { platform: "slack", user: "U0CFO" };
      const reply = { id: "1.1", head, text: `said in ${channel}\0`, author, at: now };
      expect(await keepReply(database.db, { ...reply, fromBot: false })).toBe(true);
    }
  });

  const channelOf = (channel: string): Caller => ({
    kind: "person",
    person: { platform: "slack", user: "U0ANA" },
    channel: { platform: "slack", channel },
    direct: false,
    readers: "colleagues",
  });

  test.each<[string, Caller, boolean]>([
    ["is not told in another", channelOf("C0ALL"), false],
    ["is told there", channelOf("C0LEAD"), true],
    ["is told on the terminal", { kind: "terminal" }, true],
  ])("%s", async (_, caller, isTold) => {
    const ask = { caller, now, exact: false, week: null };
    const told = await dispatch(contextOn(), "define adoption", ask);
    if (!told.ok) throw new Error(JSON.stringify(told.fault));
    const all = JSON.stringify([told.value.message, told.value.data]);
    expect(all).toContain("said in C0PRD");
    expect(all.includes("said in C0LEAD")).toBe(isTold);
  });
});

test("words that nobody reads are told and not passed over", async () => {
  const ask = { caller: { kind: "terminal" } as const, now, exact: false, week: null };
  expect(await dispatch(contextOn(), "scorecard week 2026-W46 please", ask)).toMatchObject({
    ok: false,
    fault: { kind: "unknown_word", word: "please" },
  });
});
