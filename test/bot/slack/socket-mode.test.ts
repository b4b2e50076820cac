import { afterEach, describe, expect, test, vi } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../../../sandbox/slack/index.ts";
import { startSlack } from "../../../src/bot/index.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import type { ChatHandlers } from "../../../src/message.ts";
import { type FaultProxy, startFaultProxy } from "../../contract/fault-proxy.ts";
import { type MemoryInbox, memoryInbox } from "../../contract/memory-inbox.ts";

const botToken = "xoxb-socket";
const appToken = "xapp-socket-canary";
const ana = { channel: "C0GTM", user: "U0ANA" };

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function aSlack(retryDelaysMs = [0, 100, 300]): Promise<SlackSandbox> {
  const sandbox = await startSlackSandbox({
    signingSecret: "unused",
    botToken,
    appToken,
    channels: [{ id: "C0GTM", name: "gtm" }],
    users: [{ id: "U0ANA", name: "ana" }],
    now: () => new Date(),
    timing: { ackMs: 1_000, retryDelaysMs, pingMs: 200 },
  });
  stops.push(() => sandbox.stop());
  return sandbox;
}

async function aProxy(sandbox: SlackSandbox): Promise<FaultProxy> {
  const proxy = await startFaultProxy(new URL(sandbox.apiUrl).origin);
  stops.push(() => proxy.stop());
  return proxy;
}

const quick = { pongWithinMs: 600, overlapMs: 50, longestPauseMs: 200 };

interface Bot {
  asked: string[];
  said: string[];
  gaps: () => number;
  connected: () => boolean;
  inbox: MemoryInbox & { broken: boolean };
}

async function aBot(
  apiUrl: string,
  more: { pace?: object; log?: Log; handlers?: Partial<ChatHandlers> } = {},
): Promise<Bot> {
  const memory = memoryInbox();
  const inbox = {
    ...memory,
    broken: false,
    put: async (...given: Parameters<MemoryInbox["put"]>) => {
      if (inbox.broken) throw new Error("the database is away");
      return memory.put(...given);
    },
  };
  const asked: string[] = [];
  const said: string[] = [];
  let gaps = 0;
  const started = await startSlack({
    botToken,
    appToken,
    apiUrl,
    log: more.log ?? silentLog,
    onGap: () => {
      gaps += 1;
    },
    socketPace: { ...quick, ...more.pace },
    handlers: {
      onCommand: async ({ text }) => void asked.push(text),
      onClick: async () => {},
      onThreadReply: async ({ text }) => void said.push(text),
      inbox,
      ...more.handlers,
    },
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  stops.push(started.value.stop);
  return { asked, said, gaps: () => gaps, connected: started.value.connected, inbox };
}

function until(look: () => boolean, timeout = 30_000): Promise<boolean> {
  return vi.waitUntil(look, { timeout, interval: 10 });
}

describe("a socket to Slack", () => {
  test("that is cut again and again is back each time, and leaves none behind", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl);
    for (let cut = 1; cut <= 20; cut += 1) {
      sandbox.sockets.drop();
      await until(() => bot.gaps() === cut && bot.connected());
    }
    await until(() => sandbox.sockets.size === 1);
    await sandbox.typeCommand({ ...ana, text: "/kpi adoption" });
    await until(() => bot.asked.length === 1);
    expect(sandbox.problems()).toEqual([]);
  }, 120_000);

  test.each(["refresh_requested", "warning", "link_disabled"] as const)(
    "that Slack takes away with %s is followed by another",
    async (reason) => {
      const sandbox = await aSlack();
      const bot = await aBot(sandbox.apiUrl);
      sandbox.sockets.disconnect(reason);
      await until(() => bot.gaps() === 1 && bot.connected() && sandbox.sockets.size === 1);
      await sandbox.typeCommand({ ...ana, text: "/kpi adoption" });
      await until(() => bot.asked.length === 1);
    },
  );

  test("is tried again for as long as Slack gives none, and the bot says so meanwhile", async () => {
    const sandbox = await aSlack();
    const proxy = await aProxy(sandbox);
    const bot = await aBot(`${proxy.origin}/api/`);
    const opening = ({ path }: { path: string }) => path === "/api/apps.connections.open";
    const refused = '{"ok":false,"error":"invalid_auth"}';
    proxy.fail(opening, { kind: "answer", status: 500, body: "no" }, 2);
    proxy.fail(opening, { kind: "answer", status: 200, body: refused }, 2);
    proxy.fail(opening, { kind: "answer", status: 200, body: "not JSON" }, 2);
    proxy.fail(opening, { kind: "lose_answer" }, 2);
    sandbox.sockets.drop();
    await until(() => !bot.connected());
    await until(() => bot.connected());
    await sandbox.typeCommand({ ...ana, text: "/kpi adoption" });
    await until(() => bot.asked.length === 1);
  }, 60_000);

  test("that answers no pings is given up", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl);
    // Long enough for a first pong, so that silence is noticed as silence.
    await until(() => bot.connected());
    sandbox.sockets.deafen("everything");
    await until(() => bot.gaps() > 0);
    sandbox.sockets.deafen(null);
    await until(() => bot.connected());
    await sandbox.typeCommand({ ...ana, text: "/kpi adoption" });
    await until(() => bot.asked.length === 1);
  }, 60_000);

  test("that answers pings and brings nothing is replaced, and what it did not bring comes", async () => {
    const lines: string[] = [];
    const log = { ...silentLog, warn: (event: string) => void lines.push(event) };
    const sandbox = await aSlack([300, 300, 300]);
    const bot = await aBot(sandbox.apiUrl, { log, pace: { renewAfterMs: 1_500 } });
    sandbox.sockets.deafen("envelopes");
    sandbox.postAsUser({ ...ana, text: "@Throughline adoption" });
    await until(() => sandbox.sockets.size === 2);
    sandbox.sockets.deafen(null);
    await until(() => bot.asked.length === 1);
    expect(bot.asked).toEqual(["adoption"]);
    expect(lines).toContain("slack_delivered_late");
    expect(bot.gaps()).toBeGreaterThan(0);
    await until(() => sandbox.sockets.size === 1);
  }, 60_000);

  test("that nothing is said over is replaced without a moment between", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl, { pace: { renewAfterMs: 200, overlapMs: 100 } });
    let sizes = 0;
    let away = 0;
    const began = performance.now();
    while (sizes < 3) {
      if (sandbox.sockets.size === 2) {
        sizes += 1;
        await until(() => sandbox.sockets.size === 1);
      }
      if (sandbox.sockets.size === 0 || !bot.connected()) away += 1;
      if (performance.now() - began > 30_000) throw new Error("not replaced");
      await new Promise((next) => setImmediate(next));
    }
    expect(away).toBe(0);
    expect(bot.gaps()).toBe(0);
  }, 60_000);
});

describe("what comes over a socket", () => {
  test("is not acknowledged when it cannot be kept, and is dealt with when it comes again", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl);
    const head = sandbox.postAsUser({ ...ana, text: "head" });
    await sandbox.settled();
    bot.inbox.broken = true;
    sandbox.postAsUser({ ...ana, text: "kept", thread_ts: head });
    await until(() => sandbox.acks().some(({ outcome }) => outcome === "timeout"));
    expect(bot.said).toEqual([]);
    bot.inbox.broken = false;
    await until(() => bot.said.length > 0);
    await sandbox.settled();
    expect(bot.said).toEqual(["kept"]);
  }, 60_000);

  test("is dealt with once, though the socket goes before it is acknowledged", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl);
    const { put } = bot.inbox;
    const head = sandbox.postAsUser({ ...ana, text: "head" });
    await sandbox.settled();
    bot.inbox.put = async (...given) => {
      const isNew = await put(...given);
      if (given[2] !== null && bot.gaps() === 0) {
        sandbox.sockets.drop();
        await until(() => bot.gaps() > 0);
      }
      return isNew;
    };
    sandbox.postAsUser({ ...ana, text: "said once", thread_ts: head });
    await until(() => bot.said.length > 0);
    await sandbox.settled();
    expect(bot.said).toEqual(["said once"]);
    expect(sandbox.acks().filter(({ outcome }) => outcome === "timeout")).not.toEqual([]);
  }, 60_000);
});

describe("starting with an app token", () => {
  const options = { botToken, log: silentLog, onGap: () => {} };
  const nothing = { onCommand: async () => {}, onClick: async () => {} };
  const handlers = { ...nothing, onThreadReply: async () => {}, inbox: memoryInbox() };

  test("that Slack does not know is told by Slack's word", async () => {
    const sandbox = await aSlack();
    const unknown = { ...options, apiUrl: sandbox.apiUrl, appToken: "xapp-unknown", handlers };
    expect(await startSlack(unknown)).toEqual({
      ok: false,
      fault: { kind: "refused", code: "invalid_auth" },
    });
  });

  test("that no token has is told before it is sent anywhere", async () => {
    const malformed = {
      ...options,
      apiUrl: "http://127.0.0.1:9/",
      appToken: "xapp-a\nb",
      handlers,
    };
    expect(await startSlack(malformed)).toEqual({ ok: false, fault: { kind: "malformed_token" } });
  });

  test("that is stopped while there is no socket ends at once", async () => {
    const sandbox = await aSlack();
    const proxy = await aProxy(sandbox);
    const bot = await aBot(`${proxy.origin}/api/`);
    proxy.fail(() => true, { kind: "answer", status: 500, body: "no" }, 1_000);
    sandbox.sockets.drop();
    await until(() => !bot.connected());
    const began = performance.now();
    await stops.pop()?.();
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
