import { type DiscordSandbox, startDiscordSandbox } from "../../sandbox/discord/index.ts";
import { objectsOf, textOf } from "../../sandbox/json.ts";
import { startDiscord } from "../../src/bot/index.ts";
import type { ChatHandlers } from "../../src/chat-connection.ts";
import { silentLog } from "../../src/log.ts";
import { activeInDiscord, discordStrings } from "../bot/discord/active-in-discord.ts";
import type { ContractPlatform, Shown } from "./platform.ts";

const channel = { platform: "discord", channel: "1100000000000000001" };
const person = { platform: "discord", user: "1200000000000000001" };
const botToken = "discord-contract";

export async function discordPlatform(handlers: ChatHandlers): Promise<ContractPlatform> {
  const sandbox = await startDiscordSandbox({
    botToken,
    channels: [{ id: channel.channel, name: "gtm" }],
    users: [{ id: person.user, name: "ana" }],
    now: () => new Date(),
  });
  const started = await startDiscord({
    token: botToken,
    apiUrl: sandbox.apiUrl,
    channels: [channel.channel],
    handlers,
    onGap: () => {},
    log: silentLog,
  });
  if (!started.ok) throw new Error(`Discord did not start: ${JSON.stringify(started.fault)}`);
  return { connection: started.value, ...face(sandbox, started.value.stop) };
}

function face(
  sandbox: DiscordSandbox,
  stop: () => Promise<void>,
): Omit<ContractPlatform, "connection"> {
  let last: string | null = null;
  return {
    channel,
    person,
    typeCommand: (text) =>
      sandbox.typeCommand({ ...channel, ...person, text: `/kpi ${text}`.trim() }),
    replyInThread: async (head, text) => {
      last = sandbox.postAsUser({ channel: head.id, user: person.user, text });
      return last;
    },
    press: (message, label) => sandbox.click({ message, user: person.user, label }),
    choose: async (message, label, choice) => {
      const { menu, value } = choiceOf(sandbox, message, label, choice);
      await sandbox.choose({ message, user: person.user, menu, values: [value] });
    },
    deliverAgain: async () => {
      if (last === null) throw new Error("nothing was said");
      sandbox.tellAgain(last);
      sandbox.tellAgain(last);
    },
    handed: () => handed(sandbox),
    fileStages: ["upload"],
    shown: () => shown(sandbox),
    ackMs: () =>
      sandbox
        .acks()
        .filter(({ outcome }) => outcome === "acknowledged")
        .map(({ ms }) => ms),
    problems: () => sandbox.problems(),
    pictureStages: ["the upload"],
    failNext: (what, how) => {
      sandbox.faults.next(what === "post" ? "create_message" : "upload", faults[how]);
    },
    stop: async () => {
      await stop();
      await sandbox.stop();
    },
  };
}

const faults = {
  answer_500: { kind: "status", status: 500 },
  lose_answer: { kind: "reset", afterEffect: true },
  limit: { kind: "limited", retryAfterS: 7 },
} as const;

function shown(sandbox: DiscordSandbox): Shown[] {
  const threads = sandbox.threads(channel.channel).map(({ id }) => id);
  return [channel.channel, ...threads]
    .flatMap((id) => sandbox.messages(id).map((message) => ({ message, id })))
    .filter(({ message }) => message.askedBy !== null || message.type === 0)
    .filter(({ message }) => message.author !== person.user && !message.thinking)
    .map(({ message, id }) => ({
      id: message.id,
      text: discordStrings(message).join("\n"),
      pictures: message.attachments.length,
      hidden: message.visibleTo !== null,
      thread: id === channel.channel ? null : id,
      activeTokens: activeInDiscord(message),
    }));
}

function choiceOf(sandbox: DiscordSandbox, id: string, label: string, choice: string) {
  const message = sandbox.messages(channel.channel).find((one) => one.id === id);
  const menu = (message?.components ?? [])
    .flatMap(({ components }) => objectsOf(components))
    .find(({ placeholder }) => placeholder === label);
  const option = objectsOf(menu?.options).find((one) => one.label === choice);
  if (!menu || !option) throw new Error(`no choice ${choice} in ${label} on ${id}`);
  return { menu: textOf(menu.custom_id), value: textOf(option.value) };
}

function handed(sandbox: DiscordSandbox) {
  return sandbox.messages(channel.channel).flatMap(({ attachments, visibleTo }) =>
    attachments
      .filter(({ filename }) => filename.endsWith(".csv"))
      .map(({ filename, bytes }) => ({
        name: filename,
        text: bytes.toString("utf8"),
        alone: visibleTo === person.user,
      })),
  );
}
