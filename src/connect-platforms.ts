/** The chat platforms that are configured, from the start on. */
import { startDiscord, startSlack } from "./bot/index.ts";
import type { ChatConnection, ChatHandlers } from "./chat-connection.ts";
import type { Config } from "./config/index.ts";
import { configuredChannels } from "./contexts.ts";
import { connectionWithoutFigures, handlersWithoutFigures } from "./keep-figures-out.ts";
import type { Log } from "./log.ts";
import type { ChatPort } from "./message.ts";

export interface PlatformFault {
  kind: "platform";
  platform: string;
  code: string;
}

/** Of each platform from the moment it is up: what is asked there meanwhile needs it. */
export interface Connections {
  ports: Map<string, ChatPort>;
  open: ChatConnection[];
  /** Where Slack sends its requests; null while Slack is off, or over a socket. */
  slackAddress: string | null;
}

interface Connecting {
  config: Config;
  handlers: ChatHandlers;
  /** Called with a platform whose deliveries had a gap. */
  onGap: (port: ChatPort) => void;
  log: Log;
  connections: Connections;
}

/** Whatever is told there goes through this, or through nothing. */
function guarded(connecting: Connecting): Pick<Connecting, "handlers"> & {
  connectionOf: (connection: ChatConnection) => ChatConnection;
} {
  const { handlers, config } = connecting;
  return config.company.figures === "links_only"
    ? { handlers: handlersWithoutFigures(handlers), connectionOf: connectionWithoutFigures }
    : { handlers, connectionOf: (connection) => connection };
}

/** All at once, since one that is slow must not hold up the others; none opens after this has ended. */
export async function connectPlatforms(connecting: Connecting): Promise<PlatformFault | null> {
  const tried = await Promise.allSettled([connectSlack(connecting), connectDiscord(connecting)]);
  const faults = tried.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
  return faults.find((fault) => fault !== null) ?? null;
}

async function connectSlack(connecting: Connecting): Promise<PlatformFault | null> {
  const { config, log, connections } = connecting;
  const { handlers, connectionOf } = guarded(connecting);
  const { slack, host, port } = config;
  if (slack === null) return null;
  const { botToken } = slack;
  const common = { botToken, apiUrl: slack.apiUrl ?? undefined, handlers, log };
  // Slack signs with the true time, whatever time KPI_NOW plays.
  const machineNow = (): Temporal.Instant => Temporal.Now.instant();
  const onGap = gapOf("slack", connecting);
  const started = await startSlack(
    slack.appToken === null
      ? { ...common, signingSecret: slack.signingSecret, host, port, machineNow }
      : { ...common, appToken: slack.appToken, onGap },
  );
  if (!started.ok) return platformFault("slack", started.fault);
  add(connectionOf(started.value), connections);
  connections.slackAddress = started.value.address;
  return null;
}

async function connectDiscord(connecting: Connecting): Promise<PlatformFault | null> {
  const { config, log, connections } = connecting;
  const { handlers, connectionOf } = guarded(connecting);
  if (config.discord === null) return null;
  const { token, apiUrl } = config.discord;
  const channels = configuredChannels(config, "discord");
  const onGap = gapOf("discord", connecting);
  const options = { token, apiUrl: apiUrl ?? undefined, channels, handlers, onGap, log };
  const started = await startDiscord(options);
  if (!started.ok) return platformFault("discord", started.fault);
  add(connectionOf(started.value), connections);
  return null;
}

/** Nothing to do before the platform is up: then all is caught up with anyway. */
function gapOf(platform: string, { connections, onGap }: Connecting): () => void {
  return () => {
    const port = connections.ports.get(platform);
    if (port !== undefined) onGap(port);
  };
}

/**
 * Before anything that is delivered gets to its handler: the inbox takes it first, which is a way to
 * the database and back.
 */
function add(connection: ChatConnection, { ports, open }: Connections): void {
  ports.set(connection.port.platform, connection.port);
  open.push(connection);
}

function platformFault(platform: string, fault: { kind: string; code?: string }): PlatformFault {
  return {
    kind: "platform",
    platform,
    code: fault.code === undefined ? fault.kind : `${fault.kind}: ${fault.code}`,
  };
}
