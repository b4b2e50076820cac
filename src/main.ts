/** The composition root: builds everything, and stops it in reverse order. */
import { startAdminServer } from "./admin-server.ts";
import type { ChatConnection, ChatHandlers, Inbox } from "./chat-connection.ts";
import type { Clock } from "./clock.ts";
import {
  answerClick,
  answerCommand,
  auditTurnedAway,
  type ChatContext,
  inboxOf,
} from "./commands/index.ts";
import type { Config } from "./config/index.ts";
import { type Connections, connectPlatforms, type PlatformFault } from "./connect-platforms.ts";
import { chatContext, reportContext } from "./contexts.ts";
import { databaseCode } from "./db/index.ts";
import { health } from "./health.ts";
import { type JobKind, type Jobs, startJobs } from "./jobs/index.ts";
import {
  startHolding,
  startPruning,
  startSettling,
  startTicking,
  startWatchingClocks,
  startWithdrawing,
} from "./keep-going.ts";
import type { Log } from "./log.ts";
import { type Monitor, startMonitor } from "./monitoring/index.ts";
import { type Data, type DataFault, openData } from "./open-data.ts";
import { pulse } from "./pulse.ts";
import { type ReportContext, reportJobs, startSchedules, withdrawFrom } from "./reports/index.ts";
import { failed, ok, type Result } from "./result.ts";
import { type Stops, stopInReverse } from "./stop-in-reverse.ts";
import { type CatchingUp, catchingUp, keepReply } from "./threads/index.ts";

export interface Throughline {
  data: Data;
  /** Those that are connected: "slack", "discord". */
  platforms: readonly string[];
  /** Where Slack sends its requests; null while Slack is off, or over a socket. */
  slackAddress: string | null;
  adminAddress: string;
  /** Drains what is under way and closes everything. */
  stop(): Promise<void>;
}

export type StartFault = DataFault | PlatformFault | { kind: "admin"; code: string };

/** `signal` ends the opening of the data as fault `interrupted`; later there is `stop`. */
export async function startThroughline(
  config: Config,
  log: Log,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Result<Throughline, StartFault>> {
  const monitor = startMonitor();
  const counting = monitor.counting(log);
  const data = await openData(config, counting, signal);
  if (!data.ok) {
    monitor.stop();
    return data;
  }
  // What has not come to its end by then, such as a refresh, is rolled back and begun anew.
  const stops: Stops = [async () => monitor.stop(), data.value.close, data.value.interrupt];
  const stop = (): Promise<void> => stopInReverse(stops);
  try {
    const given = { config, data: data.value, log: counting, clock, monitor };
    const started = await startParts(given, stops);
    if (started.ok) return ok({ ...started.value, data: data.value, stop });
    await stop();
    return started;
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Given {
  config: Config;
  data: Data;
  log: Log;
  clock: Clock;
  monitor: Monitor;
}

async function startParts(
  { config, data, log, clock, monitor }: Given,
  stops: Stops,
): Promise<Result<Pick<Throughline, "platforms" | "slackAddress" | "adminAddress">, StartFault>> {
  const connections: Connections = { ports: new Map(), open: [], slackAddress: null };
  const { ports, open } = connections;
  const catching = catchingUp(data.work, log);
  const inbox = inboxOf(data.inbox);
  const chat = chatContext(config, data, log, ports);
  const context = reportContext(config, data, log, ports);
  const keeping = askingForRefused(inbox, ports, catching);
  const handlers = handlersFor({ chat, reports: context }, data, clock, keeping);
  stops.push(
    startHolding(inbox, log),
    async () => catching.stop(),
    () => stopAll(open),
  );
  const connecting = { config, handlers, onGap: catching.begin, log, connections };
  const fault = await connectPlatforms(connecting);
  if (fault !== null) return failed(fault);
  await startSchedules(data.work, context, clock());
  const ticks = pulse();
  let working: Jobs | null = null;
  const parts = { data, open, ticks, jobs: () => working, monitor, clock };
  const admin = await startAdminServer(config.adminHost, config.adminPort, health(parts));
  if (!admin.ok) return failed({ kind: "admin", code: admin.fault.code });
  stops.push(admin.value.stop);
  const jobs = await startWorking(data, reportJobs(context, clock), log);
  if (!jobs.ok) return jobs;
  working = jobs.value;
  stops.push(jobs.value.stop, startTicking(context, jobs.value, ticks, clock));
  stops.push(startWithdrawing(jobs.value, log));
  if (config.clockFrom === null) stops.push(startWatchingClocks(data.inbox, clock, log));
  stops.push(startPruning(data.work, log), startSettling(inbox, handlers, open, log));
  for (const { port } of open) catching.begin(port);
  const { slackAddress } = connections;
  return ok({ platforms: [...ports.keys()], slackAddress, adminAddress: admin.value.address });
}

/** Jobs bring a schema of their own, which the database may not let its user create. */
async function startWorking(
  { url }: Data,
  kinds: readonly JobKind[],
  log: Log,
): Promise<Result<Jobs, StartFault>> {
  try {
    return ok(await startJobs(url, kinds, log));
  } catch (error) {
    return failed({ kind: "database", code: databaseCode(error) });
  }
}

/** Each to its end, also where another cannot be stopped. */
async function stopAll(open: readonly ChatConnection[]): Promise<void> {
  const ended = await Promise.allSettled(open.map((connection) => connection.stop()));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}

function handlersFor(
  { chat, reports }: { chat: ChatContext; reports: ReportContext },
  { db }: Data,
  clock: Clock,
  inbox: Inbox,
): ChatHandlers {
  return {
    inbox,
    onCommand: (request, reply) => answerCommand(chat, request, reply, clock()),
    onClick: (click, reply) => answerClick(chat, click, reply, clock()),
    onThreadReply: async (reply) => {
      if (await keepReply(db, reply))
        chat.log.info("reply_kept", { platform: reply.head.platform });
    },
    onReadersChanged: async (channel) => {
      chat.facts.forget(channel);
      await withdrawFrom(reports, channel, clock());
    },
    onTurnedAway: (doing) => auditTurnedAway(chat, doing, clock()),
  };
}

/** What cannot be stored Discord never brings again, and Slack not for ever: it is asked for. */
function askingForRefused(inbox: Inbox, ports: Connections["ports"], catching: CatchingUp): Inbox {
  return {
    ...inbox,
    put: async (platform, ...delivered) => {
      try {
        return await inbox.put(platform, ...delivered);
      } catch (error) {
        const port = ports.get(platform);
        if (port !== undefined) catching.begin(port);
        throw error;
      }
    },
  };
}
