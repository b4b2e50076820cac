import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SlackSandbox } from "../../../sandbox/slack/index.ts";
import { aPng, aWorkspace, BOT_TOKEN } from "./a-workspace.ts";

const CHANNEL = "C0ALL";

let slack: SlackSandbox;
let client: WebClient;

beforeEach(async () => {
  slack = await aWorkspace();
  client = new WebClient(BOT_TOKEN, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(() => slack.stop());

/** A file as the bot brings it in, without a look at it yet. */
async function anUpload(name = "trend.png"): Promise<string> {
  const png = aPng(40, 20);
  const asked = await client.apiCall("files.getUploadURLExternal", {
    filename: name,
    length: png.length,
    alt_txt: "a trend",
  });
  const { upload_url, file_id } = asked as unknown as { upload_url: string; file_id: string };
  await fetch(upload_url, { method: "POST", body: new Uint8Array(png) });
  await client.files.completeUploadExternal({ files: [{ id: file_id, title: "Trend" }] });
  return file_id;
}

test("of more messages than anybody scrolls through the oldest go, and their threads with them", async () => {
  const head = slack.postAsUser({ channel: CHANNEL, user: "U0ANA", text: "head" });
  slack.postAsUser({ channel: CHANNEL, user: "U0ANA", text: "reply", thread_ts: head });
  for (let said = 0; said < 5_000; said += 1)
    slack.postAsUser({ channel: CHANNEL, user: "U0ANA", text: `${said}` });
  expect(slack.messages(CHANNEL)).toHaveLength(5_000);
  expect(slack.messages(CHANNEL)[0]?.text).toBe("0");
  const replies = client.conversations.replies({ channel: CHANNEL, ts: head });
  await expect(replies).rejects.toMatchObject({ data: { error: "thread_not_found" } });
});

describe("a message", () => {
  test("has a ts of its own that grows even though the clock stands still", async () => {
    const stamps = [];
    for (let n = 0; n < 5; n += 1) {
      stamps.push((await client.chat.postMessage({ channel: CHANNEL, text: `${n}` })).ts ?? "");
    }
    expect(new Set(stamps).size).toBe(5);
    expect([...stamps].sort()).toEqual(stamps);
  });

  test("is changed in place and marked as edited, with blocks gone when only text comes", async () => {
    const blocks = [{ type: "divider" }];
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "draft", blocks });
    await client.chat.update({ channel: CHANNEL, ts, text: "final" });
    const [message] = slack.messages(CHANNEL);
    expect(message).toMatchObject({ ts, text: "final", blocks: [] });
    expect(slack.transcript(CHANNEL)).toBe("[09:00] Throughline (APP, edited):\n  final");
  });

  test("of somebody else can be neither changed nor deleted", async () => {
    const ts = slack.postAsUser({ channel: CHANNEL, user: "U0ANA", text: "mine" });
    const change = client.chat.update({ channel: CHANNEL, ts, text: "yours" });
    await expect(change).rejects.toMatchObject({ data: { error: "cant_update_message" } });
    const deletion = client.chat.delete({ channel: CHANNEL, ts });
    await expect(deletion).rejects.toMatchObject({ data: { error: "cant_delete_message" } });
    expect(slack.messages(CHANNEL)).toHaveLength(1);
  });

  test("that was deleted is found no more", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "oops" });
    await client.chat.delete({ channel: CHANNEL, ts });
    const again = client.chat.delete({ channel: CHANNEL, ts });
    await expect(again).rejects.toMatchObject({ data: { error: "message_not_found" } });
  });

  test("shows its metadata only to who asks for it", async () => {
    const metadata = { event_type: "delivery", event_payload: { id: "d-1" } };
    await client.chat.postMessage({ channel: CHANNEL, text: "report", metadata });
    const plain = await client.conversations.history({ channel: CHANNEL });
    expect(plain.messages?.[0]).not.toHaveProperty("metadata");
    const full = await client.conversations.history({
      channel: CHANNEL,
      include_all_metadata: true,
    });
    expect(full.messages?.[0]).toMatchObject({ metadata });
  });

  test("keeps its metadata through a change, until an empty object takes it away", async () => {
    const metadata = { event_type: "delivery", event_payload: { id: "d-1" } };
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "a", metadata });
    await client.chat.update({ channel: CHANNEL, ts, text: "b" });
    expect(slack.messages(CHANNEL)[0]?.metadata).toEqual(metadata);
    await client.apiCall("chat.update", { channel: CHANNEL, ts, text: "c", metadata: {} });
    expect(slack.messages(CHANNEL)[0]?.metadata).toBeNull();
  });

  test("may be longer when it is new than when it replaces another", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "x".repeat(4001) });
    const change = client.chat.update({ channel: CHANNEL, ts, text: "x".repeat(4001) });
    await expect(change).rejects.toMatchObject({ data: { error: "msg_too_long" } });
    await client.chat.update({ channel: CHANNEL, ts, text: "x".repeat(4000) });
  });

  test("with metadata that is none is refused and noted", async () => {
    const post = client.apiCall("chat.postMessage", {
      channel: CHANNEL,
      text: "a",
      metadata: { id: 1 },
    });
    await expect(post).rejects.toMatchObject({ data: { error: "invalid_metadata_format" } });
    expect(slack.problems()).toHaveLength(1);
  });

  test("to one person is in no history", async () => {
    await client.chat.postEphemeral({ channel: CHANNEL, user: "U0ANA", text: "psst" });
    const { messages } = await client.conversations.history({ channel: CHANNEL });
    expect(messages).toEqual([]);
    expect(slack.transcript(CHANNEL)).toContain("only visible to Ana Ruiz");
  });

  test("has a permalink that leads to it on the page", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: CHANNEL, text: "here" });
    const link = await client.chat.getPermalink({ channel: CHANNEL, message_ts: ts });
    const landed = await fetch(link.permalink ?? "");
    expect(landed.status).toBe(200);
    expect(new URL(landed.url).searchParams.get("thread")).toBe(ts);
  });
});

describe("a thread", () => {
  test("is read oldest first with its head, which counts its replies", async () => {
    const head = slack.postAsUser({ channel: CHANNEL, user: "U0ANA", text: "why?" });
    await client.chat.postMessage({ channel: CHANNEL, thread_ts: head, text: "because" });
    slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "ah", thread_ts: head });
    const { messages } = await client.conversations.replies({ channel: CHANNEL, ts: head });
    expect(messages?.map((message) => message.text)).toEqual(["why?", "because", "ah"]);
    expect(messages?.[0]).toMatchObject({
      thread_ts: head,
      reply_count: 2,
      reply_users: ["U0BOT", "U0BEN"],
    });
    expect(messages?.[1]).toMatchObject({
      thread_ts: head,
      parent_user_id: "U0ANA",
      bot_id: "B0BOT",
    });
    const history = await client.conversations.history({ channel: CHANNEL });
    expect(history.messages?.map((message) => message.text)).toEqual(["why?"]);
  });

  test("gives what came after a ts, page by page", async () => {
    const head = slack.postAsUser({ channel: CHANNEL, user: "U0ANA", text: "head" });
    const replies = ["a", "b", "c", "d"].map((text) =>
      slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text, thread_ts: head }),
    );
    const first = await client.conversations.replies({
      channel: CHANNEL,
      ts: head,
      oldest: replies[0] ?? "",
      limit: 2,
    });
    expect(first.messages?.map((message) => message.text)).toEqual(["head", "b", "c"]);
    expect(first.has_more).toBe(true);
    const rest = await client.conversations.replies({
      channel: CHANNEL,
      ts: head,
      oldest: replies[0] ?? "",
      limit: 2,
      cursor: first.response_metadata?.next_cursor ?? "",
    });
    expect(rest.messages?.map((message) => message.text)).toEqual(["head", "d"]);
  });

  test("answered through a reply's ts goes to the head, and is noted", async () => {
    const head = slack.postAsUser({ channel: CHANNEL, user: "U0ANA", text: "head" });
    const reply = slack.postAsUser({ channel: CHANNEL, user: "U0BEN", text: "a", thread_ts: head });
    const posted = await client.chat.postMessage({ channel: CHANNEL, thread_ts: reply, text: "b" });
    expect(posted.message).toMatchObject({ thread_ts: head });
    expect(slack.problems()).toHaveLength(1);
  });
});

describe("a picture", () => {
  const withPicture = (id: string) => ({
    channel: CHANNEL,
    text: "the trend",
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: "the trend" } },
      { type: "image", slack_file: { id }, alt_text: "a trend" },
    ],
  });

  test("has no type at first, and is an image when it is looked at again", async () => {
    const file = await anUpload();
    const early = await client.files.info({ file });
    expect(early.file).toMatchObject({ mimetype: "", title: "Trend" });
    const settled = await client.files.info({ file });
    expect(settled.file).toMatchObject({ mimetype: "image/png", original_w: 40, original_h: 20 });
  });

  test("in a message too early is refused as Slack refuses it, and is no problem of the sender's", async () => {
    const id = await anUpload();
    const early = client.chat.postMessage(withPicture(id));
    await expect(early).rejects.toMatchObject({
      data: {
        error: "invalid_blocks",
        errors: ["invalid slack file [json-pointer:/blocks/1/slack_file]"],
      },
    });
    expect(slack.messages(CHANNEL)).toHaveLength(0);
    await client.chat.postMessage(withPicture(id));
    expect(slack.transcript(CHANNEL)).toContain("[image: a trend]");
    expect(slack.problems()).toEqual([]);
  });

  test("whose bytes are fewer than announced is refused", async () => {
    const asked = await client.files.getUploadURLExternal({ filename: "a.png", length: 100 });
    const sent = await fetch(asked.upload_url ?? "", { method: "POST", body: "short" });
    expect(sent.status).toBe(400);
    const finish = client.files.completeUploadExternal({ files: [{ id: asked.file_id ?? "" }] });
    await expect(finish).rejects.toMatchObject({ data: { error: "file_not_found" } });
  });

  test("sent by the library's own uploadV2 arrives in the channel", async () => {
    await client.filesUploadV2({
      channel_id: CHANNEL,
      file: aPng(8, 8),
      filename: "a.png",
      title: "A",
    });
    expect(slack.transcript(CHANNEL)).toContain("[image: A]");
    expect(slack.problems()).toEqual([]);
  });
});
