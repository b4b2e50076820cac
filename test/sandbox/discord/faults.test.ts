import {
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  RateLimitError,
  REST,
} from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OPERATIONS } from "../../../sandbox/discord/faults/fault.ts";
import { type DiscordSandbox, startDiscordSandbox } from "../../../sandbox/discord/index.ts";
import { hasShared, readShared } from "../../support/shared.ts";

const channel = "1100000000000000001";
const user = "1200000000000000001";

let sandbox: DiscordSandbox;
beforeEach(async () => {
  sandbox = await startDiscordSandbox({
    botToken: "t",
    channels: [{ id: channel, name: "gtm" }],
    users: [{ id: user, name: "ana" }],
    now: () => new Date(),
    timing: { heartbeatMs: 100 },
  });
});
afterEach(() => sandbox.stop());

const aClient = () =>
  new REST({ api: sandbox.apiUrl, retries: 0, rejectOnRateLimit: () => true }).setToken("t");
const post = (content: string) =>
  aClient().post(`/channels/${channel}/messages`, {
    body: { content, allowed_mentions: { parse: [] } },
  });
const said = () => sandbox.messages(channel).map(({ content }) => content);

describe("a call of Discord's API", () => {
  test.each([false, true])(
    "is limited, globally: %s, as the real client understands it",
    async (global) => {
      sandbox.faults.next("create_message", { kind: "limited", retryAfterS: 7, global });
      const error = await post("a").catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RateLimitError);
      expect(error).toMatchObject({ global, scope: global ? "global" : "user" });
      expect(said()).toEqual([]);
      expect(sandbox.faults.count("create_message")).toBe(1);
    },
  );

  test("fails after it has been carried out, by its status or a reset", async () => {
    sandbox.faults.next("create_message", { kind: "status", status: 502, afterEffect: true });
    sandbox.faults.next("create_message", { kind: "reset", afterEffect: true });
    await expect(post("a")).rejects.toMatchObject({ status: 502 });
    await expect(post("b")).rejects.toThrow();
    await post("c");
    expect(said()).toEqual(["a", "b", "c"]);
  });

  test.each([
    [403, 50001],
    [403, 50013],
  ])("is refused with %i and %i", async (status, code) => {
    sandbox.faults.next("create_message", { kind: "error", status, code });
    const error = await post("a").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DiscordAPIError);
    expect(error).toMatchObject({ status, code });
  });

  test("hangs until its caller gives up", async () => {
    sandbox.faults.next("any operation", { kind: "hang" });
    const signal = AbortSignal.timeout(100);
    const get = fetch(`${sandbox.apiUrl}/v10/users/@me`, { signal });
    await expect(get).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

test.skipIf(!hasShared("specs/discord-openapi.json"))(
  "the operations have the names of Discord's own document",
  () => {
    const document = readShared("specs/discord-openapi.json");
    for (const operation of OPERATIONS) expect(document).toContain(`"${operation}"`);
  },
);

describe("the gateway, with the real client", () => {
  let client: Client;
  let heard: string[];
  let closed: number[];
  let resumed: number;

  beforeEach(async () => {
    [heard, closed, resumed] = [[], [], 0];
    const intents = [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
    ];
    client = new Client({ intents, rest: { api: sandbox.apiUrl } });
    client.on(Events.MessageCreate, (message) => {
      heard.push(message.content);
    });
    client.on(Events.ShardResume, () => {
      resumed += 1;
    });
    client.on(Events.ShardDisconnect, ({ code }) => {
      closed.push(code);
    });
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    await client.login("t");
    await ready;
  });
  afterEach(() => client.destroy());

  const hears = async (text: string) => {
    sandbox.postAsUser({ channel, user, text });
    await expect.poll(() => heard, { timeout: 15_000 }).toContain(text);
  };

  test("comes again when it is asked to, and hears what was said since", async () => {
    sandbox.askToReconnect();
    await hears("after op 7");
    await expect.poll(() => resumed, { timeout: 15_000 }).toBe(1);
  });

  test("comes again after a close with 4000, and not after 4014", async () => {
    sandbox.closeConnections(4000);
    await hears("after 4000");
    sandbox.closeConnections(4014);
    await expect.poll(() => closed, { timeout: 10_000 }).toEqual([4014]);
    expect(sandbox.connected()).toBe(0);
  });

  test("leaves a gateway that answers no heartbeat, and hears afterwards what was said meanwhile", async () => {
    sandbox.fallSilent(true);
    sandbox.postAsUser({ channel, user, text: "unheard" });
    await sandbox.waitFor(() => sandbox.connected() === 0, 15_000).catch(() => {});
    sandbox.fallSilent(false);
    await expect.poll(() => heard, { timeout: 15_000 }).toContain("unheard");
  });
});
