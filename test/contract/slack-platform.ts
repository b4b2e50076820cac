import { isObject, objectsOf, textOf } from "../../sandbox/json.ts";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { startSlack } from "../../src/bot/index.ts";
import type { ChatHandlers } from "../../src/chat-connection.ts";
import { silentLog } from "../../src/log.ts";
import type { MessageRef } from "../../src/message.ts";
import { activeInSlack, slackStrings } from "../bot/slack/active-in-slack.ts";
import { slackSignature } from "../bot/slack/an-http-bot.ts";
import type { ContractPlatform, Shown } from "./platform.ts";

const signingSecret = "contract-signing-secret";
const botToken = "xoxb-contract";
const appToken = "xapp-contract";
const channel = { platform: "slack", channel: "C0GTM" };
const person = { platform: "slack", user: "U0ANA" };

export async function slackPlatform(handlers: ChatHandlers): Promise<ContractPlatform> {
  const { sandbox, options } = await aWorkspace(handlers);
  const machineNow = () => Temporal.Now.instant();
  const http = { signingSecret, host: "127.0.0.1", port: 0, machineNow };
  const connection = theConnection(await startSlack({ ...options, ...http }));
  const address = `${connection.address}/slack/events`;
  await sandbox.connect(address);
  // The sandbox gives each delivery an id of its own, so this one is delivered here, twice.
  const again = async (body: string) => {
    for (const at of [0, 1]) await deliver(address, body, at);
  };
  return { connection, ...face(sandbox, again, connection.stop) };
}

/** The same over a socket that the bot opens. */
export async function slackSocketPlatform(handlers: ChatHandlers): Promise<ContractPlatform> {
  const { sandbox, options } = await aWorkspace(handlers);
  const started = await startSlack({ ...options, appToken, onGap: () => {} });
  const connection = theConnection(started);
  // What is not acknowledged comes again by itself: test/bot/slack/socket-mode.test.ts.
  return { connection, ...face(sandbox, async () => {}, connection.stop) };
}

function theConnection(started: Awaited<ReturnType<typeof startSlack>>) {
  if (!started.ok) throw new Error(`Slack did not start: ${JSON.stringify(started.fault)}`);
  return started.value;
}

async function aWorkspace(handlers: ChatHandlers) {
  const sandbox = await startSlackSandbox({
    signingSecret,
    botToken,
    appToken,
    channels: [{ id: channel.channel, name: "gtm" }],
    users: [{ id: person.user, name: "ana" }],
    now: () => new Date(),
  });
  const { apiUrl } = sandbox;
  return { sandbox, options: { botToken, apiUrl, handlers, log: silentLog } };
}

function face(
  sandbox: SlackSandbox,
  again: (body: string) => Promise<void>,
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
    press: async (message, label) => {
      const actionId = buttonOf(sandbox, message, label);
      await sandbox.click({ ...channel, ...person, message, actionId });
    },
    choose: async (message, label, choice) => {
      const { menu, value } = choiceOf(sandbox, message, label, choice);
      await sandbox.click({ ...channel, ...person, message, actionId: menu, option: value });
    },
    deliverAgain: async () => {
      if (last === null) throw new Error("nothing was said");
      await again(eventBody(last));
    },
    handed: () => handed(sandbox),
    fileStages: ["files.completeUploadExternal"],
    shown: () => shown(sandbox),
    ackMs: () =>
      sandbox
        .acks()
        .filter(({ kind, outcome }) => kind === "command" && outcome === "acknowledged")
        .map(({ ms }) => ms),
    problems: () => sandbox.problems(),
    pictureStages,
    failNext: (what, how) => {
      const method = pictureStages.find((stage) => stage === what) ?? "chat.postMessage";
      sandbox.faults.next(method, faults[how]);
    },
    stop: async () => {
      await stop();
      await sandbox.stop();
    },
  };
}

const pictureStages = [
  "files.getUploadURLExternal",
  "files.completeUploadExternal",
  "files.info",
  "chat.update",
] as const;

const faults = {
  answer_500: { kind: "status", status: 500 },
  lose_answer: { kind: "reset", afterEffect: true },
  limit: { kind: "limited", retryAfterS: 7 },
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

function buttonOf(sandbox: SlackSandbox, ts: string, label: string): string {
  const message = sandbox.messages(channel.channel).find((one) => one.ts === ts);
  const found = JSON.stringify(message?.blocks ?? []).match(
    new RegExp(`"action_id":"([^"]+)"[^}]*?"text":"${label}"`),
  );
  if (!found?.[1]) throw new Error(`no button ${label} on ${ts}`);
  return found[1];
}

function choiceOf(sandbox: SlackSandbox, ts: string, label: string, choice: string) {
  const message = sandbox.messages(channel.channel).find((one) => one.ts === ts);
  const menu = (message?.blocks ?? [])
    .flatMap(({ elements }) => objectsOf(elements))
    .find(({ placeholder }) => isObject(placeholder) && placeholder.text === label);
  const option = objectsOf(menu?.options).find(
    ({ text }) => isObject(text) && text.text === choice,
  );
  if (!menu || !option) throw new Error(`no choice ${choice} in ${label} on ${ts}`);
  return { menu: textOf(menu.action_id), value: textOf(option.value) };
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
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": String(timestamp),
      "x-slack-signature": slackSignature(signingSecret, timestamp, body),
    },
    body,
  });
  if (response.status !== 200) throw new Error(`delivery answered ${response.status}`);
}

function handed(sandbox: SlackSandbox) {
  const { files, channels } = sandbox.state();
  return files
    .filter(({ name, complete }) => complete && name.endsWith(".csv"))
    .map(({ name, bytes, shares }) => ({
      name,
      text: bytes?.toString("utf8") ?? "",
      alone: shares.every(
        ({ channel: place }) => channels.find(({ id }) => id === place)?.kind === "im",
      ),
    }));
}
