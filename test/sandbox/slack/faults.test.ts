import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../sandbox/slack/index.ts";
import { METHODS } from "../../../sandbox/slack/methods/all-methods.ts";
import { METHOD_NAMES } from "../../../sandbox/slack/methods/method-names.ts";
import { aRecordingBot, type RecordingBot } from "./a-recording-bot.ts";
import { aPng, aWorkspace, BOT_TOKEN } from "./a-workspace.ts";

const CHANNEL = "C0ALL";
const ANA = { channel: CHANNEL, user: "U0ANA" };

let slack: SlackSandbox;
let client: WebClient;

function aClient(): WebClient {
  return new WebClient(BOT_TOKEN, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/** A call as it goes over the wire; `answer` fails as the network does. */
const call = (method: string, body: Record<string, string>, signal?: AbortSignal) =>
  fetch(`${slack.apiUrl}${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${BOT_TOKEN}` },
    body: new URLSearchParams(body),
    ...(signal ? { signal } : {}),
  });
const say = (text: string, signal?: AbortSignal) =>
  call("chat.postMessage", { channel: CHANNEL, text }, signal);
const texts = () => slack.messages(CHANNEL).map(({ text }) => text);

describe("a call of the Web API", () => {
  beforeEach(async () => {
    slack = await aWorkspace();
    client = aClient();
  });
  afterEach(() => slack.stop());

  test("is limited with the time to wait, or without it, and is not carried out", async () => {
    slack.faults.next("chat.postMessage", { kind: "limited", retryAfterS: 7 });
    slack.faults.next("chat.postMessage", { kind: "limited" });
    const first = await say("a");
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
    const second = await say("b");
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, null]);
    expect((await say("c")).status).toBe(200);
    expect(texts()).toEqual(["c"]);
    expect(slack.faults.count("chat.postMessage")).toBe(2);
  });

  test("limited reaches the real client as a rate limit", async () => {
    slack.faults.next("chat.postMessage", { kind: "limited", retryAfterS: 7 });
    const post = client.chat.postMessage({ channel: CHANNEL, text: "a" });
    await expect(post).rejects.toMatchObject({
      code: "slack_webapi_rate_limited_error",
      retryAfter: 7,
    });
  });

  test("fails with a status and a body that is no JSON", async () => {
    slack.faults.next("chat.postMessage", { kind: "status", status: 502 });
    slack.faults.next("chat.postMessage", { kind: "status", status: 500, body: "no" });
    const bad = await say("a");
    expect(bad.status).toBe(502);
    expect(await bad.text()).toContain("{not json");
    expect(await (await say("b")).text()).toBe("no");
    expect(texts()).toEqual([]);
  });

  test("fails after it has been carried out", async () => {
    slack.faults.next("chat.postMessage", { kind: "status", status: 503, afterEffect: true });
    slack.faults.next("chat.postMessage", { kind: "reset", afterEffect: true });
    expect((await say("a")).status).toBe(503);
    await expect(say("b")).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(texts()).toEqual(["a", "b"]);
  });

  test("is reset before anything happened", async () => {
    slack.faults.next("chat.postMessage", { kind: "reset" });
    await expect(say("a")).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(texts()).toEqual([]);
  });

  test("hangs until its caller gives up", async () => {
    slack.faults.next("chat.postMessage", { kind: "hang" });
    const given = say("a", AbortSignal.timeout(100));
    await expect(given).rejects.toMatchObject({ name: "TimeoutError" });
    expect((await say("b")).status).toBe(200);
  });

  test("is answered drop by drop, whole in the end", async () => {
    slack.faults.next("auth.test", { kind: "slow", bytesPerSecond: 2_000 });
    const response = await call("auth.test", {});
    const chunks = await Array.fromAsync(response.body ?? []);
    expect(chunks.length).toBeGreaterThan(5);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ ok: true });
  });

  test.each([
    "missing_scope",
    "not_in_channel",
    "channel_not_found",
    "is_archived",
    "token_revoked",
  ])("is refused with %s", async (error) => {
    slack.faults.next("chat.postMessage", { kind: "error", error, body: { needed: "chat:write" } });
    const post = client.chat.postMessage({ channel: CHANNEL, text: "a" });
    await expect(post).rejects.toMatchObject({ data: { ok: false, error, needed: "chat:write" } });
    expect(texts()).toEqual([]);
  });

  test("meets its own fault before that of any method, and none once they are cleared", async () => {
    slack.faults.always("any method", { kind: "error", error: "token_revoked" });
    slack.faults.next("chat.postMessage", { kind: "error", error: "not_in_channel" });
    const errors = [];
    for (let n = 0; n < 3; n += 1)
      errors.push(((await (await say("a")).json()) as { error?: string }).error);
    expect(errors).toEqual(["not_in_channel", "token_revoked", "token_revoked"]);
    slack.faults.clear();
    expect(await (await say("b")).json()).toMatchObject({ ok: true });
    expect(slack.faults.count("any method")).toBe(2);
  });

  test("fails the next time and every time until then, as planned", async () => {
    slack.faults.next("chat.postMessage", { kind: "status", status: 500 }, 3);
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await say(`${n}`)).status);
    expect(statuses).toEqual([500, 500, 500, 200]);
  });

  test("can be any that the sandbox knows", () => {
    expect(Object.keys(METHODS).sort()).toEqual([...METHOD_NAMES].sort());
  });
});

describe("a file", () => {
  beforeEach(async () => {
    slack = await aWorkspace();
    client = aClient();
  });
  afterEach(() => slack.stop());

  async function upload(channel?: string): Promise<string> {
    const png = aPng(8, 8);
    const asked = await client.files.getUploadURLExternal({
      filename: "a.png",
      length: png.length,
    });
    await fetch(asked.upload_url ?? "", { method: "POST", body: new Uint8Array(png) });
    const id = asked.file_id ?? "";
    const where = channel ? { channel_id: channel } : {};
    await client.files.completeUploadExternal({ files: [{ id }], ...where });
    return id;
  }

  test("has its type late", async () => {
    slack.faults.next("file", { kind: "late_mimetype", looks: 3 });
    const file = await upload();
    const types = [];
    for (let n = 0; n < 5; n += 1) types.push((await client.files.info({ file })).file?.mimetype);
    expect(types).toEqual(["", "", "", "image/png", "image/png"]);
  });

  test("shows late where it was shared, though the message is there", async () => {
    slack.faults.next("file", { kind: "late_shares", looks: 2 });
    const file = await upload(CHANNEL);
    const shares = [];
    for (let n = 0; n < 3; n += 1) shares.push((await client.files.info({ file })).file?.shares);
    expect(shares).toMatchObject([undefined, undefined, { public: { [CHANNEL]: [{}] } }]);
    expect(slack.messages(CHANNEL)).toHaveLength(1);
  });

  test("is lost on its way up", async () => {
    slack.faults.next("upload", { kind: "status", status: 500 });
    await expect(upload()).rejects.toMatchObject({ data: { error: "file_not_found" } });
  });
});

describe("a delivery", () => {
  let bot: RecordingBot;
  beforeEach(async () => {
    slack = await aWorkspace({ timing: { retryDelaysMs: [0, 1] } });
    bot = await aRecordingBot(() => ({ status: 200 }));
    await slack.connect(bot.requestUrl);
  });
  afterEach(async () => {
    await slack.stop();
    await bot.stop();
  });

  const heard = () =>
    bot.requests.map(({ headers, body }) => {
      const { event, event_id } = JSON.parse(body) as { event_id: string; event: { text: string } };
      return { text: event.text, id: event_id, retry: headers["x-slack-retry-num"] };
    });
  const answerTo = (url: string) =>
    fetch(url, { method: "POST", body: JSON.stringify({ text: "a" }) }).then((got) => got.json());

  test("is lost, so that only the retry arrives", async () => {
    slack.faults.next("event", { kind: "lost" });
    slack.postAsUser({ ...ANA, text: "hello" });
    await slack.settled();
    expect(heard()).toMatchObject([{ text: "hello", retry: "1" }]);
  });

  test("comes twice under one id, signed each time anew", async () => {
    slack.faults.next("event", { kind: "twice" });
    slack.postAsUser({ ...ANA, text: "hello" });
    await slack.settled();
    expect(heard().map(({ retry }) => retry)).toEqual([undefined, "1"]);
    expect(new Set(heard().map(({ id }) => id)).size).toBe(1);
    const signatures = bot.requests.map(({ headers }) => headers["x-slack-signature"]);
    expect(new Set(signatures).size).toBe(2);
  });

  test("is overtaken by later ones", async () => {
    slack.faults.next("event", { kind: "overtaken", by: 2 });
    for (const text of ["first", "second", "third"]) slack.postAsUser({ ...ANA, text });
    await slack.settled();
    expect(heard().at(-1)?.text).toBe("first");
    expect(heard()).toHaveLength(3);
  });

  test("is told again days later, under the id it had", async () => {
    slack.postAsUser({ ...ANA, text: "hello" });
    await slack.settled();
    await slack.replayEvents();
    expect(heard()).toHaveLength(2);
    expect(heard()[1]).toEqual(heard()[0]);
  });

  test("comes late, and is given up while it is on its way", async () => {
    slack.faults.next("command", { kind: "delayed", ms: 20 });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(slack.acks().at(-1)).toMatchObject({ outcome: "acknowledged" });
    expect(slack.acks().at(-1)?.ms).toBeGreaterThanOrEqual(19);
  });

  test("comes with a trigger that is over", async () => {
    slack.faults.next("command", { kind: "expired_trigger" });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    const title = { type: "plain_text" as const, text: "Explain" };
    const open = aClient().views.open({
      trigger_id: bot.field(0, "trigger_id"),
      view: { type: "modal", title, blocks: [] },
    });
    await expect(open).rejects.toMatchObject({ data: { error: "expired_trigger_id" } });
  });

  test.each([
    ["used_response_url", "used_url"],
    ["expired_response_url", "expired_url"],
  ] as const)("comes with an address that is of no use: %s", async (kind, error) => {
    slack.faults.next("command", { kind });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(await answerTo(bot.field(0, "response_url"))).toMatchObject({ ok: false, error });
  });

  test("is answered through an address that fails after it has worked", async () => {
    slack.faults.next("response_url", { kind: "status", status: 500, afterEffect: true });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    const url = bot.field(0, "response_url");
    const answer = await fetch(url, { method: "POST", body: JSON.stringify({ text: "41.2%" }) });
    expect(answer.status).toBe(500);
    expect(texts()).toEqual(["41.2%"]);
  });
});

describe("over HTTP", () => {
  beforeEach(async () => {
    slack = await aWorkspace();
  });
  afterEach(() => slack.stop());

  const plan = (body: unknown, type = "application/json") =>
    fetch(`${slack.url}faults`, {
      method: "POST",
      headers: { "content-type": type },
      body: JSON.stringify(body),
    });
  const list = async () => (await fetch(`${slack.url}faults`)).json();

  test("faults are planned, listed and cleared", async () => {
    const reset = { kind: "reset" };
    await plan({ place: "chat.postMessage", fault: reset, times: 2 });
    await plan({ place: "event", fault: { kind: "lost" }, times: "always" });
    await expect(say("a")).rejects.toThrow("fetch failed");
    expect(await list()).toMatchObject({
      planned: [
        { place: "chat.postMessage", fault: reset, left: 1 },
        { place: "event", fault: { kind: "lost" }, left: "always" },
      ],
      met: { "chat.postMessage": 1 },
    });
    await fetch(`${slack.url}faults?place=event`, { method: "DELETE" });
    expect(await list()).toMatchObject({ planned: [{ place: "chat.postMessage" }] });
    await fetch(`${slack.url}faults`, { method: "DELETE" });
    expect(await list()).toMatchObject({ planned: [] });
  });

  test.each([
    [{ place: "chat.postMassage", fault: { kind: "reset" } }, "place"],
    [{ place: "event", fault: { kind: "reset" } }, "fault"],
    [{ place: "chat.update", fault: { kind: "status" } }, "status"],
    [{ place: "chat.update", fault: { kind: "reset" }, times: 0 }, "times"],
  ])("%j is refused with the field that is wrong", async (body, named) => {
    const response = await plan(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(named);
    expect(await list()).toMatchObject({ planned: [] });
  });

  test("another page's form plans nothing", async () => {
    const response = await plan({ place: "event", fault: { kind: "lost" } }, "text/plain");
    expect(response.status).toBe(415);
  });
});

test("a sandbox that is stopped leaves no call hanging", async () => {
  slack = await startSlackSandbox({
    signingSecret: "s",
    botToken: BOT_TOKEN,
    channels: [],
    users: [],
    now: () => new Date(),
  });
  slack.faults.always("any method", { kind: "hang" });
  const hanging = call("auth.test", {});
  await slack.waitFor(() => slack.faults.count("any method") === 1);
  await slack.stop();
  await expect(hanging).rejects.toThrow("fetch failed");
});
