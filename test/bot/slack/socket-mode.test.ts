import { describe, expect, test } from "vitest";
import { startSlack } from "../../../src/bot/index.ts";
import { silentLog } from "../../../src/log.ts";
import { memoryInbox } from "../../contract/memory-inbox.ts";
import { aBot, ana, aSlack, botToken, hurried, until } from "./a-socket-bot.ts";

const opening = "apps.connections.open";

describe("a socket to Slack", () => {
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
    const bot = await aBot(sandbox.apiUrl);
    const { faults } = sandbox;
    faults.next(opening, { kind: "status", status: 500 }, 2);
    faults.next(opening, { kind: "error", error: "invalid_auth" }, 2);
    faults.next(opening, { kind: "status", status: 200, body: "not JSON" }, 2);
    faults.next(opening, { kind: "reset", afterEffect: true }, 2);
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

  test("that nothing is said over is replaced without a moment between", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl, {
      pace: { ...hurried, renewAfterMs: 200, overlapMs: 100 },
    });
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

describe("a socket that is to be replaced", () => {
  test("and ends before another can be had is told as away, and what was missed is asked for", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl, { pace: { ...hurried, renewAfterMs: 100 } });
    sandbox.faults.always(opening, { kind: "status", status: 500 });
    await until(() => sandbox.faults.count(opening) > 2);
    sandbox.sockets.drop();
    await until(() => !bot.connected());
    expect(bot.gaps()).toBe(0);
    sandbox.faults.clear();
    await until(() => bot.connected());
    expect(bot.gaps()).toBe(1);
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
  const handlers = {
    ...nothing,
    onThreadReply: async () => {},
    onReadersChanged: async () => {},
    onTurnedAway: async () => {},
    inbox: memoryInbox(),
  };

  test("that Slack does not know is told by Slack's word", async () => {
    const sandbox = await aSlack();
    const unknown = { ...options, apiUrl: sandbox.apiUrl, appToken: "xapp-unknown", handlers };
    expect(await startSlack(unknown)).toEqual({
      ok: false,
      fault: { kind: "app_token_refused", code: "invalid_auth" },
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
    const bot = await aBot(sandbox.apiUrl);
    sandbox.faults.always("any method", { kind: "status", status: 500 });
    sandbox.sockets.drop();
    await until(() => !bot.connected());
    const began = performance.now();
    await bot.stop();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("that is stopped while Slack keeps it waiting for a socket ends at once, and opens none", async () => {
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl);
    sandbox.faults.next(opening, { kind: "hang" });
    sandbox.sockets.drop();
    await until(() => sandbox.faults.count(opening) === 1);
    const began = performance.now();
    await bot.stop();
    // Waiting for Slack would take 10 s.
    expect(performance.now() - began).toBeLessThan(5_000);
    expect([bot.gaps(), bot.connected(), sandbox.sockets.size]).toEqual([0, false, 0]);
  });
});
