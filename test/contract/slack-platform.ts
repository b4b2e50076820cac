import { createHmac } from "node:crypto";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { startSlack } from "../../src/bot/index.ts";
import { silentLog } from "../../src/log.ts";
import type { ChatHandlers, MessageRef } from "../../src/message.ts";
import { activeInSlack, slackStrings } from "../bot/slack/active-in-slack.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import type { ContractPlatform, Shown } from "./platform.ts";

const signingSecret = "contract-signing-secret";
const botToken = "xoxb-contract";
const channel = { platform: "slack", channel: "C0GTM" };
const person = { platform: "slack", user: "U0ANA" };

export async function slackPlatform(handlers: ChatHandlers): Promise<ContractPlatform> {
  const sandbox = await startSlackSandbox({
    signingSecret,
    botToken,
    channels: [{ id: channel.channel, name: "gtm" }],
    users: [{ id: person.user, name: "ana" }],
    now: () => new Date(),
  });
  const proxy = await startFaultProxy(new URL(sandbox.apiUrl).origin);
  const started = await startSlack({
    botToken,
    signingSecret,
    apiUrl: `${proxy.origin}/api/`,
    host: "127.0.0.1",
    port: 0,
    handlers,
    machineNow: () => Temporal.Now.instant(),
    log: silentLog,
  });
  if (!started.ok) throw new Error(`Slack did not start: ${JSON.stringify(started.fault)}`);
  const address = `${started.value.address}/slack/events`;
  await sandbox.connect(address);
  return { connection: started.value, ...face(sandbox, proxy, address, started.value.stop) };
}

function face(
  sandbox: SlackSandbox,
  proxy: FaultProxy,
  address: string,
  stop: () => Promise<void>,
): Omit<ContractPlatform, "connection"> {
  let last: { head: MessageRef; ts: string; text: string } | null = null;
  return {
    channel,
    person,
    typeCommand: (text) =>
      sandbox.typeCommand({ ...channel, ...person, text: `/kpi ${text}`.trim() }),
    replyInThread: async (head, text) => {
      const ts = sandbox.postAsUser({ ...channel, ...person, text, thread_ts: head.id });
      last = { head, ts, text };
      await sandbox.settled();
      return ts;
    },
    deliverAgain: async () => {
      if (last === null) throw new Error("nothing was said");
      // The sandbox gives each delivery an id of its own, so this one is delivered here, twice.
      const body = eventBody(last);
      for (const at of [0, 1]) await deliver(address, body, at);
    },
    shown: () => shown(sandbox),
    ackMs: () =>
      sandbox
        .acks()
        .filter(({ kind, outcome }) => kind === "command" && outcome === "acknowledged")
        .map(({ ms }) => ms),
    problems: () => sandbox.problems(),
    pictureStages: [
      "files.getUploadURLExternal",
      "files.completeUploadExternal",
      "files.info",
      "chat.update",
    ],
    failNext: (what, how) => {
      const method = what === "post" ? "chat.postMessage" : what;
      proxy.fail(({ path }) => path === `/api/${method}`, faults[how]);
    },
    stop: async () => {
      await stop();
      await proxy.stop();
      await sandbox.stop();
    },
  };
}

const faults = {
  answer_500: { kind: "answer", status: 500, body: "no" },
  lose_answer: { kind: "lose_answer" },
  limit: { kind: "answer", status: 429, headers: { "retry-after": "7" }, body: "{}" },
} as const;

function shown(sandbox: SlackSandbox): Shown[] {
  return sandbox
    .messages(channel.channel)
    .filter(({ author }) => author.kind === "bot")
    .map((message) => ({
      id: message.ts,
      text: slackStrings(message.blocks).join("\n"),
      pictures: message.blocks.filter(({ type }) => type === "image").length,
      hidden: message.visibleTo !== null,
      thread: message.threadTs,
      activeTokens: activeInSlack({ text: message.text, blocks: message.blocks }),
    }));
}

function eventBody({ head, ts, text }: { head: MessageRef; ts: string; text: string }): string {
  const event = {
    type: "message",
    channel: head.channel,
    user: person.user,
    text,
    ts: `${ts}`.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
    thread_ts: head.id,
  };
  return JSON.stringify({ type: "event_callback", team_id: "T0", event_id: `Ev${ts}`, event });
}

/** `later`: in seconds, so that the second delivery has a signature of its own, as Slack's retries have. */
async function deliver(address: string, body: string, later: number): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1000) + later;
  const digest = createHmac("sha256", signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest("hex");
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": String(timestamp),
      "x-slack-signature": `v0=${digest}`,
    },
    body,
  });
  if (response.status !== 200) throw new Error(`delivery answered ${response.status}`);
}
