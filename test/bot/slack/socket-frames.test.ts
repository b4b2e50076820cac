import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { startSlack } from "../../../src/bot/index.ts";
import { silentLog } from "../../../src/log.ts";
import { memoryInbox } from "../../contract/memory-inbox.ts";
import { asManyAsFit } from "../../support/as-many-as-fit.ts";

/** A Slack that says over its socket whatever it is told to, which the sandbox's does not. */
let server: Server;
let sockets: WebSocketServer;
let socket: WebSocket;
let stop = async () => {};
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const isOpening = request.url === "/api/apps.connections.open";
    const self = { bot_id: "B0BOT", user_id: "U0BOT", team_id: "T0" };
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ ok: true, ...(isOpening ? { url: `ws://127.0.0.1:${port}/link` } : self) }),
    );
  });
  sockets = new WebSocketServer({ server });
  sockets.on("connection", (opened) => {
    socket = opened;
    opened.send(JSON.stringify({ type: "hello" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const started = await startSlack({
    botToken: "xoxb-frames",
    appToken: "xapp-frames",
    apiUrl: `http://127.0.0.1:${port}/api/`,
    onGap: () => {},
    log: silentLog,
    handlers: {
      onCommand: async ({ text }) => void asked.push(text),
      onClick: async () => {},
      onThreadReply: async () => {},
      onReadersChanged: async () => {},
      onTurnedAway: async () => {},
      inbox: memoryInbox(),
    },
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  stop = started.value.stop;
});

afterAll(async () => {
  await stop();
  sockets.close();
  server.close();
});

let count = 0;

async function stillThere(): Promise<void> {
  count += 1;
  const text = `still here ${count}`;
  const payload = {
    command: "/kpi",
    text,
    trigger_id: text,
    user_id: "U0ANA",
    channel_id: "C0ALL",
    team_id: "T0",
    response_url: "http://127.0.0.1:9/none",
  };
  socket.send(JSON.stringify({ type: "slash_commands", envelope_id: text, payload }));
  await vi.waitUntil(() => asked.includes(text), { timeout: 20_000 });
}

test.each([
  "null",
  "7",
  "not JSON",
  "",
  '{"type":"events_api"}',
  '{"type":"events_api","payload":{}}',
])("a frame that reads %j ends nothing", async (frame) => {
  socket.send(frame);
  await stillThere();
});

test("no frame ends anything", async () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const type = fc.constantFrom(
    "events_api",
    "slash_commands",
    "interactive",
    "error",
    "close",
    "x",
  );
  const frame = fc.oneof(anything, fc.record({ type, envelope_id: anything, payload: anything }));
  await asManyAsFit(
    fc.asyncProperty(frame, async (value) => {
      socket.send(JSON.stringify(value));
      await new Promise((next) => setImmediate(next));
    }),
    { most: 2_000, ms: 3_000 },
  );
  await stillThere();
  expect(sockets.clients.size).toBeGreaterThan(0);
}, 60_000);
