import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type DiscordSandbox, startDiscordSandbox } from "../../../sandbox/discord/index.ts";
import { renderMarkdown } from "../../../sandbox/discord/page/render-markdown.ts";

const channel = "1100000000000000001";
const user = "1200000000000000001";
let sandbox: DiscordSandbox;
let now = new Date("2026-11-16T09:00:00Z");

beforeAll(async () => {
  sandbox = await startDiscordSandbox({
    botToken: "t",
    channels: [{ id: channel, name: "gtm" }],
    users: [
      { id: user, name: "ana" },
      { id: "1200000000000000002", name: "out", member: false },
      { id: "1200000000000000003", name: "closed", isClosed: true },
    ],
    now: () => now,
  });
});
afterAll(() => sandbox.stop());

const quiet = { allowed_mentions: { parse: [] } };

async function call(method: string, path: string, body?: unknown, authorization = "Bot t") {
  const response = await fetch(`${sandbox.apiUrl}/v10${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const read: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
  return { status: response.status, body: read };
}

describe("the API", () => {
  test("knows nobody without the token", async () => {
    expect(await call("GET", "/gateway/bot", undefined, "Bot other")).toMatchObject({
      status: 401,
    });
  });

  test("notes what no route knows", async () => {
    expect(await call("GET", "/guilds/1/nonsense")).toMatchObject({ status: 404 });
    expect(sandbox.problems().at(-1)).toEqual({
      where: "GET /guilds/1/nonsense",
      what: "unknown route",
    });
  });

  test("posts once under a nonce, for some minutes, and forgets the nonce with the reading", async () => {
    const body = { ...quiet, content: "x", nonce: "n1", enforce_nonce: true };
    const first = await call("POST", `/channels/${channel}/messages`, body);
    expect(first.body.nonce).toBe("n1");
    const second = await call("POST", `/channels/${channel}/messages`, body);
    expect(second.body.id).toBe(first.body.id);
    const read = await call("GET", `/channels/${channel}/messages/${String(first.body.id)}`);
    expect(read.body.nonce).toBeUndefined();
    now = new Date(now.getTime() + 10 * 60_000);
    const third = await call("POST", `/channels/${channel}/messages`, body);
    expect(third.body.id).not.toBe(first.body.id);
  });

  test.each([
    ["an empty message", { ...quiet, content: " " }, 50006],
    ["2,001 characters", { ...quiet, content: "x".repeat(2_001) }, 50035],
    ["an embed of 4,097", { ...quiet, embeds: [{ description: "x".repeat(4_097) }] }, 50035],
    ["mentions left to Discord", { content: "@everyone" }, 50035],
    [
      "eleven embeds",
      { ...quiet, embeds: Array.from({ length: 11 }, () => ({ title: "x" })) },
      50035,
    ],
  ])("refuses %s", async (_, body, code) => {
    const refused = await call("POST", `/channels/${channel}/messages`, body);
    expect(refused).toMatchObject({ status: 400, body: { code } });
  });

  test("says where in a body each fault is, as a tree of Discord's own codes", async () => {
    const refused = await call("POST", `/channels/${channel}/messages`, {
      ...quiet,
      content: "x".repeat(2_001),
      embeds: [{}, { title: "x".repeat(257) }],
    });
    const tooLong = (most: number) => ({
      _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${most} or fewer in length.` }],
    });
    expect(refused.body).toEqual({
      message: "Invalid Form Body",
      code: 50035,
      errors: { content: tooLong(2_000), embeds: { 1: { title: tooLong(256) } } },
    });
  });

  test("opens one direct message with a person, which the server does not see", async () => {
    const opened = await call("POST", "/users/@me/channels", { recipient_id: user });
    expect(opened.body).toMatchObject({ type: 1, recipients: [{ id: user }] });
    expect(opened.body.guild_id).toBeUndefined();
    const again = await call("POST", "/users/@me/channels", { recipient_id: user });
    expect(again.body.id).toBe(opened.body.id);
    const said = { ...quiet, content: "for you" };
    await call("POST", `/channels/${String(opened.body.id)}/messages`, said);
    expect(sandbox.directMessages(user)).toMatchObject([{ content: "for you" }]);
    const own = await fetch(`${sandbox.url}?channel=${String(opened.body.id)}&user=${user}`);
    expect(await own.text()).toContain("for you");
  });

  test.each([
    ["who shares no server with the bot", "1200000000000000002"],
    ["who takes none", "1200000000000000003"],
  ])("delivers no direct message to one %s", async (_, recipient) => {
    const opened = await call("POST", "/users/@me/channels", { recipient_id: recipient });
    expect(opened.status).toBe(200);
    const path = `/channels/${String(opened.body.id)}/messages`;
    const refused = await call("POST", path, { ...quiet, content: "x" });
    expect(refused).toMatchObject({ status: 403, body: { code: 50007 } });
  });

  test("opens no direct message with nobody", async () => {
    const refused = await call("POST", "/users/@me/channels", { recipient_id: "1" });
    expect(refused).toMatchObject({ status: 400, body: { code: 50033 } });
  });

  test("starts one thread from a message, with the message's id", async () => {
    const { body } = await call("POST", `/channels/${channel}/messages`, {
      ...quiet,
      content: "head",
    });
    const path = `/channels/${channel}/messages/${String(body.id)}/threads`;
    expect(await call("POST", path, { name: "talk" })).toMatchObject({
      status: 201,
      body: { id: body.id, type: 11, parent_id: channel },
    });
    expect(await call("POST", path, { name: "talk" })).toMatchObject({ body: { code: 160004 } });
  });

  test("takes the first answer to an interaction once", async () => {
    await call("PUT", "/applications/1000000000000000003/commands");
    const declared = {
      name: "kpi",
      description: "d",
      options: [{ name: "ask", description: "d", type: 3 }],
    };
    const put = await call("PUT", "/applications/1000000000000000003/commands", [declared]);
    expect(put.status).toBe(200);
    const told = Promise.withResolvers<{ id: string; token: string }>();
    const socket = await connected((event, d) => {
      if (event === "INTERACTION_CREATE")
        told.resolve({ id: String(d.id), token: String(d.token) });
    });
    const typed = sandbox.typeCommand({ channel, user, text: "/kpi adoption" });
    const { id, token } = await told.promise;
    const path = `/interactions/${id}/${token}/callback`;
    expect(await call("POST", path, { type: 5 })).toMatchObject({ status: 204 });
    expect(await call("POST", path, { type: 5 })).toMatchObject({ body: { code: 40060 } });
    await typed;
    expect(sandbox.acks().at(-1)).toMatchObject({ outcome: "acknowledged" });
    expect(sandbox.transcript(channel)).toContain("is thinking…");
    socket.close();
  });
});

/** A client of the gateway that has identified itself. */
async function connected(tell: (event: string, d: Record<string, unknown>) => void) {
  const socket = new WebSocket(sandbox.apiUrl.replace(/^http/, "ws").replace("/api", "/gateway"));
  const ready = Promise.withResolvers<void>();
  socket.on("message", (data) => {
    const packet: { op: number; t?: string; d: Record<string, unknown> } = JSON.parse(String(data));
    if (packet.op === 10) {
      socket.send(JSON.stringify({ op: 2, d: { token: "t", intents: 1 << 9 } }));
    }
    if (packet.t === "GUILD_CREATE") ready.resolve();
    if (packet.t) tell(packet.t, packet.d);
  });
  await ready.promise;
  return socket;
}

test("the gateway keeps what is said from a bot without the intent for it", async () => {
  const told = Promise.withResolvers<unknown>();
  const socket = await connected((event, d) => {
    if (event === "MESSAGE_CREATE") told.resolve(d.content);
  });
  sandbox.postAsUser({ channel, user, text: "secret" });
  expect(await told.promise).toBe("");
  socket.close();
});

test("the gateway closes on a wrong token with 4004", async () => {
  const socket = new WebSocket(sandbox.apiUrl.replace(/^http/, "ws").replace("/api", "/gateway"));
  const closed = Promise.withResolvers<number>();
  socket.on("open", () =>
    socket.send(JSON.stringify({ op: 2, d: { token: "wrong", intents: 0 } })),
  );
  socket.on("close", (code) => closed.resolve(code));
  expect(await closed.promise).toBe(4004);
});

test("the page shows a channel, and what people write only as text", async () => {
  sandbox.postAsUser({ channel, user, text: "<script>alert(1)</script>" });
  const html = await (await fetch(`${sandbox.url}?channel=${channel}&still`)).text();
  expect(html).toContain("# gtm");
  expect(html).not.toContain("<script>");
  expect(html).toContain("&lt;script&gt;");
});

test("markdown is drawn as Discord draws it", () => {
  expect(renderMarkdown("## A \\*b\\*")).toBe("<h2>A *b*</h2>");
  expect(renderMarkdown("**a\\*b** `c`")).toBe("<p><b>a*b</b> <code>c</code></p>");
  expect(renderMarkdown("-# small\n```\na<\n```")).toBe(
    "<small>small</small><pre><i>a</i><i>&lt;</i>\n</pre>",
  );
  expect(renderMarkdown("[x](<https://e.example/>)")).toBe(
    '<p><a href="https://e.example/">x</a></p>',
  );
});
