import { type Client, Events, GatewayIntentBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type DiscordSandbox, startDiscordSandbox } from "../../../sandbox/discord/index.ts";
import { ANA, aClient, aRest, aServer, CHANNEL } from "./a-server.ts";

interface Packet {
  op: number;
  s?: number;
  t?: string;
  d?: unknown;
}

/** A client that says only what a test has it say. */
function aRawClient(sandbox: DiscordSandbox) {
  const socket = new WebSocket(sandbox.apiUrl.replace(/^http/, "ws").replace("/api", "/gateway"));
  const packets: Packet[] = [];
  const closed = Promise.withResolvers<number>();
  socket.on("message", (data) => packets.push(JSON.parse(String(data))));
  socket.on("close", (code) => closed.resolve(code));
  return {
    packets,
    closed: closed.promise,
    hello: () => expect.poll(() => packets[0]?.op).toBe(10),
    send: (packet: object | string) =>
      socket.send(typeof packet === "string" ? packet : JSON.stringify(packet)),
    told: (t: string) => expect.poll(() => packets.map((packet) => packet.t)).toContain(t),
    sessionId: () => {
      const d = packets.find(({ t }) => t === "READY")?.d;
      return (d as { session_id: string }).session_id;
    },
    leave: () => socket.terminate(),
  };
}

async function anIdentifiedClient(of: DiscordSandbox) {
  const client = aRawClient(of);
  await client.hello();
  client.send(identify());
  await client.told("GUILD_CREATE");
  return client;
}

const identify = (d: object = {}) => ({ op: 2, d: { token: "t", intents: 1 << 9, ...d } });
const resume = (session_id: string, seq: number) => ({
  op: 6,
  d: { token: "t", session_id, seq },
});

let sandbox: DiscordSandbox;
let client: Client<true> | null;
beforeEach(() => {
  client = null;
});
afterEach(async () => {
  await client?.destroy();
  await sandbox.stop();
});

describe("a connection is closed", () => {
  test.each<[number, string, (object | string)[]]>([
    [4001, "for an opcode that there is not", [{ op: 99 }]],
    [4002, "for what is no JSON", ["{"]],
    [4003, "for asking before it has identified", [{ op: 3, d: {} }]],
    [4004, "for a wrong token", [identify({ token: "x" })]],
    [4005, "for identifying twice", [identify(), identify()]],
    [4013, "for intents that there are not", [identify({ intents: 2 ** 30 })]],
    [4014, "for intents that it was not given", [identify({ intents: 1 << 15 })]],
    [4008, "for more than 120 packets a minute", Array(121).fill({ op: 1, d: null })],
  ])("with %i %s", async (code, _, packets) => {
    sandbox = await aServer({ refusedIntents: GatewayIntentBits.MessageContent });
    const raw = aRawClient(sandbox);
    await raw.hello();
    for (const packet of packets) raw.send(packet);
    expect(await raw.closed).toBe(code);
  });

  test("with 4004 once it has identified too often, which is counted", async () => {
    sandbox = await aServer({ mostStarts: 1 });
    const first = await anIdentifiedClient(sandbox);
    expect(await aRest(sandbox).get("/gateway/bot")).toMatchObject({
      session_start_limit: { total: 1, remaining: 0 },
    });
    const second = aRawClient(sandbox);
    await second.hello();
    second.send(identify());
    expect(await second.closed).toBe(4004);
    first.leave();
  });
});

describe("a session", () => {
  test("is resumed from the number that its client has seen, and not from one it was never told", async () => {
    sandbox = await aServer();
    const first = await anIdentifiedClient(sandbox);
    first.leave();
    await sandbox.waitFor(() => sandbox.connected() === 0);
    sandbox.postAsUser({ channel: CHANNEL, user: ANA, text: "meanwhile" });
    const [session, seen] = [first.sessionId(), first.packets.at(-1)?.s ?? 0];
    const second = aRawClient(sandbox);
    await second.hello();
    second.send(resume(session, seen));
    await second.told("RESUMED");
    expect(second.packets.map(({ t }) => t)).toEqual([undefined, "MESSAGE_CREATE", "RESUMED"]);
    second.leave();
    const third = aRawClient(sandbox);
    await third.hello();
    third.send(resume(session, seen + 100));
    expect(await third.closed).toBe(4007);
  });

  test("is not resumed when more has happened than is kept", async () => {
    sandbox = await aServer();
    const first = await anIdentifiedClient(sandbox);
    first.leave();
    await sandbox.waitFor(() => sandbox.connected() === 0);
    for (let said = 0; said < 1_001; said += 1)
      sandbox.postAsUser({ channel: CHANNEL, user: ANA, text: "a" });
    const second = aRawClient(sandbox);
    await second.hello();
    second.send(resume(first.sessionId(), 2));
    await expect.poll(() => second.packets.at(-1)).toEqual({ op: 9, d: false });
    second.leave();
  });

  test("that is over is begun anew by the real client", async () => {
    sandbox = await startDiscordSandbox({
      botToken: "t",
      channels: [{ id: CHANNEL, name: "gtm" }],
      users: [{ id: ANA, name: "ana" }],
      now: () => new Date(),
    });
    let began = 0;
    const heard: string[] = [];
    client = await aClient(sandbox, (starting) => {
      starting.on(Events.ShardReady, () => {
        began += 1;
      });
      starting.on(Events.MessageCreate, ({ content }) => heard.push(content));
    });
    sandbox.invalidateSessions();
    await expect.poll(() => began, { timeout: 30_000 }).toBe(2);
    sandbox.postAsUser({ channel: CHANNEL, user: ANA, text: "again" });
    await expect.poll(() => heard, { timeout: 15_000 }).toEqual(["again"]);
  });
});
