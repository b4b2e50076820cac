import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { SlackSandbox } from "../../sandbox/slack/index.ts";
import { openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import type { ChatPort } from "../../src/message.ts";
import { failed } from "../../src/result.ts";
import { type CatchingUp, catchingUp, keepReply, openThread } from "../../src/threads/index.ts";
import { anHttpBot } from "../bot/slack/an-http-bot.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const channel = "C0GTM";
const reading = "conversations.replies";

let database: FreshDatabase;
let slack: SlackSandbox;
let port: ChatPort;
let catching: CatchingUp;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  database = await freshDatabase();
  const bot = await anHttpBot();
  slack = bot.sandbox;
  port = bot.port;
  catching = catchingUp(database.db, silentLog);
  stops.push(
    () => database.close(),
    bot.stop,
    async () => catching.stop(),
  );
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The head of a thread that is tracked. */
async function aThread(): Promise<string> {
  const head = slack.postAsUser({ channel, user: "U0ANA", text: "a signal" });
  await database.db.run(
    `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
     VALUES ('adoption_rate', $1, 1, 'run', '2026-11-09', '2026-11-09', '1')`,
    [head],
  );
  const [made] = await database.db.rows(
    z.object({ id: z.coerce.number() }),
    "SELECT max(id) AS id FROM signal",
  );
  await openThread(database.db, made?.id ?? 0, { platform: "slack", channel, id: head });
  return head;
}

function say(text: string, head: string): string {
  return slack.postAsUser({ channel, user: "U0ANA", text, thread_ts: head });
}

async function kept(): Promise<string[]> {
  const rows = await database.db.rows(
    z.object({ text: z.string() }),
    "SELECT text FROM thread_reply ORDER BY said_at",
  );
  return rows.map(({ text }) => text);
}

const untilKept = (texts: string[]) => expect.poll(kept, { timeout: 25_000 }).toEqual(texts);

describe("what was said in a thread while nobody listened", () => {
  test.each([
    ["limits how often it may be asked", { kind: "limited", retryAfterS: 1 }],
    ["answers with an error", { kind: "status", status: 500 }],
    ["resets the connection", { kind: "reset" }],
  ] as const)("is read in the end from a Slack that %s", async (_, fault) => {
    for (const text of ["one", "two", "three"]) say(text, await aThread());
    slack.faults.next(reading, fault, 2);
    catching.begin(port);
    await untilKept(["one", "two", "three"]);
  });

  test("is not asked for for ever where Slack does not let us look", async () => {
    say("seen", await aThread());
    say("hidden", await aThread());
    slack.faults.next(reading, { kind: "error", error: "channel_not_found" });
    catching.begin(port);
    await untilKept(["seen"]);
    expect(slack.faults.count(reading)).toBe(1);
  });

  test("is read after a second gap too, though a thread of before the first cannot be read at all", async () => {
    const head = await aThread();
    say("before", head);
    const hidden = await aThread();
    const unreadable = failed({ kind: "ambiguous", code: "http_500" } as const);
    const partly: ChatPort = {
      ...port,
      repliesAfter: async (of, after) =>
        of.id === hidden ? unreadable : port.repliesAfter(of, after),
    };
    catching.begin(partly);
    await untilKept(["before"]);
    say("after", head);
    catching.begin(partly);
    await untilKept(["before", "after"]);
  });

  test("is found behind what was said and stored after the gap", async () => {
    const head = await aThread();
    say("missed", head);
    const later = say("heard", head);
    const author = { platform: "slack", user: "U0ANA" };
    const at = Temporal.Now.instant();
    const reply = { id: later, head: { platform: "slack", channel, id: head }, text: "heard" };
    await keepReply(database.db, { ...reply, author, at, fromBot: false });
    catching.begin(port);
    await untilKept(["missed", "heard"]);
  });

  test("is kept when the database is back", async () => {
    say("kept", await aThread());
    const quick = openDatabase(database.url, {
      max: 1,
      applicationName: "threads",
      statementTimeoutMs: 200,
      log: silentLog,
    });
    stops.push(() => quick.close());
    const failures: string[] = [];
    const error = (event: string) => void failures.push(event);
    const patient = catchingUp(quick, { ...silentLog, error });
    stops.push(async () => patient.stop());
    await database.db.transaction(async (sql) => {
      await sql.run("LOCK TABLE thread_reply IN ACCESS EXCLUSIVE MODE");
      patient.begin(port);
      await expect.poll(() => failures).toContain("catch_up_failed");
    });
    await untilKept(["kept"]);
  });
});
