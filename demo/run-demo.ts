/** The whole way once: generate, import, serve, post, and leave what can be looked at. */
import path from "node:path";
import type { DiscordSandbox } from "../sandbox/discord/index.ts";
import type { SlackSandbox } from "../sandbox/slack/index.ts";
import { tellConfigFaults, tellStartFault } from "../src/cli/tell-start-fault.ts";
import { startClock } from "../src/clock.ts";
import { loadConfig } from "../src/config/index.ts";
import { type EmbeddedFault, startEmbedded } from "../src/db/index.ts";
import { silentLog } from "../src/log.ts";
import { makeLog } from "../src/logger.ts";
import { startThroughline } from "../src/main.ts";
import { openData } from "../src/open-data.ts";
import { failed, ok, type Result } from "../src/result.ts";
import { type Stops, stopInReverse } from "../src/stop-in-reverse.ts";
import { quietOnceAborted, unlessInterrupted } from "./interruption.ts";
import { leaveTraces, waitForMonday } from "./leave-traces.ts";
import { emptyDatabase, holdDatabase, loadCompany, MONDAY } from "./load-company.ts";
import { startSandboxes } from "./sandboxes.ts";

export interface DemoOptions {
  cwd: string;
  /** The page's port; 0: any free one. */
  port: number;
  /** The bot opens a socket to Slack, instead of being sent signed requests. */
  socket: boolean;
  say: (line: string) => void;
  /** Aborted when the person wants it to end, also while it starts. */
  signal: AbortSignal;
}

/** The fault after an interruption. */
export const INTERRUPTED =
  "The demo was stopped before it was ready, and its database too; the next start begins anew.";

export interface Demo {
  slack: SlackSandbox;
  discord: DiscordSandbox;
  /** What was left on disk: the scorecard's picture, the channel's transcript. */
  files: readonly string[];
  stop(): Promise<void>;
}

const SOCKET_MS = 30_000;

// Nothing of the demo has to outlive a power cut.
const CARELESS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

export async function runDemo(options: DemoOptions): Promise<Result<Demo, string>> {
  const stops: Stops = [];
  const stop = (): Promise<void> => stopInReverse(stops);
  let played: Result<Omit<Demo, "stop">, string>;
  try {
    played = await play(options, stops);
  } catch (error) {
    await stop();
    if (options.signal.aborted) return failed(INTERRUPTED);
    throw error;
  }
  if (played.ok) return ok({ ...played.value, stop });
  await stop();
  return options.signal.aborted ? failed(INTERRUPTED) : played;
}

async function play(
  options: DemoOptions,
  stops: Stops,
): Promise<Result<Omit<Demo, "stop">, string>> {
  const folder = path.resolve(options.cwd, ".kpi", "demo");
  const { signal } = options;
  const step = stepwatch(options.say);
  const server = await startEmbedded({
    dataDir: folder,
    log: silentLog,
    serverSettings: CARELESS,
    signal,
  });
  if (!server.ok) return failed(whyNot(server.fault));
  stops.push(() => server.value.stop());
  const release = await holdDatabase(server.value.url);
  if (release === null)
    return failed(`Another demo uses ${folder}. Stop it first, or run this one in another folder.`);
  stops.push(release);
  await emptyDatabase(server.value.url);
  step("Postgres is up");
  const loaded = await load(server.value.url, folder, stops, signal);
  if (!loaded.ok) return loaded;
  step(`company generated and imported: ${loaded.value} rows`);
  return serve(options, server.value.url, folder, stops, step);
}

function whyNot(fault: EmbeddedFault): string {
  return fault.kind === "interrupted" ? INTERRUPTED : tellStartFault({ kind: "embedded", fault });
}

async function load(
  url: string,
  folder: string,
  stops: Stops,
  signal: AbortSignal,
): Promise<Result<number, string>> {
  const config = loadConfig(demoEnvironment(url, folder), folder);
  if (!config.ok) return failed(tellConfigFaults(config.fault));
  const data = await openData(config.value, silentLog, signal);
  if (!data.ok) return failed(tellStartFault(data.fault));
  // Whoever interrupts the import closes it: a server is not stopped while somebody is connected.
  const close = data.value.close;
  stops.push(close);
  try {
    const loaded = await unlessInterrupted(signal, data.value, () =>
      loadCompany(data.value, path.join(folder, "company"), signal),
    );
    return loaded ?? failed(INTERRUPTED);
  } finally {
    const place = stops.indexOf(close);
    if (place >= 0) {
      stops.splice(place, 1);
      await close();
    }
  }
}

/** The bot starts two seconds before nine; the clock itself brings Monday on. */
async function serve(
  options: DemoOptions,
  url: string,
  folder: string,
  stops: Stops,
  step: (what: string) => void,
): Promise<Result<Omit<Demo, "stop">, string>> {
  const clock = startClock(Temporal.Instant.from(`${MONDAY}T08:59:58Z`));
  const sandboxes = await startSandboxes(options, clock, stops);
  if (!sandboxes.ok) return sandboxes;
  const { slack, discord, environment } = sandboxes.value;
  const config = loadConfig(
    { ...demoEnvironment(url, folder), ...environment, KPI_NOW: clock().toString() },
    folder,
  );
  if (!config.ok) return failed(tellConfigFaults(config.fault));
  const { signal } = options;
  const log = quietOnceAborted(signal, makeLog("warn"));
  const bot = await startThroughline(config.value, log, clock, signal);
  if (!bot.ok) return failed(tellStartFault(bot.fault));
  stops.push(() => bot.value.stop());
  const files = await unlessInterrupted(signal, bot.value.data, async () => {
    const { slackAddress } = bot.value;
    if (slackAddress === null) await slack.waitFor(() => slack.sockets.size > 0, SOCKET_MS);
    else await slack.connect(`${slackAddress}/slack/events`);
    const way = options.socket ? "by a socket" : "by signed HTTP";
    step(`the bot is connected to its Slack, ${way}, and to its Discord`);
    await waitForMonday(slack);
    step("the scorecard stands in its channels, and a signal in its own; the other metrics follow");
    return leaveTraces(folder, slack, discord);
  });
  return files === null ? failed(INTERRUPTED) : ok({ slack, discord, files });
}

function demoEnvironment(url: string, folder: string): Record<string, string> {
  return {
    DATABASE_URL: url,
    KPI_DATA_DIR: folder,
    KPI_CONFIG: path.join(import.meta.dirname, "kpi.yaml"),
    PORT: "0",
    ADMIN_PORT: "0",
  };
}

function stepwatch(say: (line: string) => void): (what: string) => void {
  const started = performance.now();
  return (what) =>
    say(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}
