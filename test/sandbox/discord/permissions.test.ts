import { DiscordAPIError, Events, PermissionFlagsBits, Routes } from "discord.js";
import { afterEach, expect, test } from "vitest";
import type { DiscordSandbox } from "../../../sandbox/discord/index.ts";
import { ANA, aClient, aRest, aServer, CHANNEL, quiet } from "./a-server.ts";

const OTHER = "1100000000000000002";
const HIDDEN = "1100000000000000003";

let sandbox: DiscordSandbox;
afterEach(() => sandbox.stop());

type Denied = "SendMessages" | "EmbedLinks" | "AttachFiles" | "CreatePublicThreads";

const aServerThatDenies = async (...denied: Denied[]) => {
  sandbox = await aServer({
    channels: [
      { id: CHANNEL, name: "gtm" },
      { id: OTHER, name: "read-only", denied },
      { id: HIDDEN, name: "hidden", denied: ["ViewChannel"] },
    ],
  });
};
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) =>
      error instanceof DiscordAPIError ? [error.status, error.code, error.rawError] : error,
  );
const post = (channel: string, body: object, files: { name: string; data: Buffer }[] = []) =>
  aRest(sandbox).post(Routes.channelMessages(channel), { body: { ...quiet, ...body }, files });

test("a channel that the bot may not see is refused with 50001, whatever is asked of it", async () => {
  await aServerThatDenies();
  const said = sandbox.postAsUser({ channel: HIDDEN, user: ANA, text: "secret" });
  for (const path of [
    Routes.channel(HIDDEN),
    Routes.channelMessages(HIDDEN),
    Routes.channelMessage(HIDDEN, said),
  ])
    expect(await refusal(aRest(sandbox).get(path))).toEqual([
      403,
      50001,
      { message: "Missing Access", code: 50001 },
    ]);
  expect(await refusal(post(HIDDEN, { content: "a" }))).toMatchObject([403, 50001, {}]);
});

test.each<[Denied, string, () => Promise<unknown>]>([
  ["SendMessages", "a message", () => post(OTHER, { content: "a" })],
  ["EmbedLinks", "an embed", () => post(OTHER, { embeds: [{ description: "a" }] })],
  [
    "AttachFiles",
    "a picture",
    () =>
      post(OTHER, { content: "a", attachments: [{ id: 0, description: "d" }] }, [
        { name: "a.png", data: Buffer.from("a") },
      ]),
  ],
  [
    "CreatePublicThreads",
    "a thread",
    () => {
      const head = sandbox.postAsUser({ channel: OTHER, user: ANA, text: "Why?" });
      return aRest(sandbox).post(Routes.threads(OTHER, head), { body: { name: "why" } });
    },
  ],
])("without %s %s is refused with 50013", async (denied, _, call) => {
  await aServerThatDenies();
  expect(await refusal(call())).toBe(null);
  await sandbox.stop();
  await aServerThatDenies(denied);
  const refused = await refusal(call());
  expect(refused).toEqual([403, 50013, { message: "Missing Permissions", code: 50013 }]);
});

test("the client reckons with what the channel denies, and hears nothing from one it cannot see", async () => {
  await aServerThatDenies("AttachFiles");
  const heard: string[] = [];
  const client = await aClient(sandbox, (starting) =>
    starting.on(Events.MessageCreate, ({ content }) => heard.push(content)),
  );
  const mayAttach = (id: string) => {
    const channel = client.channels.cache.get(id);
    if (!channel || channel.isDMBased()) throw new Error(`no channel ${id}`);
    return channel.permissionsFor(client.user)?.has(PermissionFlagsBits.AttachFiles);
  };
  expect([mayAttach(CHANNEL), mayAttach(OTHER)]).toEqual([true, false]);
  sandbox.postAsUser({ channel: HIDDEN, user: ANA, text: "secret" });
  sandbox.postAsUser({ channel: OTHER, user: ANA, text: "open" });
  await expect.poll(() => heard).toEqual(["open"]);
  await client.destroy();
});

test("a bot that may not read the past finds none", async () => {
  sandbox = await aServer({
    channels: [{ id: CHANNEL, name: "gtm", denied: ["ReadMessageHistory"] }],
  });
  sandbox.postAsUser({ channel: CHANNEL, user: ANA, text: "Why?" });
  expect(await aRest(sandbox).get(Routes.channelMessages(CHANNEL))).toEqual([]);
});
