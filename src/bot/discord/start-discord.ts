import { once } from "node:events";
import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  Status,
} from "discord.js";
import type { ChatConnection, ChatHandlers } from "../../chat-connection.ts";
import { errorFields, type Log } from "../../log.ts";
import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { inFlight } from "../in-flight.ts";
import { isToken } from "../is-token.ts";
import { type DiscordCall, discordCaller, requestTimeoutMs } from "./discord-call.ts";
import { discordFault } from "./discord-fault.ts";
import { listen } from "./discord-listeners.ts";
import { discordPort } from "./discord-port.ts";
import { threadOpener } from "./discord-threads.ts";
import { echoes } from "./echoes.ts";
import { type Guilds, registerCommand } from "./kpi-command.ts";
import { placeOfChannel } from "./thread-of-channel.ts";

export interface DiscordOptions {
  token: string;
  /** Where the API is, without its version; Discord's own when absent. */
  apiUrl?: string | undefined;
  /**
   * The configured channels, by id. `/kpi` is declared and answered in the servers that they are in
   * and nowhere else; with none, wherever the bot is.
   */
  channels: readonly string[];
  handlers: ChatHandlers;
  /**
   * Called when the gateway began a session anew instead of resuming the old one, or told of something
   * whose place could not be looked up: what was said has to be asked for, with `repliesAfter`.
   */
  onGap: () => void;
  log: Log;
}

export type DiscordStartFault =
  /** The token has a character that no token has. It was not used: an error would quote it. */
  | { kind: "malformed_token" }
  /** Discord answered and said no; `code` is its number, or the name of discord.js' own error. */
  | { kind: "refused"; code: string }
  | { kind: "unreachable"; code: string };

/**
 * Connects to Discord: the gateway, then the declaration of `/kpi`. Resolves when both are done.
 * The connection repairs itself. What was said before the start is to be asked for as after a gap.
 */
export async function startDiscord(
  options: DiscordOptions,
): Promise<Result<ChatConnection, DiscordStartFault>> {
  if (!isToken(options.token)) return failed({ kind: "malformed_token" });
  const client = discordClient(options);
  const call = discordCaller(client.rest, requestTimeoutMs);
  const ready = await logIn(client, options.token);
  if (!ready.ok) {
    await client.destroy();
    return ready;
  }
  const guilds = servedGuilds(ready.value, options.channels);
  const registered = await registerCommand(call, ready.value.application.id, guilds);
  if (!registered.ok) {
    await client.destroy();
    return failed(startFault(registered.fault));
  }
  return ok(connection(ready.value, call, guilds, options));
}

function connection(
  client: Client<true>,
  call: DiscordCall,
  guilds: Guilds,
  options: DiscordOptions,
): ChatConnection {
  const { log, handlers, onGap: onMissed } = options;
  const running = inFlight();
  const seen = echoes();
  const placeOf = placeOfChannel(client, call);
  listen(client, { call, log, handlers, seen, placeOf, running, guilds, onMissed });
  client.on(Events.ShardReady, () => {
    log.warn("discord_session_lost");
    options.onGap();
  });
  const ourGuilds = () => guilds ?? [...client.guilds.cache.keys()];
  const openThread = threadOpener(call);
  return {
    port: discordPort({ call, log, selfId: client.user.id, seen, openThread, guilds: ourGuilds }),
    connected: () => client.ws.status === Status.Ready,
    // An interaction's token is the only way to its asker, and is not kept.
    replyLater: null,
    stop: async () => {
      // The work under way answers through the client, so that goes last.
      client.removeAllListeners(Events.InteractionCreate);
      client.ws.removeAllListeners(GatewayDispatchEvents.MessageCreate);
      await running.drain();
      client.removeAllListeners(Events.ShardReconnecting);
      await client.destroy();
    },
  };
}

/** Null: all. None of the configured channels to be seen means no server, and not every one. */
function servedGuilds(client: Client<true>, channels: readonly string[]): Guilds {
  if (channels.length === 0) return null;
  const found = channels.flatMap((id) => {
    const channel = client.channels.cache.get(id);
    return channel === undefined || channel.isDMBased() ? [] : [channel.guildId];
  });
  return [...new Set(found)];
}

function discordClient({ apiUrl, log }: DiscordOptions): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
    ],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    rest: {
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      // A second try after a lost answer is decided above, where it is known what was sent.
      retries: 0,
      timeout: requestTimeoutMs,
      // Longer waits are planned above, where other channels can go first.
      rejectOnRateLimit: ({ timeToReset, retryAfter }) =>
        Math.max(timeToReset, retryAfter) > longestWaitMs,
    },
  });
  // Without a listener for `error` a fault of the connection would end the process.
  client.on(Events.Error, (error) => log.error("discord_client_failed", errorFields(error)));
  client.on(Events.ShardError, (error) => log.warn("discord_gateway_failed", errorFields(error)));
  client.on(Events.ShardDisconnect, ({ code }) => log.warn("discord_disconnected", { code }));
  client.on(Events.ShardReconnecting, () => log.info("discord_reconnecting"));
  client.on(Events.ShardResume, () => log.info("discord_resumed"));
  client.on(Events.Invalidated, () => log.error("discord_session_invalidated"));
  return client;
}

async function logIn(
  client: Client,
  token: string,
): Promise<Result<Client<true>, DiscordStartFault>> {
  const signal = AbortSignal.timeout(readyWithinMs);
  try {
    const ready = once(client, Events.ClientReady, { signal });
    await Promise.all([client.login(token), ready]);
    if (client.isReady()) return ok(client);
    return failed({ kind: "unreachable", code: "not_ready" });
  } catch (error) {
    const { code } = errorFields(error);
    const ours = typeof code === "string" && refusals.has(code);
    return failed(ours ? { kind: "refused", code } : startFault(discordFault(error)));
  }
}

/** The gateway may take a connection and say nothing. */
const readyWithinMs = 30_000;

/** discord.js itself spreads its calls over a second. */
const longestWaitMs = 1_000;

/** discord.js' names for what Discord refuses at the door. */
const refusals = new Set(["TokenInvalid", "TokenMissing", "DisallowedIntents", "InvalidIntents"]);

function startFault(fault: ChatFault): DiscordStartFault {
  const code = fault.kind === "limited" ? "ratelimited" : fault.code;
  return { kind: fault.kind === "refused" ? "refused" : "unreachable", code };
}
