/** A bot that takes Slack's signed requests, and what a test signs and sends it by itself. */
import { createHmac } from "node:crypto";
import { type SlackSandbox, startSlackSandbox } from "../../../sandbox/slack/index.ts";
import { startSlack } from "../../../src/bot/index.ts";
import type { ChatHandlers } from "../../../src/chat-connection.ts";
import { type Log, silentLog } from "../../../src/log.ts";
import type { ChatPort } from "../../../src/message.ts";
import { memoryInbox } from "../../contract/memory-inbox.ts";

export interface HttpBot {
  /** Its Slack, which delivers nothing to the bot until it is connected. */
  sandbox: SlackSandbox;
  port: ChatPort;
  /** Where Slack's requests go. */
  address: string;
  stop(): Promise<void>;
}

export async function anHttpBot(
  given: {
    signingSecret?: string;
    botToken?: string;
    log?: Log;
    handlers?: Partial<ChatHandlers>;
  } = {},
): Promise<HttpBot> {
  const { signingSecret = "signing", botToken = "xoxb-http", log = silentLog } = given;
  const sandbox = await startSlackSandbox({
    signingSecret,
    botToken,
    channels: [{ id: "C0GTM", name: "gtm" }],
    users: [{ id: "U0ANA", name: "ana" }],
    now: () => new Date(),
  });
  const started = await startSlack({
    botToken,
    signingSecret,
    apiUrl: sandbox.apiUrl,
    host: "127.0.0.1",
    port: 0,
    machineNow: () => Temporal.Now.instant(),
    log,
    handlers: {
      onCommand: async () => {},
      onClick: async () => {},
      onThreadReply: async () => {},
      onReadersChanged: async () => {},
      onTurnedAway: async () => {},
      inbox: memoryInbox(),
      ...given.handlers,
    },
  });
  if (!started.ok) throw new Error(started.fault.kind);
  const { port, address, stop } = started.value;
  return {
    sandbox,
    port,
    address: `${address}/slack/events`,
    stop: async () => {
      await stop();
      await sandbox.stop();
    },
  };
}

/** As Slack signs; `timestamp` in seconds since 1970. */
export function slackSignature(secret: string, timestamp: number | string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** The fields of a `/kpi` as Slack sends it. */
export function commandForm(text: string, trigger: string): string {
  return new URLSearchParams({
    command: "/kpi",
    text,
    trigger_id: trigger,
    user_id: "U0ANA",
    channel_id: "C0GTM",
    team_id: "T0SANDBOX",
    response_url: "http://127.0.0.1:9/none",
  }).toString();
}
