import { type Client, DiscordAPIError, Events, Routes } from "discord.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DiscordSandbox } from "../../../sandbox/discord/index.ts";
import { ANA, aClient, aRest, aServer, CHANNEL, GUILD, quiet } from "./a-server.ts";

let sandbox: DiscordSandbox;
let client: Client<true>;
let head: string;
let now: Date;
/** What the bot was told of the thread's archive. */
let archived: (boolean | null)[];

beforeEach(async () => {
  now = new Date("2026-11-16T09:00:00Z");
  archived = [];
  sandbox = await aServer({ now: () => now });
  client = await aClient(sandbox, (starting) =>
    starting.on(Events.ThreadUpdate, (_, thread) => archived.push(thread.archived)),
  );
  const channel = await client.channels.fetch(CHANNEL);
  if (!channel?.isSendable()) throw new Error("no channel to write in");
  const message = await channel.send("Adoption fell.");
  await message.startThread({ name: "why", autoArchiveDuration: 60 });
  head = message.id;
});
afterEach(async () => {
  await client.destroy();
  await sandbox.stop();
});

const rest = () => aRest(sandbox);
const say = (content: string) =>
  rest().post(Routes.channelMessages(head), { body: { ...quiet, content } });
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
  );
const isArchived = () => sandbox.threads(CHANNEL)[0]?.archived;

test("a thread that is archived tells the bot, and is opened again by whatever is said in it", async () => {
  sandbox.archiveThread(head);
  await expect.poll(() => archived).toEqual([true]);
  sandbox.postAsUser({ channel: head, user: ANA, text: "The campaign ended." });
  await expect.poll(() => archived).toEqual([true, false]);
  sandbox.archiveThread(head);
  await say("So it did.");
  await expect.poll(() => archived).toEqual([true, false, true, false]);
});

test("a thread in which nothing is said for its time is archived, and listed as such", async () => {
  now = new Date(now.getTime() + 59 * 60_000);
  const active = () => rest().get(Routes.guildActiveThreads(GUILD));
  expect(await active()).toMatchObject({ threads: [{ id: head }] });
  now = new Date(now.getTime() + 2 * 60_000);
  expect(await active()).toMatchObject({ threads: [] });
  expect(await rest().get(Routes.channelThreads(CHANNEL, "public"))).toMatchObject({
    threads: [{ id: head, thread_metadata: { archived: true, auto_archive_duration: 60 } }],
  });
});

test("what stands in an archived thread is read, and not edited before it is opened", async () => {
  const posted = await say("So it did.");
  const { id } = posted as { id: string };
  sandbox.archiveThread(head);
  expect(await rest().get(Routes.channelMessages(head))).toHaveLength(2);
  const edit = () =>
    rest().patch(Routes.channelMessage(head, id), { body: { ...quiet, content: "b" } });
  expect(await refusal(edit())).toBe(50083);
  await rest().patch(Routes.channel(head), { body: { archived: false } });
  expect(isArchived()).toBe(false);
  expect(await refusal(edit())).toBe(null);
});

test("a client that starts later is not told of an archived thread", async () => {
  sandbox.archiveThread(head);
  const later = await aClient(sandbox);
  expect(later.channels.cache.has(head)).toBe(false);
  expect(later.channels.cache.has(CHANNEL)).toBe(true);
  await later.destroy();
});

test("a locked thread takes nothing from a bot that may not manage threads", async () => {
  await sandbox.stop();
  sandbox = await aServer({
    channels: [{ id: CHANNEL, name: "gtm", denied: ["ManageThreads"] }],
  });
  const posted = await rest().post(Routes.channelMessages(CHANNEL), {
    body: { ...quiet, content: "a" },
  });
  head = (posted as { id: string }).id;
  await rest().post(Routes.threads(CHANNEL, head), { body: { name: "why" } });
  sandbox.archiveThread(head, true);
  expect(await refusal(say("b"))).toBe(160005);
  const open = rest().patch(Routes.channel(head), { body: { archived: false } });
  expect(await refusal(open)).toBe(50013);
});
