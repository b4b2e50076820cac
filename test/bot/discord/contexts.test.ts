/** Places in which Discord delivers a command and nobody may be answered (FAULTS.md 33). */
import { afterAll, beforeAll, expect } from "vitest";
import { type DiscordSandbox, startDiscordSandbox } from "../../../sandbox/discord/index.ts";
import { startDiscord } from "../../../src/bot/index.ts";
import type { ChatConnection } from "../../../src/chat-connection.ts";
import { silentLog } from "../../../src/log.ts";
import { memoryInbox } from "../../contract/memory-inbox.ts";
import { faultTest } from "../../support/fault-test.ts";

const channel = "1100000000000000001";
const ana = "1200000000000000001";
const ours = "1000000000000000001";

let sandbox: DiscordSandbox;
let bot: ChatConnection;
let asked = 0;
let turnedAway = 0;

beforeAll(async () => {
  sandbox = await startDiscordSandbox({
    botToken: "discord-contexts",
    guild: { id: ours, name: "Sandbox" },
    channels: [{ id: channel, name: "gtm" }],
    users: [{ id: ana, name: "ana" }],
    now: () => new Date(),
  });
  const started = await startDiscord({
    token: "discord-contexts",
    apiUrl: sandbox.apiUrl,
    channels: [channel],
    handlers: {
      onCommand: async () => void asked++,
      onClick: async () => void asked++,
      onThreadReply: async () => {},
      onReadersChanged: async () => {},
      onTurnedAway: async () => void turnedAway++,
      inbox: memoryInbox(),
    },
    onGap: () => {},
    log: silentLog,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  bot = started.value;
});
afterAll(async () => {
  await bot.stop();
  await sandbox.stop();
});

/** Another server, a direct message, the app that a person installed: with us, with others, with nobody. */
const contexts = [
  { guild: "1000000000000000009" },
  { guild: null },
  { guild: ours, byUser: true },
  { guild: "1000000000000000009", byUser: true },
] as const;

faultTest(33, "a command is answered nowhere but in our server, by its own app", async (run) => {
  const where = { channel, user: ana, text: "/kpi arr" };
  await sandbox.typeCommand(where);
  await expect.poll(() => asked, { message: "what is asked at home", timeout: 15_000 }).toBe(1);
  for (let i = 0; i < run.cases; i++) {
    const before = sandbox.messages(channel).length;
    await sandbox.typeCommand({ ...where, ...contexts[i % contexts.length] });
    const said = sandbox.messages(channel).slice(before);
    expect(said.every(({ visibleTo }) => visibleTo === ana)).toBe(true);
    run.tried(1);
  }
  await expect.poll(() => turnedAway, { timeout: 15_000 }).toBe(run.cases);
  run.saw(
    `${asked - 1} answered of ${run.cases} contexts, each refusal in words to its asker alone`,
  );
  expect(asked).toBe(1);
});
