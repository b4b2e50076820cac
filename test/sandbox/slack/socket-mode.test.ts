import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { SlackSandbox, SlackSandboxOptions } from "../../../sandbox/slack/index.ts";
import { aWorkspace, BOT_TOKEN } from "./a-workspace.ts";

const APP_TOKEN = "xapp-1-A0APP-sandbox";
const CHANNEL = "C0ALL";
const ANA = { channel: CHANNEL, user: "U0ANA" };

let slack: SlackSandbox;
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function aSlack(options: Partial<SlackSandboxOptions> = {}): Promise<void> {
  slack = await aWorkspace({ appToken: APP_TOKEN, ...options });
  stops.push(() => slack.stop());
}

/** A real Bolt app over sockets; `listen` registers what it answers to. */
async function anApp(listen: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: APP_TOKEN,
    logLevel: LogLevel.ERROR,
    // Else the receiver's own client asks slack.com.
    installerOptions: { clientOptions },
    clientPingTimeout: 200,
  });
  const app = new App({ token: BOT_TOKEN, receiver, clientOptions, logLevel: LogLevel.ERROR });
  listen(app);
  await app.start();
  stops.push(async () => {
    await app.stop();
    await slack.waitFor(() => slack.sockets.size === 0, 10_000);
  });
  return app;
}

const open = (token: string) =>
  new WebClient(token, { slackApiUrl: slack.apiUrl }).apps.connections.open({});

interface Frame {
  type: string;
  envelope_id?: string;
  reason?: string;
  num_connections?: number;
  accepts_response_payload?: boolean;
  retry_attempt?: number;
  payload?: { event_id?: string; command?: string; event?: { text?: string } };
}

interface BareSocket {
  frames: Frame[];
  pings: string[];
  /** Null while it is open. */
  closed(): number | null;
}

/** A socket without a library: what came over it, raw. It acknowledges what `takes` says. */
async function aSocket(takes: (frame: Frame) => boolean = () => false): Promise<BareSocket> {
  const { url = "" } = await open(APP_TOKEN);
  const socket = new WebSocket(url);
  stops.push(() => socket.terminate());
  const frames: Frame[] = [];
  const pings: string[] = [];
  let closed: number | null = null;
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    if (takes(frame)) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
  });
  socket.on("ping", (data) => pings.push(String(data)));
  socket.on("close", (code) => {
    closed = code;
  });
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  return { frames, pings, closed: () => closed };
}

const events = (socket: BareSocket) => socket.frames.filter(({ type }) => type === "events_api");

describe("a real Bolt app over a socket", () => {
  test("answers a command in its acknowledgement and through its response address", async () => {
    await aSlack();
    await anApp((app) => {
      app.command("/kpi", async ({ ack, command, respond }) => {
        await ack({ text: `asked for ${command.text}` });
        await respond({ text: "41.2%", response_type: "in_channel" });
      });
    });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    await slack.waitFor(() => slack.messages(CHANNEL).length === 2);
    const texts = slack.messages(CHANNEL).map(({ text, visibleTo }) => [text, visibleTo]);
    expect(texts.sort()).toEqual([
      ["41.2%", null],
      ["asked for adoption", "U0ANA"],
    ]);
    expect(slack.acks()).toMatchObject([{ kind: "command", outcome: "acknowledged" }]);
    expect(slack.problems()).toEqual([]);
  });

  test("hears events, and of a click with the button's value", async () => {
    await aSlack();
    await anApp((app) => {
      app.message(/why/, async ({ say }) => {
        const button = { type: "button" as const, action_id: "why", value: "adoption" };
        const text = { type: "plain_text" as const, text: "Why" };
        const elements = [{ ...button, text }];
        await say({ text: "ask", blocks: [{ type: "actions", elements }] });
      });
      app.action("why", async ({ ack, action, respond }) => {
        await ack();
        const value = action.type === "button" ? action.value : "?";
        await respond({ text: `why ${value}: mix`, replace_original: true });
      });
    });
    slack.postAsUser({ ...ANA, text: "why?" });
    const asked = await slack.waitFor(() => slack.messages(CHANNEL)[1]);
    await slack.click({ ...ANA, message: asked.ts, actionId: "why" });
    await slack.waitFor(() => slack.messages(CHANNEL)[1]?.text === "why adoption: mix");
    expect(slack.problems()).toEqual([]);
  });

  test.each(["refresh_requested", "warning"] as const)(
    "comes back after Slack has said %s, and hears what is said then",
    async (reason) => {
      await aSlack();
      const heard: string[] = [];
      await anApp((app) => {
        app.message(async ({ message }) => {
          if (message.subtype === undefined) heard.push(message.text ?? "");
        });
      });
      slack.sockets.disconnect(reason);
      await slack.waitFor(() => slack.sockets.size === 0, 10_000);
      await slack.waitFor(() => slack.sockets.size === 1, 10_000);
      slack.postAsUser({ ...ANA, text: "still there?" });
      await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["still there?"]);
    },
  );

  test("comes back after its line was cut, and hears of what was said in between", async () => {
    await aSlack({ timing: { retryDelaysMs: [0, 300, 500, 1_000, 2_000, 4_000] } });
    const heard: string[] = [];
    await anApp((app) => {
      app.message(async ({ message }) => {
        if (message.subtype === undefined) heard.push(message.text ?? "");
      });
    });
    slack.sockets.drop();
    await slack.waitFor(() => slack.sockets.size === 0);
    slack.postAsUser({ ...ANA, text: "in between" });
    await expect.poll(() => heard, { timeout: 15_000 }).toEqual(["in between"]);
  });

  test("leaves a connection that has gone silent, pings and all", async () => {
    await aSlack();
    const heard: string[] = [];
    await anApp((app) => {
      app.message(async ({ message }) => {
        if (message.subtype === undefined) heard.push(message.text ?? "");
      });
    });
    slack.sockets.deafen("everything");
    // Its own pings are not answered: it hangs up, and nobody says goodbye.
    await slack.waitFor(() => slack.sockets.size === 0, 15_000);
    slack.sockets.deafen(null);
    await slack.waitFor(() => slack.sockets.size === 1, 15_000);
    slack.postAsUser({ ...ANA, text: "back?" });
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["back?"]);
  });
});

describe("apps.connections.open", () => {
  test("takes the app's token and no other", async () => {
    await aSlack();
    expect((await open(APP_TOKEN)).url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/);
    await expect(open(BOT_TOKEN)).rejects.toMatchObject({
      data: { error: "not_allowed_token_type" },
    });
    await expect(open("xapp-other")).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    const post = new WebClient(APP_TOKEN, { slackApiUrl: slack.apiUrl });
    await expect(post.chat.postMessage({ channel: CHANNEL, text: "a" })).rejects.toMatchObject({
      data: { error: "not_allowed_token_type" },
    });
  });

  test("gives an address that is good once, and for half a minute", async () => {
    let now = new Date("2026-11-16T09:00:00Z");
    await aSlack({ now: () => now });
    const statusAt = (url: string) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(url);
        stops.push(() => socket.terminate());
        socket.on("open", () => resolve(101));
        socket.on("error", () => {});
        socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
      });
    const { url = "" } = await open(APP_TOKEN);
    expect(await statusAt(url)).toBe(101);
    expect(await statusAt(url)).toBe(403);
    const { url: late = "" } = await open(APP_TOKEN);
    now = new Date("2026-11-16T09:00:31Z");
    expect(await statusAt(late)).toBe(403);
    expect(slack.sockets.size).toBe(1);
  });
});

describe("a connection", () => {
  test("is greeted with how many there are, and pinged", async () => {
    await aSlack({ timing: { pingMs: 20 } });
    const first = await aSocket();
    expect(first.frames[0]).toEqual({
      type: "hello",
      num_connections: 1,
      debug_info: { host: "applink-1", build_number: 10, approximate_connection_time: 18_060 },
      connection_info: { app_id: "A0APP" },
    });
    expect((await aSocket()).frames[0]).toMatchObject({ num_connections: 2 });
    await expect.poll(() => first.pings.length).toBeGreaterThan(1);
    expect(first.pings[0]).toBe("Ping from applink-1");
  });

  test("takes its turn with the others", async () => {
    await aSlack();
    const sockets = [await aSocket(() => true), await aSocket(() => true)];
    for (const text of ["a", "b", "c", "d"]) slack.postAsUser({ ...ANA, text });
    await slack.settled();
    const heard = sockets.map((socket) =>
      events(socket).map(({ payload }) => payload?.event?.text),
    );
    expect(heard).toEqual([
      ["a", "c"],
      ["b", "d"],
    ]);
  });

  test("gets an event again that it has not acknowledged, under the same event's id", async () => {
    await aSlack({ timing: { ackMs: 50, retryDelaysMs: [0, 1, 1] } });
    const socket = await aSocket((frame) => frame.retry_attempt === 1);
    slack.postAsUser({ ...ANA, text: "hello" });
    await slack.settled();
    expect(events(socket)).toMatchObject([
      { retry_attempt: 0, retry_reason: "", accepts_response_payload: false },
      { retry_attempt: 1, retry_reason: "timeout" },
    ]);
    const ids = events(socket).map(({ payload }) => payload?.event_id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(events(socket).map((frame) => frame.envelope_id)).size).toBe(2);
  });

  test("that does not acknowledge a command fails before the eyes of who asked, once", async () => {
    await aSlack({ timing: { ackMs: 50 } });
    const socket = await aSocket();
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(slack.transcript(CHANNEL)).toContain('/kpi failed with the error "operation_timeout"');
    expect(socket.frames.slice(1)).toMatchObject([
      { type: "slash_commands", accepts_response_payload: true, payload: { command: "/kpi" } },
    ]);
  });

  test("that is deaf stays open and hears nothing until it is healed", async () => {
    await aSlack({ timing: { ackMs: 50, retryDelaysMs: [0], pingMs: 20 } });
    const socket = await aSocket();
    slack.sockets.deafen("envelopes");
    slack.postAsUser({ ...ANA, text: "lost" });
    await slack.settled();
    const before = socket.pings.length;
    await expect.poll(() => socket.pings.length).toBeGreaterThan(before);
    slack.sockets.deafen(null);
    slack.postAsUser({ ...ANA, text: "found" });
    await expect.poll(() => events(socket)[0]?.payload?.event?.text).toBe("found");
  });

  test("is warned, then sent away, when its time is over", async () => {
    await aSlack({ timing: { connectionMs: 200, warningMs: 100 } });
    const socket = await aSocket();
    await expect.poll(() => socket.closed()).toBe(1000);
    expect(socket.frames.slice(1).map(({ reason }) => reason)).toEqual([
      "warning",
      "refresh_requested",
    ]);
  });

  test("that is an eleventh is sent away, and all are when Socket Mode is turned off", async () => {
    await aSlack();
    const sockets: BareSocket[] = [];
    for (let n = 0; n < 10; n += 1) sockets.push(await aSocket());
    const eleventh = await aSocket();
    expect(eleventh.frames).toMatchObject([{ type: "disconnect", reason: "too_many_websockets" }]);
    await expect.poll(() => eleventh.closed()).toBe(1000);
    slack.sockets.disconnect("link_disabled");
    await expect.poll(() => sockets.filter((socket) => socket.closed() === 1000)).toHaveLength(10);
    expect(sockets[3]?.frames.at(-1)).toMatchObject({ reason: "link_disabled" });
    await slack.typeCommand({ ...ANA, text: "/kpi adoption" });
    expect(slack.transcript(CHANNEL)).toContain('"dispatch_failed"');
  });
});
