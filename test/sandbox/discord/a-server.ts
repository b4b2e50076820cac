import { Client, Events, GatewayIntentBits, REST } from "discord.js";
import {
  type DiscordSandbox,
  type DiscordSandboxOptions,
  startDiscordSandbox,
} from "../../../sandbox/discord/index.ts";

export const CHANNEL = "1100000000000000001";
export const ANA = "1200000000000000001";
export const BEN = "1200000000000000002";
export const GUILD = "1000000000000000001";

/** A server with one channel and two people; its bot's token is "t". */
export function aServer(options: Partial<DiscordSandboxOptions> = {}): Promise<DiscordSandbox> {
  return startDiscordSandbox({
    botToken: "t",
    channels: [{ id: CHANNEL, name: "gtm" }],
    users: [
      { id: ANA, name: "ana" },
      { id: BEN, name: "ben" },
    ],
    now: () => new Date(),
    ...options,
  });
}

/** The real client, connected; `listen` is called before, so that it hears everything. */
export async function aClient(
  sandbox: DiscordSandbox,
  listen: (client: Client) => void = () => {},
): Promise<Client<true>> {
  const intents = [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.MessageContent,
  ];
  const allowedMentions = { parse: [] };
  const client = new Client({ intents, allowedMentions, rest: { api: sandbox.apiUrl } });
  client.on(Events.Error, () => {});
  listen(client);
  const ready = new Promise<Client<true>>((resolve) => {
    client.once(Events.ClientReady, resolve);
  });
  await client.login("t");
  return ready;
}

/** Only the real client's REST, which tries nothing twice and waits for nothing. */
export function aRest(sandbox: DiscordSandbox): REST {
  return new REST({ api: sandbox.apiUrl, retries: 0, rejectOnRateLimit: () => true }).setToken("t");
}

export const quiet = { allowed_mentions: { parse: [] } };
