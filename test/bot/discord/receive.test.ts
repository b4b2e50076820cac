import { afterEach, describe, expect, test, vi } from "vitest";
import { type DiscordSandbox, startDiscordSandbox } from "../../../sandbox/discord/index.ts";
import { startDiscord } from "../../../src/bot/index.ts";
import type { ChatConnection, ChatHandlers } from "../../../src/chat-connection.ts";
import { silentLog } from "../../../src/log.ts";
import type { Message, ThreadReply } from "../../../src/message.ts";
import { memoryInbox } from "../../contract/memory-inbox.ts";

const token = "discord-receive";
const channel = { platform: "discord", channel: "1100000000000000001" };
const ana = "1200000000000000001";
const eve = "1200000000000000002";
const patiently = { timeout: 15_000 };
const guild = { id: "1000000000000000001", name: "Sandbox" };

let gaps = 0;
/** How far the sandbox's clock is ahead. */
let aheadMs = 0;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  gaps = 0;
  aheadMs = 0;
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function aSandbox(): Promise<DiscordSandbox> {
  const sandbox = await startDiscordSandbox({
    botToken: token,
    guild,
    channels: [{ id: channel.channel, name: "gtm" }],
    users: [
      { id: ana, name: "ana" },
      { id: eve, name: "eve", member: false },
    ],
    now: () => new Date(Date.now() + aheadMs),
  });
  stops.push(() => sandbox.stop());
  return sandbox;
}

async function aBot(
  sandbox: DiscordSandbox,
  handlers: Partial<ChatHandlers> = {},
  channels: string[] = [],
) {
  const nothing = {
    onCommand: async () => {},
    onClick: async () => {},
    onThreadReply: async () => {},
    onReadersChanged: async () => {},
    onTurnedAway: async () => {},
    inbox: memoryInbox(),
  };
  const started = await startDiscord({
    token,
    apiUrl: sandbox.apiUrl,
    channels,
    handlers: { ...nothing, ...handlers },
    onGap: () => {
      gaps += 1;
    },
    log: silentLog,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  stops.push(() => started.value.stop());
  return started.value;
}

async function posted(bot: ChatConnection, text: string, ourId: string) {
  const said = await bot.port.post(channel, words(text), ourId);
  if (!said.ok) throw new Error(JSON.stringify(said.fault));
  return said.value.ref;
}

/**
 * A bot that does not know the threads that there are: whoever connects is told of none that is
 * archived, and nobody of these that they no longer are.
 */
async function aBotWithoutThreads(sandbox: DiscordSandbox, handlers: Partial<ChatHandlers>) {
  const threads = sandbox.threads(channel.channel);
  for (const thread of threads) thread.archived = true;
  await aBot(sandbox, handlers);
  for (const thread of threads) thread.archived = false;
}

function words(text: string): Message {
  return { summary: text, blocks: [{ kind: "text", text }] };
}

describe("a command on Discord", () => {
  test.each([
    ["in a direct message", null, []],
    ["in a server that is not configured", "1000000000000000009", [channel.channel]],
  ])("is refused to its asker alone %s", async (_, from, channels) => {
    const sandbox = await aSandbox();
    const asked: string[] = [];
    const onCommand = async ({ text }: { text: string }) => {
      asked.push(text);
    };
    await aBot(sandbox, { onCommand }, channels);
    await sandbox.typeCommand({ ...channel, user: ana, text: "/kpi arr", guild: from });
    const [answer] = sandbox.messages(channel.channel);
    expect(answer).toMatchObject({ visibleTo: ana });
    expect(asked).toEqual([]);
  });

  test("goes to the channel when its token has run out meanwhile", async () => {
    const sandbox = await aSandbox();
    const done = Promise.withResolvers<unknown>();
    await aBot(sandbox, {
      onCommand: async (_, reply) => {
        aheadMs = 16 * 60_000;
        done.resolve(await reply.say(words("late"), "everyone"));
      },
    });
    await sandbox.typeCommand({ ...channel, user: ana, text: "/kpi adoption" });
    expect(await done.promise).toMatchObject({ ok: true });
    const said = sandbox.messages(channel.channel).filter(({ content }) => content === "late");
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ askedBy: null });
  });
});

describe("a question on Discord that nobody answers", () => {
  const commandOf = (handlers: Partial<ChatHandlers>) => async () => {
    const sandbox = await aSandbox();
    await aBot(sandbox, handlers);
    await sandbox.typeCommand({ ...channel, user: ana, text: "/kpi adoption" });
    return sandbox;
  };
  const lost = async () => {
    throw new Error("a bug");
  };

  test.each([
    ["its handler says nothing", { onCommand: async () => {} }],
    ["its handler throws", { onCommand: lost }],
    ["the inbox throws", { inbox: { ...memoryInbox(), put: lost } }],
  ])("leaves no word that somebody is thinking when %s", async (_, handlers) => {
    const sandbox = await commandOf(handlers)();
    expect(sandbox.acks()).toMatchObject([{ outcome: "acknowledged" }]);
    await vi.waitUntil(() => sandbox.messages(channel.channel).length === 0, patiently);
    expect(sandbox.problems()).toEqual([]);
  });

  test("leaves none when what should be said is refused", async () => {
    const sandbox = await aSandbox();
    const ended = Promise.withResolvers<unknown>();
    await aBot(sandbox, {
      onCommand: async (_, reply) => {
        sandbox.faults.next("update_webhook_message", { kind: "error", status: 403, code: 50013 });
        ended.resolve(await reply.say(words("lost"), "everyone"));
      },
    });
    await sandbox.typeCommand({ ...channel, user: ana, text: "/kpi adoption" });
    expect(await ended.promise).toMatchObject({ ok: false });
    await vi.waitUntil(() => sandbox.messages(channel.channel).length === 0, patiently);
  });

  test("and was seen before leaves the answer of before where it is", async () => {
    const sandbox = await commandOf({ inbox: { ...memoryInbox(), put: async () => false } })();
    await vi.waitUntil(() => sandbox.acks().length === 1, patiently);
    expect(sandbox.messages(channel.channel)).toMatchObject([{ thinking: true }]);
  });
});

test("an answer to its asker alone that Discord's limit held up is said by the next attempt", async () => {
  const sandbox = await aSandbox();
  const said = Promise.withResolvers<unknown[]>();
  await aBot(sandbox, {
    onCommand: async (_, reply) => {
      sandbox.faults.next("execute_webhook", { kind: "limited", retryAfterS: 1 });
      const attempt = () => reply.say(words("for ana"), "asker");
      said.resolve([await attempt(), await attempt()]);
    },
  });
  await sandbox.typeCommand({ ...channel, user: ana, text: "/kpi adoption" });
  expect(await said.promise).toMatchObject([
    { ok: false, fault: { kind: "limited" } },
    { ok: true },
  ]);
  expect(sandbox.messages(channel.channel)).toMatchObject([{ content: "for ana", visibleTo: ana }]);
});

test("a question on Discord whose acknowledgement was lost on its way back is answered in its place", async () => {
  const sandbox = await aSandbox();
  await aBot(sandbox, {
    onCommand: async (_, reply) => void (await reply.say(words("an answer"), "everyone")),
  });
  sandbox.faults.next("create_interaction_response", { kind: "reset", afterEffect: true });
  await sandbox.typeCommand({ ...channel, user: ana, text: "/kpi adoption" });
  await vi.waitUntil(
    () => sandbox.messages(channel.channel).some(({ thinking }) => !thinking),
    patiently,
  );
  expect(sandbox.messages(channel.channel)).toHaveLength(1);
});

test("no server is served when none of the configured channels can be seen", async () => {
  const sandbox = await aSandbox();
  await aBot(sandbox, {}, ["1199999999999999999"]);
  expect(sandbox.commands()).toEqual([]);
});

describe("the gateway", () => {
  test.each([
    ["resumed", false],
    ["refused to be resumed", true],
  ])("delivers again after a connection that was dropped and %s", async (_, forget) => {
    const sandbox = await aSandbox();
    const replies: ThreadReply[] = [];
    const onThreadReply = async (reply: ThreadReply) => {
      replies.push(reply);
    };
    const bot = await aBot(sandbox, { onThreadReply });
    const head = await posted(bot, "Discuss", "head");
    await bot.port.post({ ...head, thread: head.id }, words("Why?"), "why");
    sandbox.dropConnections(forget);
    await vi.waitUntil(() => sandbox.connected() === 0, patiently);
    const missed = sandbox.postAsUser({ channel: head.id, user: ana, text: "missed" });
    await vi.waitUntil(() => sandbox.connected() === 1, { timeout: 15_000 });
    sandbox.postAsUser({ channel: head.id, user: ana, text: "heard" });
    await vi.waitUntil(() => replies.some(({ text }) => text === "heard"), { timeout: 5_000 });
    const live = replies.map(({ text }) => text);
    expect(live).toEqual(forget ? ["heard"] : ["missed", "heard"]);
    expect(gaps).toBe(forget ? 1 : 0);
    const read = await bot.port.repliesAfter(head, null);
    expect(read.ok && read.value.map(({ id }) => id)).toContain(missed);
  });

  test("delivers what is said in a thread that the client has never seen", async () => {
    const sandbox = await aSandbox();
    const first = await aBot(sandbox);
    const head = await posted(first, "Old", "old");
    await first.port.post({ ...head, thread: head.id }, words("Why?"), "old-why");
    await first.stop();
    const replies: string[] = [];
    const onThreadReply = async ({ text }: ThreadReply) => {
      replies.push(text);
    };
    await aBotWithoutThreads(sandbox, { onThreadReply });
    sandbox.postAsUser({ channel: head.id, user: ana, text: "still here" });
    await vi.waitUntil(() => replies.length === 1, patiently);
  });

  test("that tells of a message whose thread cannot be looked up is a gap, and not silence", async () => {
    const sandbox = await aSandbox();
    const first = await aBot(sandbox);
    const head = await posted(first, "Old", "old");
    await first.port.post({ ...head, thread: head.id }, words("Why?"), "old-why");
    await first.stop();
    const replies: string[] = [];
    await aBotWithoutThreads(sandbox, {
      onThreadReply: async ({ text }) => void replies.push(text),
    });
    sandbox.faults.next("get_channel", { kind: "status", status: 500 });
    sandbox.postAsUser({ channel: head.id, user: ana, text: "not heard" });
    await vi.waitUntil(() => gaps === 1, patiently);
    expect(replies).toEqual([]);
    sandbox.postAsUser({ channel: head.id, user: ana, text: "heard" });
    await vi.waitUntil(() => replies.length === 1, patiently);
  });

  test("that refuses the token is told by its code", async () => {
    const sandbox = await aSandbox();
    const started = await startDiscord({
      token: "another",
      apiUrl: sandbox.apiUrl,
      channels: [],
      onGap: () => {},
      handlers: {
        onCommand: async () => {},
        onClick: async () => {},
        onThreadReply: async () => {},
        onReadersChanged: async () => {},
        onTurnedAway: async () => {},
        inbox: memoryInbox(),
      },
      log: silentLog,
    });
    expect(started).toEqual({ ok: false, fault: { kind: "refused", code: "TokenInvalid" } });
  });
});

describe("looking for a post of ours", () => {
  test("is honest after a restart: a post of the bot's that may be it makes it unreadable", async () => {
    const sandbox = await aSandbox();
    const before = await aBot(sandbox);
    const since = Temporal.Now.instant();
    await posted(before, "Monday", "delivery-1");
    await before.stop();
    const after = await aBot(sandbox);
    expect(await after.port.find(channel, "delivery-1", since)).toEqual({
      kind: "unreadable",
      code: "nonce_not_kept",
    });
    // Posting again under the same id answers with the first.
    const again = await after.port.post(channel, words("Monday"), "delivery-1");
    expect(again.ok).toBe(true);
    expect(sandbox.messages(channel.channel)).toHaveLength(1);
    expect(await after.port.find(channel, "delivery-1", since)).toMatchObject({ kind: "found" });
  });

  test("finds nothing where the bot has said nothing, answers to commands apart", async () => {
    const sandbox = await aSandbox();
    const answered = Promise.withResolvers<void>();
    const bot = await aBot(sandbox, {
      onCommand: async (_, reply) => {
        await reply.say(words("an answer"), "everyone");
        answered.resolve();
      },
    });
    await sandbox.typeCommand({ ...channel, user: ana, text: "/kpi adoption" });
    await answered.promise;
    sandbox.postAsUser({ ...channel, user: ana, text: "hello" });
    const since = Temporal.Now.instant();
    expect(await bot.port.find(channel, "never", since)).toEqual({ kind: "absent" });
    const thread = { ...channel, thread: "1300000000000000001" };
    expect(await bot.port.find(thread, "never", since)).toEqual({ kind: "absent" });
  });
});

test("whoever is in none of the servers is a stranger", async () => {
  const sandbox = await aSandbox();
  const bot = await aBot(sandbox);
  const facts = await bot.port.personFacts({ platform: "discord", user: eve });
  expect(facts).toMatchObject({ ok: true, value: { stranger: true, active: false } });
  const unknown = await bot.port.personFacts({ platform: "discord", user: "1999999999999999999" });
  expect(unknown).toEqual({ ok: false, fault: { kind: "refused", code: "10013" } });
});
