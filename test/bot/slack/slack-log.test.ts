import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slackLogger } from "../../../src/bot/slack/slack-log.ts";
import { type LogFields, silentLog } from "../../../src/log.ts";
import { aBot, aSlack, until } from "./a-socket-bot.ts";
import { anHttpBot } from "./an-http-bot.ts";

function listening() {
  const told: (LogFields | undefined)[] = [];
  const tell = (_: string, fields?: LogFields) => void told.push(fields);
  return { told, log: { ...silentLog, warn: tell, error: tell } };
}

const whats = (told: readonly (LogFields | undefined)[]) => told.map((fields) => fields?.what);

describe("what Slack's libraries complain of", () => {
  test("is told of a socket that falls silent, and of one that cannot be had", async () => {
    const { told, log } = listening();
    const sandbox = await aSlack();
    const bot = await aBot(sandbox.apiUrl, { log });
    sandbox.faults.next("apps.connections.open", { kind: "error", error: "internal_error" });
    sandbox.sockets.deafen("everything");
    await until(() => whats(told).includes("no_socket_address"));
    sandbox.sockets.deafen(null);
    await until(() => bot.connected());
    expect(whats(told)).toContain("no_pong");
  }, 60_000);

  test("is told of a request that is not Slack's", async () => {
    const { told, log } = listening();
    const bot = await anHttpBot({ log });
    await fetch(bot.address, { method: "POST", body: "{}" });
    await bot.stop();
    expect(whats(told)).toEqual(["not_verified"]);
  });

  test("is never told in their words, whatever these are", () => {
    const secret = "xoxb-1234-canary";
    const line = fc.oneof(
      fc
        .constantFrom("WebSocket error! ", "Failed to retrieve a new WSS URL (error: ", "")
        .map((beginning) => `${beginning}${secret}`),
      fc.constant(new Error(secret)),
      fc.record({ token: fc.constant(secret) }),
    );
    fc.assert(
      fc.property(fc.array(line), (said) => {
        const { told, log } = listening();
        slackLogger(log).error(...said);
        expect(JSON.stringify(told)).not.toContain(secret);
      }),
    );
  });
});
