/** The composition root: builds everything, and stops it in reverse order. */
import { startAdminServer } from "./admin-server.ts";
import { startDiscord, startSlack, threadReplyFrom } from "./bot/index.ts";
import type { Clock } from "./clock.ts";
import { answerCommand, inboxOf, unsettled } from "./commands/index.ts";
import type { Config } from "./config/index.ts";
import { commandContext, configuredChannels, reportContext } from "./contexts.ts";
import { databaseState, isConnectionLoss } from "./db/index.ts";
import { errorFields, type Log } from "./log.ts";
import type { ChatConnection, ChatHandlers, ChatPort } from "./message.ts";
import { type Data, type DataFault, openData } from "./open-data.ts";
import { type ReportContext, reportDue, startSchedules } from "./reports/index.ts";
import { failed, ok, type Result } from "./result.ts";
import { catchUp, keepReply } from "./threads/index.ts";

export interface Throughline {
  data: Data;
  /** Where Slack sends its requests; null while Slack is off. */
  slackAddress: string | null;
  adminAddress: string;
  /** Drains what is under way and closes everything. */
  stop(): Promise<void>;
}

export type StartFault =
  | DataFault
  | { kind: "platform"; platform: string; code: string }
  | { kind: "admin"; code: string };

/** How often the clock is looked at. */
const TICK_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

export async function startThroughline(
  config: Config,
  log: Log,
  clock: Clock,
): Promise<Result<Throughline, StartFault>> {
  const data = await openData(config, log);
  if (!data.ok) return data;
  const stops: (() => Promise<void>)[] = [data.value.close];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const started = await startParts(config, data.value, log, clock, stops);
    if (started.ok) return ok({ ...started.value, data: data.value, stop });
    await stop();
    return started;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  config: Config,
  data: Data,
  log: Log,
  clock: Clock,
  stops: (() => Promise<void>)[],
): Promise<Result<Pick<Throughline, "slackAddress" | "adminAddress">, StartFault>> {
  const handlers = handlersFor(config, data, log, clock);
  await settleInbox(data, handlers, log);
  const platforms = await connect(config, data, handlers, log);
  if (!platforms.ok) return platforms;
  const { open: connections, slackAddress } = platforms.value;
  stops.push(
    async () => void (await Promise.all(connections.map((connection) => connection.stop()))),
  );
  const context = reportContext(
    config,
    data,
    log,
    new Map(connections.map(({ port }) => [port.platform, port])),
  );
  await startSchedules(data.work, context, clock());
  const admin = await startAdminServer(config.adminHost, config.adminPort, () => notReady(data));
  if (!admin.ok) return failed({ kind: "admin", code: admin.fault.code });
  stops.push(admin.value.stop, startTicking(context, log, clock));
  for (const { port } of connections) catchUpAside(data, port, log);
  return ok({ slackAddress, adminAddress: admin.value.address });
}

function handlersFor(config: Config, data: Data, log: Log, clock: Clock): ChatHandlers {
  const context = commandContext(config, data, log, "/kpi");
  return {
    inbox: inboxOf(data.inbox),
    onCommand: (request, reply) => answerCommand(context, request, reply, clock()),
    onThreadReply: async (reply) => {
      if (await keepReply(data.db, reply))
        log.info("reply_kept", { platform: reply.head.platform });
    },
  };
}

/**
 * What had been received and not dealt with when the program was last stopped. What breaks again is
 * told and left for good, or no start would ever succeed.
 */
async function settleInbox(data: Data, handlers: ChatHandlers, log: Log): Promise<void> {
  for (const { platform, id, body } of await unsettled(data.inbox)) {
    try {
      const reply = threadReplyFrom(body);
      if (reply) await handlers.onThreadReply(reply);
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      log.error("inbox_poisoned", { platform, id, ...errorFields(error) });
    }
    await handlers.inbox.settle(platform, id);
  }
}

/** A hundred threads take a while, in which Monday must not wait. */
function catchUpAside(data: Data, port: ChatPort, log: Log): void {
  catchUp(data.work, port, log).catch((error: unknown) =>
    log.error("catch_up_failed", errorFields(error)),
  );
}

interface Connections {
  open: ChatConnection[];
  slackAddress: string | null;
}

async function connect(
  config: Config,
  data: Data,
  handlers: ChatHandlers,
  log: Log,
): Promise<Result<Connections, StartFault>> {
  const connections: Connections = { open: [], slackAddress: null };
  const fault =
    (await connectSlack(config, handlers, log, connections)) ??
    (await connectDiscord(config, data, handlers, log, connections));
  if (fault === null) return ok(connections);
  await Promise.all(connections.open.map((connection) => connection.stop()));
  return failed(fault);
}

async function connectSlack(
  { slack, host, port }: Config,
  handlers: ChatHandlers,
  log: Log,
  connections: Connections,
): Promise<StartFault | null> {
  if (slack === null) return null;
  // Slack signs with the true time, whatever time KPI_NOW plays.
  const machineNow = (): Temporal.Instant => Temporal.Now.instant();
  const started = await startSlack({
    ...slack,
    apiUrl: slack.apiUrl ?? undefined,
    host,
    port,
    handlers,
    machineNow,
    log,
  });
  if (!started.ok) return platformFault("slack", started.fault);
  connections.open.push(started.value);
  connections.slackAddress = started.value.address;
  return null;
}

async function connectDiscord(
  config: Config,
  data: Data,
  handlers: ChatHandlers,
  log: Log,
  connections: Connections,
): Promise<StartFault | null> {
  if (config.discord === null) return null;
  const { token, apiUrl } = config.discord;
  const channels = configuredChannels(config, "discord");
  let port: ChatPort | null = null;
  const onGap = (): void => {
    if (port) catchUpAside(data, port, log);
  };
  const started = await startDiscord({
    token,
    apiUrl: apiUrl ?? undefined,
    channels,
    handlers,
    onGap,
    log,
  });
  if (!started.ok) return platformFault("discord", started.fault);
  port = started.value.port;
  connections.open.push(started.value);
  return null;
}

function platformFault(platform: string, fault: { kind: string; code?: string }): StartFault {
  return {
    kind: "platform",
    platform,
    code: fault.code === undefined ? fault.kind : `${fault.kind}: ${fault.code}`,
  };
}

async function notReady(data: Data): Promise<string[]> {
  const state = await databaseState(data.db);
  return state === "ready" ? [] : [`database ${state}`];
}

/**
 * One tick at a time; a tick that fails is told and a later one takes its work up, after a pause that
 * grows with the failures. Stopping ends after the message that is on its way.
 */
function startTicking(context: ReportContext, log: Log, clock: Clock): () => Promise<void> {
  const stopping = new AbortController();
  let failures = 0;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    running = reportDue(context, clock, stopping.signal)
      .then(
        () => {
          failures = 0;
        },
        (error: unknown) => {
          failures++;
          log.error("tick_failed", { failures, ...errorFields(error) });
        },
      )
      .finally(() => {
        const pauseMs = Math.min(TICK_MS * 2 ** failures, LONGEST_PAUSE_MS);
        if (!stopping.signal.aborted) timer = setTimeout(tick, pauseMs);
      });
  };
  tick();
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await running;
  };
}
