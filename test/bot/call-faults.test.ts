import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { REST } from "discord.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { discordCaller } from "../../src/bot/discord/discord-call.ts";
import { slackCaller, slackClient } from "../../src/bot/slack/slack-call.ts";
import { silentLog } from "../../src/log.ts";
import type { ChatFault } from "../../src/message.ts";
import type { Result } from "../../src/result.ts";

// One server that answers every call as the case says, for the real clients of both platforms.
let answer: (response: ServerResponse) => void = () => {};
let calls = 0;
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    calls += 1;
    request.resume();
    request.on("end", () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
});

const timeoutMs = 300;
const shape = z.object({ id: z.string() });

const platforms: [string, (at: string) => Promise<Result<unknown, ChatFault>>][] = [
  [
    "Slack",
    (at) =>
      slackCaller(slackClient("xoxb-token", `${at}/api/`, timeoutMs, silentLog))(
        "chat.postMessage",
        { channel: "C", text: "x" },
        shape,
      ),
  ],
  [
    "Discord",
    (at) => {
      const rest = new REST({ api: `${at}/api`, retries: 0, rejectOnRateLimit: () => true });
      const call = discordCaller(rest.setToken("token"), timeoutMs);
      return call("POST", "/channels/1/messages", { body: { content: "x" } }, shape);
    },
  ],
];

function say(status: number, body: string, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body);
  };
}

describe.each(platforms)("a call of %s", (name, call) => {
  const cases: [string, (response: ServerResponse) => void, ChatFault["kind"]][] = [
    ["status 500", say(500, "oops"), "ambiguous"],
    ["status 502 and a page of a proxy", say(502, "<html>bad gateway</html>"), "ambiguous"],
    ["garbage instead of JSON", say(200, "{{{"), "ambiguous"],
    ["JSON that is something else", say(200, '{"ok":true,"hello":1}'), "ambiguous"],
    ["a reset", (response) => response.socket?.resetAndDestroy(), "ambiguous"],
    ["no answer", () => {}, "ambiguous"],
    ["an answer that never ends", (response) => response.writeHead(200).write("{"), "ambiguous"],
    ["a limit", say(429, '{"retry_after":7}', { "retry-after": "7" }), "limited"],
    ["a limit without a time", say(429, "{}"), "limited"],
    ["status 403", say(403, '{"message":"Missing Access","code":50001}'), "refused"],
  ];

  test.each(cases)(
    "that meets %s is tried once and tells what that means",
    async (_, how, kind) => {
      answer = how;
      calls = 0;
      const began = performance.now();
      const result = await call(origin);
      expect(result).toMatchObject({ ok: false, fault: { kind } });
      expect(calls).toBe(1);
      expect(performance.now() - began).toBeLessThan(timeoutMs + 2_000);
    },
  );

  test("that finds nobody there was not made", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const result = await call(`http://127.0.0.1:${port}`);
    expect(result).toEqual({ ok: false, fault: { kind: "unreachable", code: "ECONNREFUSED" } });
  });

  test("takes any body at all, and tells none of it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(200, 400, 404, 500, 503),
        fc.oneof(fc.string(), fc.json()),
        async (status, body) => {
          answer = say(status, body);
          const result = await call(origin);
          if (result.ok || result.fault.kind === "limited") return;
          expect(result.fault.code).toMatch(/^\w{1,40}$/);
        },
      ),
      { numRuns: 100 },
    );
  });

  if (name === "Slack") {
    test.each([
      ["internal_error", "ambiguous"],
      ["fatal_error", "ambiguous"],
      ["service_unavailable", "unreachable"],
      ["ratelimited", "limited"],
      ["is_archived", "refused"],
      ["invalid_auth", "refused"],
    ])("that is told %s is %s", async (error, kind) => {
      answer = say(200, JSON.stringify({ ok: false, error }));
      expect(await call(origin)).toMatchObject({ ok: false, fault: { kind } });
    });
  }
});
