/** The composition root: builds everything, and stops it in reverse order. */
import { startAdminServer } from "./admin-server.ts";
import { startDiscord, startSlack } from "./bot/index.ts";
import type { Clock } from "./clock.ts";
import { answerClick, answerCommand, inboxOf, pruneInbox, unsettled } from "./commands/index.ts";
import type { Config } from "./config/index.ts";
import { chatContext, configuredChannels, reportContext } from "./contexts.ts";
import { databaseState } from "./db/index.ts";
import { type Jobs, startJobs } from "./jobs/index.ts";
import { errorFields, type Log } from "./log.ts";
import type { ChatConnection, ChatHandlers, ChatPort } from "./message.ts";
import { type Data, type DataFault, openData } from "./open-data.ts";
import { type ReportContext, reportDue, reportJobs, startSchedules } from "./reports/index.ts";
import { failed, ok, type Result } from "./result.ts";
import { type Left, settleQuestions, settleReplies } from "./settle-inbox.ts";
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
const SWEEP_MS = 24 * 60 * 60 * 1_000;

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
  const ports = new Map<string, ChatPort>();
  const handlers = handlersFor(config, data, log, clock, ports);
  const left = await unsettled(data.inbox);
  await settleReplies(left, handlers, log);
  const catchUpAside = catcherUp(data, log);
  const connections: Connections = { ports, open: [], slackAddress: null };
  const { open } = connections;
  stops.push(async () => void (await Promise.all(open.map((connection) => connection.stop()))));
  const fault = await connect(config, handlers, catchUpAside, log, connections);
  if (fault !== null) return failed(fault);
  const context = reportContext(config, data, log, ports);
  await startSchedules(data.work, context, clock());
  const admin = await startAdminServer(config.adminHost, config.adminPort, () =>
    notReady(data, open),
  );
  if (!admin.ok) return failed({ kind: "admin", code: admin.fault.code });
  const jobs = await startJobs(data.url, reportJobs(context, clock), log);
  stops.push(admin.value.stop, jobs.stop, startTicking(context, jobs, log, clock));
  stops.push(startSweeping(data, log));
  stops.push(startSettling(left, handlers, open, log));
  for (const { port } of open) catchUpAside(port);
  return ok({ slackAddress: connections.slackAddress, adminAddress: admin.value.address });
}

function handlersFor(
  config: Config,
  data: Data,
  log: Log,
  clock: Clock,
  ports: ReadonlyMap<string, ChatPort>,
): ChatHandlers {
  const context = chatContext(config, data, log, ports);
  return {
    inbox: inboxOf(data.inbox),
    onCommand: (request, reply) => answerCommand(context, request, reply, clock()),
    onClick: (click, reply) => answerClick(context, click, reply, clock()),
    onThreadReply: async (reply) => {
      if (await keepReply(data.db, reply))
        log.info("reply_kept", { platform: reply.head.platform });
    },
  };
}

/**
 * A hundred threads take a while, in which Monday must not wait. Gaps that open meanwhile are caught
 * up with in one more round.
 */
function catcherUp(data: Data, log: Log): (port: ChatPort) => void {
  const wanted = new Map<ChatPort, "under way" | "again">();
  const run = async (port: ChatPort): Promise<void> => {
    wanted.set(port, "under way");
    await catchUp(data.work, port, log).catch((error: unknown) =>
      log.error("catch_up_failed", errorFields(error)),
    );
    const again = wanted.get(port) === "again";
    wanted.delete(port);
    if (again) await run(port);
  };
  return (port) => {
    if (wanted.has(port)) wanted.set(port, "again");
    else void run(port);
  };
}

interface Connections {
  /** Of each platform from the moment it is up: what is asked there meanwhile needs it. */
  ports: Map<string, ChatPort>;
  open: ChatConnection[];
  slackAddress: string | null;
}

/** All at once, since one that is slow must not hold up the others; none opens after this has ended. */
async function connect(
  config: Config,
  handlers: ChatHandlers,
  catchUpAside: (port: ChatPort) => void,
  log: Log,
  connections: Connections,
): Promise<StartFault | null> {
  const tried = await Promise.allSettled([
    connectSlack(config, handlers, catchUpAside, log, connections),
    connectDiscord(config, handlers, catchUpAside, log, connections),
  ]);
  const faults = tried.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
  return faults.find((fault) => fault !== null) ?? null;
}

/**
 * Before anything that is delivered gets to its handler: the inbox takes it first, which is a way to
 * the database and back.
 */
function add(connection: ChatConnection, { ports, open }: Connections): void {
  ports.set(connection.port.platform, connection.port);
  open.push(connection);
}

async function connectSlack(
  { slack, host, port }: Config,
  handlers: ChatHandlers,
  catchUpAside: (port: ChatPort) => void,
  log: Log,
  connections: Connections,
): Promise<StartFault | null> {
  if (slack === null) return null;
  const { botToken } = slack;
  const common = { botToken, apiUrl: slack.apiUrl ?? undefined, handlers, log };
  // Slack signs with the true time, whatever time KPI_NOW plays.
  const machineNow = (): Temporal.Instant => Temporal.Now.instant();
  let chat: ChatPort | null = null;
  const onGap = (): void => {
    if (chat) catchUpAside(chat);
  };
  const started = await startSlack(
    slack.appToken === null
      ? { ...common, signingSecret: slack.signingSecret, host, port, machineNow }
      : { ...common, appToken: slack.appToken, onGap },
  );
  if (!started.ok) return platformFault("slack", started.fault);
  chat = started.value.port;
  add(started.value, connections);
  connections.slackAddress = started.value.address;
  return null;
}

async function connectDiscord(
  config: Config,
  handlers: ChatHandlers,
  catchUpAside: (port: ChatPort) => void,
  log: Log,
  connections: Connections,
): Promise<StartFault | null> {
  if (config.discord === null) return null;
  const { token, apiUrl } = config.discord;
  const channels = configuredChannels(config, "discord");
  let port: ChatPort | null = null;
  const onGap = (): void => {
    if (port) catchUpAside(port);
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
  add(started.value, connections);
  return null;
}

function platformFault(platform: string, fault: { kind: string; code?: string }): StartFault {
  return {
    kind: "platform",
    platform,
    code: fault.code === undefined ? fault.kind : `${fault.kind}: ${fault.code}`,
  };
}

async function notReady(data: Data, connections: readonly ChatConnection[]): Promise<string[]> {
  // Not the pool of questions: it may be used up while the database is well.
  const state = await databaseState(data.inbox);
  const away = connections.filter((connection) => !connection.connected());
  return [
    ...(state === "ready" ? [] : [`database ${state}`]),
    ...away.map(({ port }) => `${port.platform} disconnected`),
  ];
}

/** What was asked before the start is answered beside what is asked now. */
function startSettling(
  left: readonly Left[],
  handlers: ChatHandlers,
  open: readonly ChatConnection[],
  log: Log,
): () => Promise<void> {
  const stopping = new AbortController();
  const now = Temporal.Now.instant();
  const running = settleQuestions(left, handlers, open, now, log, stopping.signal).catch(
    (error: unknown) => log.error("questions_left", errorFields(error)),
  );
  return async () => {
    stopping.abort();
    await running;
  };
}

/** Old ids go out of the inbox, at once and then daily; a sweep that fails leaves them to the next. */
function startSweeping(data: Data, log: Log): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const sweep = (): void => {
    running = pruneInbox(data.work).then(
      (count) => log.info("inbox_pruned", { count }),
      (error: unknown) => log.warn("inbox_not_pruned", errorFields(error)),
    );
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/**
 * One tick at a time; a tick that fails is told and a later one takes its work up, after a pause that
 * grows with the failures.
 */
function startTicking(
  context: ReportContext,
  jobs: Jobs,
  log: Log,
  clock: Clock,
): () => Promise<void> {
  const stopping = new AbortController();
  let failures = 0;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    running = reportDue(context, jobs, clock)
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
