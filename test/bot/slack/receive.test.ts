import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startSlack } from "../../../src/bot/index.ts";
import type { CommandRequest } from "../../../src/chat-connection.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import type { ThreadReply } from "../../../src/message.ts";
import { type MemoryInbox, memoryInbox } from "../../contract/memory-inbox.ts";
import { asManyAsFit } from "../../support/as-many-as-fit.ts";
import { anHttpBot, commandForm, type HttpBot, slackSignature } from "./an-http-bot.ts";

const secret = "receive-signing-secret";
const botToken = "xoxb-receive-canary";
let bot: HttpBot;
let commands: string[] = [];
let requests: CommandRequest[] = [];
let replies: ThreadReply[] = [];
let inbox: MemoryInbox & { broken: boolean; store: Promise<void> };
const logged: string[] = [];
const log: Log = {
  debug: (...line) => logged.push(JSON.stringify(line)),
  info: (...line) => logged.push(JSON.stringify(line)),
  warn: (...line) => logged.push(JSON.stringify(line)),
  error: (...line) => logged.push(JSON.stringify(line)),
};

beforeAll(async () => {
  const memory = memoryInbox();
  inbox = {
    ...memory,
    broken: false,
    store: Promise.resolve(),
    put: async (platform, id, body) => {
      await inbox.store;
      if (inbox.broken) throw new Error("the database is away");
      return memory.put(platform, id, body);
    },
  };
  bot = await anHttpBot({
    signingSecret: secret,
    botToken,
    log,
    handlers: {
      onCommand: async (request) => {
        requests.push(request);
        commands.push(request.text);
      },
      onThreadReply: async (reply) => {
        replies.push(reply);
      },
      inbox,
    },
  });
});

beforeEach(() => {
  commands = [];
  requests = [];
  replies = [];
  inbox.broken = false;
  inbox.store = Promise.resolve();
});

afterAll(() => bot.stop());

interface Signing {
  /** Seconds from now. */
  at?: number;
  secret?: string;
}

function signed(body: string, type: string, { at = 0, secret: key = secret }: Signing = {}) {
  const timestamp = Math.floor(Date.now() / 1000) + at;
  const headers = {
    "content-type": type,
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": slackSignature(key, timestamp, body),
  };
  return { method: "POST", headers, body };
}

let count = 0;

function aCommand(text: string, signing?: Signing) {
  count += 1;
  const form = commandForm(text, `trigger-${count}`);
  return signed(form, "application/x-www-form-urlencoded", signing);
}

/** The text with another character in one place. */
function changed(text: string, at: number): string {
  return `${text.slice(0, at)}${text[at] === "0" ? "1" : "0"}${text.slice(at + 1)}`;
}

function anEvent(event: Record<string, unknown>, signing?: Signing, more = {}) {
  count += 1;
  const body = {
    type: "event_callback",
    team_id: "T0SANDBOX",
    event_id: `Ev${count}`,
    event,
    ...more,
  };
  return signed(JSON.stringify(body), "application/json", signing);
}

function aReply(text: string, more: Record<string, unknown> = {}) {
  return {
    type: "message",
    channel: "C0GTM",
    user: "U0ANA",
    text,
    ts: "1700000001.000100",
    thread_ts: "1700000000.000100",
    ...more,
  };
}

async function statusOf(request: RequestInit): Promise<number> {
  return (await fetch(bot.address, request)).status;
}

describe("a request of Slack's", () => {
  test("is acknowledged with nothing in it when it is a command", async () => {
    const response = await fetch(bot.address, aCommand("adoption"));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    await vi.waitUntil(() => commands.length === 1, { timeout: 15_000 });
  });

  test.each([
    ["forged", { secret: "another" }],
    ["five minutes old", { at: -301 }],
    ["a minute ahead", { at: 60 }],
    ["six minutes ahead", { at: 360 }],
  ])("is refused and does nothing when it is %s", async (_, signing) => {
    expect(await statusOf(aCommand("stolen", signing))).toBe(401);
    expect(await statusOf(anEvent(aReply("stolen"), signing))).toBe(401);
    expect(await statusOf(aCommand("mine"))).toBe(200);
    await vi.waitUntil(() => commands.length === 1, { timeout: 15_000 });
    expect(commands).toEqual(["mine"]);
    expect(replies).toEqual([]);
  });

  test("is refused whatever of it is changed after it was signed", async () => {
    const change = fc.oneof(
      fc.record({ what: fc.constant("signature"), at: fc.nat(63) }),
      fc.record({ what: fc.constant("body"), at: fc.nat(80) }),
      fc.record({ what: fc.constant("time"), at: fc.integer({ min: 1, max: 400 }) }),
      fc.record({ what: fc.constant("secret"), at: fc.nat() }),
    );
    await asManyAsFit(
      fc.asyncProperty(change, fc.boolean(), async ({ what, at }, isEvent) => {
        const signing = what === "secret" ? { secret: `guess ${at}` } : {};
        const made = isEvent ? anEvent(aReply("stolen"), signing) : aCommand("stolen", signing);
        const stamp = made.headers["x-slack-request-timestamp"];
        const signature = made.headers["x-slack-signature"];
        if (what === "signature") made.headers["x-slack-signature"] = changed(signature, 3 + at);
        if (what === "time") made.headers["x-slack-request-timestamp"] = `${Number(stamp) - at}`;
        const body = what === "body" ? changed(made.body, at % made.body.length) : made.body;
        expect(await statusOf({ ...made, body })).toBe(401);
      }),
      { ms: 3_000 },
    );
    expect([commands, replies]).toEqual([[], []]);
  }, 60_000);

  test("tells that another organisation reads there, where Slack says so", async () => {
    const mention = { type: "app_mention", text: "<@U0BOT> adoption" };
    const told = { ...aReply("", mention), channel: "C0EXT" };
    expect(await statusOf(anEvent(told, {}, { is_ext_shared_channel: true }))).toBe(200);
    await vi.waitUntil(() => requests.length === 1, { timeout: 15_000 });
    expect(requests[0]).toMatchObject({ external: true, place: { channel: "C0EXT" } });
  });

  test("does nothing a second time when it is copied and sent again", async () => {
    const command = aCommand("once");
    const event = anEvent(aReply("once"));
    expect(await Promise.all([statusOf(command), statusOf(event)])).toEqual([200, 200]);
    for (let i = 0; i < 20; i += 1) {
      expect(await statusOf(command)).toBe(401);
      expect(await statusOf(event)).toBe(401);
    }
    await vi.waitUntil(() => commands.length === 1 && replies.length === 1, { timeout: 15_000 });
  });

  test("is dealt with when it is in the inbox, for it would else be settled before it is there", async () => {
    const store = Promise.withResolvers<void>();
    inbox.store = store.promise;
    const status = statusOf(aCommand("adoption"));
    // Longer than any patience with a store but its own.
    await new Promise((done) => setTimeout(done, 1_500));
    expect(commands).toEqual([]);
    store.resolve();
    expect(await status).toBe(200);
    expect(commands).toEqual(["adoption"]);
  });

  test("that holds the same command under a signature of its own does nothing either", async () => {
    const first = aCommand("twin");
    count -= 1;
    const second = aCommand("twin", { at: -1 });
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
    expect(await statusOf(aCommand("after"))).toBe(200);
    await vi.waitUntil(() => commands.includes("after"), { timeout: 15_000 });
    expect(commands).toEqual(["twin", "after"]);
  });

  test("is not acknowledged when it cannot be put down, and is dealt with when it comes again", async () => {
    inbox.broken = true;
    const event = anEvent(aReply("kept"));
    expect(await statusOf(event)).toBe(500);
    inbox.broken = false;
    expect(await statusOf(event)).toBe(200);
    await vi.waitUntil(() => replies.length === 1, { timeout: 15_000 });
    expect(replies[0]?.text).toBe("kept");
    await vi.waitUntil(() => inbox.settled.includes(`slack:Ev${count}`), { timeout: 15_000 });
  });

  test.each([
    ["an edit", { subtype: "message_changed", hidden: true }],
    ["the bot's own", { user: "U0BOT", bot_id: "B0BOT" }],
    ["said in the channel", { thread_ts: undefined }],
    ["the head of its thread", { thread_ts: "1700000001.000100" }],
    ["somebody joining", { subtype: "channel_join" }],
  ])("is no reply when it is %s, and its id alone is kept", async (_, more) => {
    expect(await statusOf(anEvent(aReply("nothing", more)))).toBe(200);
    expect(inbox.seen.has(`slack:Ev${count}`)).toBe(true);
    expect(await statusOf(anEvent(aReply("something")))).toBe(200);
    await vi.waitUntil(() => replies.length > 0, { timeout: 15_000 });
    expect(replies.map(({ text }) => text)).toEqual(["something"]);
  });

  test("that mentions the bot in a thread is a question, and part of the discussion", async () => {
    const text = "<@U0BOT> adoption tier=pro";
    expect(await statusOf(anEvent(aReply(text)))).toBe(200);
    expect(await statusOf(anEvent(aReply(text, { type: "app_mention" })))).toBe(200);
    await vi.waitUntil(() => commands.length > 0, { timeout: 15_000 });
    await vi.waitUntil(() => replies.length > 0, { timeout: 15_000 });
    expect(commands).toEqual(["adoption tier=pro"]);
    expect(replies).toMatchObject([{ text, fromBot: false }]);
  });

  test.each([
    ["source=<http://partner.com|partner.com>", "source=partner.com"],
    [
      "source=<http://a.com|a.com>,<http://b.io/x?y=1&amp;z|b.io/x?y=1&amp;z>",
      "source=a.com,b.io/x?y=1&z",
    ],
    ["source=<https://partner.com/a|partner.com/a> by tier", "source=partner.com/a by tier"],
    ["source=<https://partner.com>", "source=https://partner.com"],
    ["owner=<mailto:ana@partner.com|ana@partner.com>", "owner=ana@partner.com"],
    ["source=&lt;http://typed.com|so&gt;", "source=<http://typed.com|so>"],
    ["source=<#C0GTM|gtm> <@U0ANA|ana>", "source=<#C0GTM|gtm> <@U0ANA|ana>"],
  ])("asks %s as it was typed, whatever Slack has linked", async (sent, typed) => {
    expect(await statusOf(aCommand(sent))).toBe(200);
    const mention = aReply(`<@U0BOT> ${sent}`, { type: "app_mention" });
    expect(await statusOf(anEvent(mention))).toBe(200);
    await vi.waitUntil(() => commands.length === 2, { timeout: 15_000 });
    expect(commands).toEqual([typed, typed]);
  });

  test("that is another slash command of the app is neither answered nor kept", async () => {
    const { headers, body } = aCommand("not ours");
    const other = body.replace("%2Fkpi", "%2Fother");
    await fetch(bot.address, {
      ...signed(other, headers["content-type"]),
      signal: AbortSignal.timeout(500),
    }).catch(() => null);
    expect(inbox.seen.has(`slack:trigger-${count}`)).toBe(false);
  });

  test.each(["null", "[]", '"words"', "7", "payload=null", "payload=%5B%5D"])(
    "that is signed and reads %s is refused, and nobody is left to catch a rejection",
    async (body) => {
      const type = body.startsWith("payload")
        ? "application/x-www-form-urlencoded"
        : "application/json";
      expect(await statusOf(signed(body, type))).toBe(400);
      expect(await statusOf(aCommand("still here"))).toBe(200);
      await vi.waitUntil(() => commands.includes("still here"), { timeout: 15_000 });
    },
  );

  test("that is signed and holds any JSON takes nothing down", async () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const almost = fc.record(
      {
        type: fc.constantFrom("event_callback", "block_actions", "view_submission", "shortcut"),
        event_id: fc.constantFrom("Ev", 7, null),
        event: anything,
        command: fc.constantFrom("/kpi", null),
        actions: anything,
        channel: anything,
        user: anything,
        authorizations: anything,
        trigger_id: anything,
        response_url: anything,
      },
      { requiredKeys: [] },
    );
    const types = fc.constantFrom("application/json", "application/x-www-form-urlencoded");
    await asManyAsFit(
      fc.asyncProperty(fc.oneof(anything, almost), types, async (value, type) => {
        const json = JSON.stringify(value);
        const body = type === "application/json" ? json : `payload=${encodeURIComponent(json)}`;
        const answer = await fetch(bot.address, {
          ...signed(body, type),
          signal: AbortSignal.timeout(200),
        }).catch(() => null);
        // No answer is what Bolt gives to what nobody listens to.
        if (answer) expect([200, 400, 401, 500]).toContain(answer.status);
      }),
      { ms: 4_000 },
    );
    expect(await statusOf(aCommand("after all of it"))).toBe(200);
    await vi.waitUntil(() => commands.includes("after all of it"), { timeout: 15_000 });
  }, 60_000);

  test.each(["", "{", "<html>", '{"type":"url_verification"}'])(
    "takes nothing down when its body is %j",
    async (body) => {
      await statusOf(signed(body, "application/json"));
      expect(await statusOf(aCommand("still here"))).toBe(200);
      await vi.waitUntil(() => commands.includes("still here"), { timeout: 15_000 });
    },
  );

  test("is answered at one address only", async () => {
    expect((await fetch(bot.address.replace("events", "other"), aCommand("x"))).status).toBe(404);
    expect((await fetch(bot.address)).status).toBe(404);
  });
});

test("nothing that was said, and no token, is in the log", () => {
  expect(logged.join("\n")).not.toMatch(/canary|stolen|adoption|kept|signing-secret/);
  expect(logged.length).toBeGreaterThan(0);
});

describe("starting", () => {
  const options = { signingSecret: secret, host: "127.0.0.1", port: 0, log: silentLog };
  const rest = { machineNow: () => Temporal.Now.instant() };
  const nothing = {
    onCommand: async () => {},
    onClick: async () => {},
    onThreadReply: async () => {},
    onReadersChanged: async () => {},
    onTurnedAway: async () => {},
  };
  const start = (botToken: string, apiUrl: string) =>
    startSlack({ ...options, ...rest, botToken, apiUrl, handlers: { ...nothing, inbox } });

  test("refuses a token with a line break before it is sent anywhere", async () => {
    expect(await start("xoxb-a\nb", bot.sandbox.apiUrl)).toEqual({
      ok: false,
      fault: { kind: "malformed_token" },
    });
  });

  test("tells that Slack does not know the token", async () => {
    expect(await start("xoxb-unknown", bot.sandbox.apiUrl)).toEqual({
      ok: false,
      fault: { kind: "refused", code: "invalid_auth" },
    });
  });

  test("tells that Slack cannot be reached", async () => {
    const gone = await anHttpBot();
    await gone.stop();
    expect(await start("xoxb-a", gone.sandbox.apiUrl)).toEqual({
      ok: false,
      fault: { kind: "unreachable", code: "ECONNREFUSED" },
    });
  });
});
