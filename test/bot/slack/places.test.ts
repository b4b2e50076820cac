import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../sandbox/slack/index.ts";
import { startSlack } from "../../../src/bot/index.ts";
import type {
  ChatConnection,
  Click,
  ClickReply,
  CommandRequest,
  Reply,
} from "../../../src/chat-connection.ts";
import { silentLog } from "../../../src/log.ts";
import type { Message } from "../../../src/message.ts";
import { memoryInbox } from "../../contract/memory-inbox.ts";
import { slackStrings } from "./active-in-slack.ts";

let sandbox: SlackSandbox;
let bot: ChatConnection;
let onCommand: (request: CommandRequest, reply: Reply) => Promise<void> = async () => {};
/** How far the sandbox's clock is ahead. */
let aheadMs = 0;
const changed: string[] = [];
let onClick: (click: Click, reply: ClickReply) => Promise<void> = async () => {};

beforeAll(async () => {
  const signingSecret = "places-secret";
  const botToken = "xoxb-places";
  sandbox = await startSlackSandbox({
    signingSecret,
    botToken,
    channels: [
      { id: "C0GTM", name: "gtm", members: ["U0ANA"] },
      { id: "C0GUE", name: "with-guests", members: ["U0ANA", "U0GUE"] },
      { id: "C0EXT", name: "with-partner", external: true, members: ["U0ANA"] },
      { id: "C0PEN", name: "invited", pendingExternal: true, members: ["U0ANA"] },
      { id: "C0OLD", name: "old", archived: true, members: ["U0ANA"] },
      { id: "C0OUT", name: "without-bot", botIsMember: false },
    ],
    users: [
      { id: "U0ANA", name: "ana" },
      { id: "U0GUE", name: "guest", guest: "single_channel" },
      { id: "U0STR", name: "stranger", stranger: true },
      { id: "U0GON", name: "gone", deleted: true },
      { id: "U0BOB", name: "bob-the-bot", bot: true },
    ],
    now: () => new Date(Date.now() + aheadMs),
  });
  const started = await startSlack({
    botToken,
    signingSecret,
    apiUrl: sandbox.apiUrl,
    host: "127.0.0.1",
    port: 0,
    machineNow: () => Temporal.Now.instant(),
    log: silentLog,
    handlers: {
      onCommand: (request, reply) => onCommand(request, reply),
      onClick: (click, reply) => onClick(click, reply),
      onThreadReply: async () => {},
      onReadersChanged: async ({ channel }) => void changed.push(channel),
      onTurnedAway: async () => {},
      inbox: memoryInbox(),
    },
  });
  if (!started.ok) throw new Error(started.fault.kind);
  bot = started.value;
  await sandbox.connect(`${started.value.address}/slack/events`);
});

afterAll(async () => {
  await bot.stop();
  await sandbox.stop();
});

function words(text: string): Message {
  return { summary: text, blocks: [{ kind: "text", text }] };
}

function shown(channel: string, text: string) {
  return sandbox
    .messages(channel)
    .filter(({ author, blocks }) => author.kind === "bot" && slackStrings(blocks).includes(text));
}

describe("a channel of Slack's", () => {
  const ordinary = { external: false, archived: false, guests: false, direct: false };
  test.each([
    ["C0GTM", { name: "gtm", ...ordinary }],
    ["C0GUE", { name: "with-guests", ...ordinary, guests: true }],
    ["C0EXT", { name: "with-partner", ...ordinary, external: true }],
    ["C0PEN", { name: "invited", ...ordinary, external: true }],
    ["C0OLD", { name: "old", ...ordinary, archived: true }],
  ])("%s is told as it is", async (channel, value) => {
    expect(await bot.port.channelFacts({ platform: "slack", channel })).toEqual({
      ok: true,
      value,
    });
  });

  test("that nobody knows is refused with Slack's word", async () => {
    const unknown = await bot.port.channelFacts({ platform: "slack", channel: "C0NONE" });
    expect(unknown).toEqual({ ok: false, fault: { kind: "refused", code: "channel_not_found" } });
  });

  test("that is archived takes no post", async () => {
    const refused = await bot.port.post(
      { platform: "slack", channel: "C0OLD" },
      words("x"),
      "old-1",
    );
    expect(refused).toEqual({ ok: false, fault: { kind: "refused", code: "is_archived" } });
  });

  test("that cannot be read leaves the look-up undecided", async () => {
    const since = Temporal.Now.instant();
    const seen = await bot.port.find({ platform: "slack", channel: "C0OUT" }, "any", since);
    expect(seen).toEqual({ kind: "unreadable", code: "not_in_channel" });
  });
});

test.each([
  ["U0ANA", { guest: false, stranger: false, bot: false, active: true }],
  ["U0GUE", { guest: true, stranger: false, bot: false, active: true }],
  ["U0STR", { guest: false, stranger: true, bot: false, active: true }],
  ["U0GON", { guest: false, stranger: false, bot: false, active: false }],
  ["U0BOB", { guest: false, stranger: false, bot: true, active: true }],
])("the person %s is told as they are", async (user, value) => {
  const facts = await bot.port.personFacts({ platform: "slack", user });
  expect(facts).toMatchObject({ ok: true, value });
});

describe("an answer", () => {
  test("reaches everyone in a channel that the bot is no member of", async () => {
    const done = Promise.withResolvers<unknown>();
    onCommand = async (_, reply) => {
      await reply.say(words("first try"), "everyone");
      done.resolve(await reply.say(words("for all of you"), "everyone"));
    };
    await sandbox.typeCommand({ channel: "C0OUT", user: "U0ANA", text: "/kpi adoption" });
    expect(await done.promise).toMatchObject({ ok: true });
    expect(shown("C0OUT", "for all of you")).toMatchObject([{ visibleTo: null }]);
    expect(shown("C0OUT", "first try")).toEqual([]);
  });

  test("to a mention stands in the thread of the mention, or in the one it begins", async () => {
    const asked: CommandRequest[] = [];
    onCommand = async (request, reply) => {
      asked.push(request);
      await reply.say(words(`answer ${asked.length}`), "everyone");
    };
    const head = sandbox.postAsUser({
      channel: "C0GTM",
      user: "U0ANA",
      text: "@Throughline adoption",
    });
    await sandbox.waitFor(() => shown("C0GTM", "answer 1").length > 0);
    expect(shown("C0GTM", "answer 1")).toMatchObject([{ threadTs: head }]);
    sandbox.postAsUser({
      channel: "C0GTM",
      user: "U0ANA",
      text: "@Throughline why adoption",
      thread_ts: head,
    });
    await sandbox.waitFor(() => shown("C0GTM", "answer 2").length > 0);
    expect(shown("C0GTM", "answer 2")).toMatchObject([{ threadTs: head }]);
    expect(asked.map(({ text, direct }) => [text, direct])).toEqual([
      ["adoption", false],
      ["why adoption", false],
    ]);
  });

  test("to the asker of a mention is seen by the asker alone", async () => {
    onCommand = async (_, reply) => {
      await reply.say(words("between us"), "asker");
    };
    sandbox.postAsUser({ channel: "C0GTM", user: "U0ANA", text: "@Throughline arr" });
    await sandbox.waitFor(() => shown("C0GTM", "between us").length > 0);
    expect(shown("C0GTM", "between us")).toMatchObject([{ visibleTo: "U0ANA" }]);
  });

  test("that comes when the command's address has expired is said all the same, to the asker", async () => {
    const done = Promise.withResolvers<unknown>();
    onCommand = async (_, reply) => {
      aheadMs = 31 * 60_000;
      done.resolve(await reply.say(words("late, between us"), "asker"));
    };
    await sandbox.typeCommand({ channel: "C0GTM", user: "U0ANA", text: "/kpi adoption" });
    expect(await done.promise).toMatchObject({ ok: true });
    expect(shown("C0GTM", "late, between us")).toMatchObject([{ visibleTo: "U0ANA" }]);
  });

  test("to a button that only its asker saw takes that message away", async () => {
    const shared = Promise.withResolvers<unknown>();
    const button = { kind: "button", id: "share", label: "Share", value: "adoption" } as const;
    onCommand = async (_, reply) => {
      const blocks = [
        { kind: "text", text: "to be shared" } as const,
        { kind: "actions", actions: [button] } as const,
      ];
      await reply.say({ summary: "s", blocks }, "asker");
    };
    const clicks: Click[] = [];
    onClick = async (click, reply) => {
      clicks.push(click);
      const gone = await reply.dismiss();
      await reply.say(words("shared now"), "everyone");
      shared.resolve(gone);
    };
    await sandbox.typeCommand({ channel: "C0OUT", user: "U0ANA", text: "/kpi adoption" });
    const [alone] = await sandbox.waitFor(() => {
      const found = shown("C0OUT", "to be shared");
      return found.length > 0 && found;
    });
    const message = alone?.ts ?? "";
    await sandbox.click({ channel: "C0OUT", user: "U0ANA", message, actionId: "0:share" });
    expect(await shared.promise).toMatchObject({ ok: true });
    expect(clicks).toMatchObject([{ action: "share", value: "adoption", direct: false }]);
    expect(shown("C0OUT", "to be shared")).toEqual([]);
    expect(shown("C0OUT", "shared now")).toMatchObject([{ visibleTo: null }]);
  });
});

test("Slack found nothing to complain of but an address that was used when it had expired", () => {
  expect(sandbox.problems()).toEqual([{ where: "response_url", what: "expired_url" }]);
});

test("Slack tells that another organisation, or somebody more, reads a channel from now on", async () => {
  sandbox.share("C0GTM");
  await sandbox.settled();
  expect(changed).toEqual(["C0GTM"]);
  sandbox.join("C0GUE", "U0STR");
  await sandbox.settled();
  expect(changed).toEqual(["C0GTM", "C0GUE"]);
});
