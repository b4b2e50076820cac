import { createHmac } from "node:crypto";
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, test } from "vitest";
import type { SlackSandbox, SlackSandboxOptions } from "../../../sandbox/slack/index.ts";
import { aRecordingBot, type RecordingBot } from "./a-recording-bot.ts";
import { aWorkspace, BOT_TOKEN, SIGNING_SECRET } from "./a-workspace.ts";

const CHANNEL = "C0ALL";
const ANA = { channel: CHANNEL, user: "U0ANA" };
const OK = { status: 200 };

let slack: SlackSandbox;
let bot: RecordingBot;
afterEach(async () => {
  await slack.stop();
  await bot.stop();
});

async function connected(
  reply: Parameters<typeof aRecordingBot>[0],
  options: Partial<SlackSandboxOptions> = {},
): Promise<void> {
  slack = await aWorkspace(options);
  bot = await aRecordingBot(reply);
  await slack.connect(bot.requestUrl);
}

const post = (url: string, body: object) =>
  fetch(url, { method: "POST", body: JSON.stringify(body) }).then(async (response) => ({
    status: response.status,
    ...((await response.json()) as { ok: boolean; error?: string }),
  }));

interface Envelope {
  event_id: string;
  event: Record<string, unknown> & { type: string; text?: string; subtype?: string };
  is_ext_shared_channel: boolean;
}
const envelopes = () => bot.requests.map((request) => JSON.parse(request.body) as Envelope);

describe("a slash command", () => {
  test("is a form signed over its time and body", async () => {
    await connected(() => OK);
    await slack.typeCommand({ ...ANA, text: '/kpi adoption  "a & b" @ben' });
    const [request] = bot.requests;
    expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const time = request?.headers["x-slack-request-timestamp"];
    const digest = createHmac("sha256", SIGNING_SECRET)
      .update(`v0:${time}:${request?.body}`)
      .digest("hex");
    expect(request?.headers["x-slack-signature"]).toBe(`v0=${digest}`);
    expect(bot.field(0, "command")).toBe("/kpi");
    expect(bot.field(0, "text")).toBe('adoption  "a &amp; b" <@U0BEN|ben>');
    expect(bot.field(0, "channel_name")).toBe("all-metrics");
    expect(slack.acks()).toMatchObject([{ kind: "command", outcome: "acknowledged" }]);
  });

  test("answered in its acknowledgement shows the answer to who asked", async () => {
    const body = JSON.stringify({ text: "*41.2%*", response_type: "ephemeral" });
    await connected(() => ({ status: 200, type: "application/json", body }));
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(slack.transcript(CHANNEL)).toBe(
      "[09:00] Throughline (APP, only visible to Ana Ruiz):\n  41.2%",
    );
  });

  test("that is not acknowledged in time fails before the eyes of who asked", async () => {
    await connected(() => null, { timing: { ackMs: 200 } });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(slack.transcript(CHANNEL)).toContain('/kpi failed with the error "operation_timeout"');
    expect(slack.acks().at(-1)).toMatchObject({ kind: "command", outcome: "timeout" });
  });

  test("to a bot that answers with an error, or is not there, fails visibly too", async () => {
    await connected(() => ({ status: 500 }));
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(slack.transcript(CHANNEL)).toContain('"http_service_error"');
    await bot.stop();
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(slack.transcript(CHANNEL)).toContain('"dispatch_failed"');
  });

  test("in a thread, or of no app, never reaches the bot", async () => {
    await connected(() => OK);
    await slack.typeCommand({ ...ANA, text: "/nonsense" });
    const head = slack.messages(CHANNEL)[0]?.ts ?? "";
    await slack.typeCommand({ ...ANA, text: "/kpi adoption", thread: head });
    expect(bot.requests).toHaveLength(0);
    expect(slack.transcript(CHANNEL)).toContain("/nonsense is not a valid command.");
    expect(slack.transcript(CHANNEL)).toContain("/kpi is not supported in threads. Sorry!");
  });
});

describe("a response address", () => {
  test("works five times and no more", async () => {
    await connected(() => OK);
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    const url = bot.field(0, "response_url");
    for (let use = 0; use < 5; use += 1) {
      expect(await post(url, { text: `${use}`, response_type: "in_channel" })).toMatchObject({
        ok: true,
      });
    }
    expect(await post(url, { text: "6" })).toMatchObject({ status: 404, error: "used_url" });
    expect(slack.messages(CHANNEL)).toHaveLength(5);
    expect(slack.problems()).toHaveLength(1);
  });

  test("works for thirty minutes and no longer", async () => {
    let now = new Date("2026-11-16T09:00:00Z");
    await connected(() => OK, { now: () => now });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    const url = bot.field(0, "response_url");
    now = new Date("2026-11-16T09:30:00Z");
    expect(await post(url, { text: "in time" })).toMatchObject({ ok: true });
    now = new Date("2026-11-16T09:30:01Z");
    expect(await post(url, { text: "late" })).toMatchObject({ status: 404, error: "expired_url" });
  });

  test("replaces and deletes what it has said", async () => {
    await connected(() => OK);
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    const url = bot.field(0, "response_url");
    await post(url, { text: "working on it" });
    await post(url, { text: "41.2%", replace_original: true });
    expect(slack.messages(CHANNEL)).toMatchObject([{ text: "41.2%", visibleTo: "U0ANA" }]);
    await post(url, { delete_original: true });
    expect(slack.messages(CHANNEL)).toHaveLength(0);
  });

  test("takes no message that Slack would refuse, and notes fields that it does not know", async () => {
    await connected(() => OK);
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    const url = bot.field(0, "response_url");
    expect(await post(url, { text: "" })).toMatchObject({ status: 400, error: "no_text" });
    await post(url, { text: "a", ephemeral: true });
    expect(slack.problems().map((problem) => problem.what)).toEqual([
      "no_text",
      "unknown field ephemeral",
    ]);
  });
});

test("a trigger opens one view, within three seconds", async () => {
  let now = new Date("2026-11-16T09:00:00Z");
  await connected(() => OK, { now: () => now });
  const client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
  const view = {
    type: "modal" as const,
    title: { type: "plain_text" as const, text: "Explain" },
    blocks: [],
  };
  await slack.typeCommand({ ...ANA, text: "/kpi note" });
  await slack.typeCommand({ ...ANA, text: "/kpi note" });
  const open = (index: number) =>
    client.views.open({ trigger_id: bot.field(index, "trigger_id"), view });
  await open(0);
  await expect(open(0)).rejects.toMatchObject({ data: { error: "exchanged_trigger_id" } });
  now = new Date("2026-11-16T09:00:04Z");
  await expect(open(1)).rejects.toMatchObject({ data: { error: "expired_trigger_id" } });
  expect(slack.state().views).toHaveLength(1);
});

describe("an event", () => {
  test("tells the bot what people say, with the head of the thread they say it in", async () => {
    await connected(() => OK);
    const head = slack.postAsUser({ ...ANA, text: "why < that?" });
    slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "hm", thread_ts: head });
    await slack.settled();
    const events = envelopes().map((envelope) => envelope.event);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "message",
        channel_type: "channel",
        user: "U0ANA",
        text: "why &lt; that?",
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ user: "U0BEN", thread_ts: head, parent_user_id: "U0ANA" }),
    );
  });

  test("tells the bot of its own posts, edits and deletions too", async () => {
    await connected(() => OK);
    const client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "a" });
    await client.chat.update({ channel: CHANNEL, ts, text: "b" });
    await client.chat.delete({ channel: CHANNEL, ts });
    await slack.settled();
    const events = envelopes().map((envelope) => envelope.event);
    expect(events.find((event) => event.ts === ts)).toMatchObject({
      bot_id: "B0BOT",
      user: "U0BOT",
    });
    expect(events.map((event) => event.subtype ?? "").sort()).toEqual([
      "",
      "message_changed",
      "message_deleted",
    ]);
  });

  test("tells nothing of what only one person sees", async () => {
    await connected(() => OK);
    const client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl });
    await client.chat.postEphemeral({ ...ANA, text: "psst" });
    await slack.settled();
    expect(bot.requests).toHaveLength(0);
  });

  test("comes for a mention besides the message itself", async () => {
    await connected(() => OK);
    slack.postAsUser({ ...ANA, text: "@Throughline adoption" });
    await slack.settled();
    expect(
      envelopes()
        .map(({ event }) => event.type)
        .sort(),
    ).toEqual(["app_mention", "message"]);
    expect(envelopes()[0]?.event.text).toBe("<@U0BOT> adoption");
  });

  test("never comes from a channel that the bot is not in, and says when a channel is shared", async () => {
    await connected(() => OK);
    slack.postAsUser({ channel: "C0OUT", user: "U0ANA", text: "secret" });
    slack.postAsUser({ channel: "C0EXT", user: "U0ANA", text: "shared" });
    await slack.settled();
    expect(envelopes()).toMatchObject([{ is_ext_shared_channel: true, event: { text: "shared" } }]);
  });

  test("is sent again under the same id until it is acknowledged, saying which time and why", async () => {
    await connected((index) => ({ status: index < 2 ? 500 : 200 }), {
      timing: { retryDelaysMs: [0, 1, 1] },
    });
    slack.postAsUser({ ...ANA, text: "hello" });
    await slack.settled();
    expect(bot.requests.map(({ headers }) => headers["x-slack-retry-num"])).toEqual([
      undefined,
      "1",
      "2",
    ]);
    expect(bot.requests[1]?.headers["x-slack-retry-reason"]).toBe("http_error");
    expect(new Set(envelopes().map((envelope) => envelope.event_id)).size).toBe(1);
  });

  test("is given up after the third retry", async () => {
    await connected(() => null, { timing: { ackMs: 200, retryDelaysMs: [0, 1, 1] } });
    slack.postAsUser({ ...ANA, text: "hello" });
    await slack.settled();
    expect(bot.requests).toHaveLength(4);
    expect(bot.requests[3]?.headers["x-slack-retry-reason"]).toBe("http_timeout");
  });

  test("is not sent again to a bot that asks for no retry", async () => {
    const headers = { "x-slack-no-retry": "1" };
    await connected(() => ({ status: 500, headers }), { timing: { retryDelaysMs: [0, 1, 1] } });
    slack.postAsUser({ ...ANA, text: "hello" });
    await slack.settled();
    expect(bot.requests).toHaveLength(1);
  });
});

test("a request URL that does not repeat the challenge is not taken", async () => {
  slack = await aWorkspace();
  bot = await aRecordingBot(() => OK);
  await expect(slack.connect(`${slack.url}api/auth.test`)).rejects.toThrow(
    "did not repeat the challenge",
  );
});

describe("who reads a channel", () => {
  test("is told when that is another organisation, or somebody more", async () => {
    await connected(() => OK);
    slack.share(CHANNEL);
    slack.join(CHANNEL, "U0GUEST");
    slack.share(CHANNEL, false);
    await slack.settled();
    const event = { channel: CHANNEL, event_ts: expect.any(String) };
    expect(envelopes().map((envelope) => envelope.event)).toEqual([
      { ...event, type: "channel_shared", connected_team_id: expect.stringMatching(/^[TE]/) },
      {
        ...event,
        type: "member_joined_channel",
        user: "U0GUEST",
        channel_type: "C",
        team: expect.stringMatching(/^T/),
      },
    ]);
    expect(envelopes().map((envelope) => envelope.is_ext_shared_channel)).toEqual([true, true]);
  });
});
