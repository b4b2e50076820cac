/** The demo's company in a database of its own, the real bot in a process of its own, a Slack here. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { loadCompany, MONDAY } from "../demo/load-company.ts";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { loadConfig } from "../src/config/index.ts";
import { startEmbedded } from "../src/db/index.ts";
import { silentLog } from "../src/log.ts";
import { refresh } from "../src/metrics/index.ts";
import { openData } from "../src/open-data.ts";
import { type Stops, stopInReverse } from "../src/stop-in-reverse.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const root = path.join(import.meta.dirname, "..");
/** After the scorecard: nothing but questions is to be measured. */
const now = Temporal.Instant.from(`${MONDAY}T12:00:00Z`);

export interface BotProcess {
  slack: SlackSandbox;
  stop(): Promise<void>;
}

export async function startBotProcess(): Promise<BotProcess> {
  const stops: Stops = [];
  const stop = (): Promise<void> => stopInReverse(stops);
  try {
    return { slack: await start(stops), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(stops: Stops): Promise<SlackSandbox> {
  const folder = await temporaryFolder("bench");
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const server = await startEmbedded({ dataDir: folder, log: silentLog });
  if (!server.ok) throw new Error(`Postgres did not start: ${server.fault.kind}`);
  stops.push(() => server.value.stop());
  const environment = {
    DATABASE_URL: server.value.url,
    KPI_DATA_DIR: folder,
    KPI_CONFIG: path.join(root, "demo/kpi.yaml"),
    ADMIN_PORT: "0",
    LOG_LEVEL: "info",
  };
  await load(environment, folder);
  const { slack, platform } = await startSlack(stops);
  const port = String(20_000 + (randomBytes(2).readUInt16BE() % 20_000));
  const bot = spawn(process.execPath, [path.join(root, "src/cli/kpi.ts"), "serve"], {
    cwd: folder,
    env: { ...process.env, ...environment, ...platform, PORT: port, KPI_NOW: now.toString() },
    stdio: ["ignore", "ignore", "pipe"],
  });
  stops.push(() => ended(bot));
  await started(bot);
  await slack.connect(`http://127.0.0.1:${port}/slack/events`);
  return slack;
}

/** Many people: who alone asks that much is told to slow down. */
export const people = Array.from({ length: 200 }, (_, i) => `U${1000 + i}`);
const channels = ["C0ALL", "C0LEAD", "C0GTM", "C0PRD", "C0ENG", "C0CS"];

async function startSlack(stops: Stops) {
  const secret = (): string => randomBytes(16).toString("hex");
  const [botToken, signingSecret] = [`xoxb-${secret()}`, secret()];
  const slack = await startSlackSandbox({
    signingSecret,
    botToken,
    channels: channels.map((id) => ({ id, name: id.toLowerCase() })),
    users: people.map((id) => ({ id, name: id.toLowerCase() })),
    now: () => new Date(now.epochMilliseconds),
  });
  stops.push(() => slack.stop());
  const platform = {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
  };
  return { slack, platform };
}

async function load(environment: Record<string, string>, folder: string): Promise<void> {
  const config = loadConfig(environment, folder);
  if (!config.ok) throw new Error("the demo's configuration is wrong");
  const data = await openData(config.value, silentLog);
  if (!data.ok) throw new Error(`the data could not be opened: ${data.fault.kind}`);
  const { work, catalogue, settings, close } = data.value;
  try {
    await loadCompany(data.value, path.join(folder, "company"));
    await refresh(work, settings, catalogue, {});
  } finally {
    await close();
  }
}

async function started(bot: ChildProcess): Promise<void> {
  const last: string[] = [];
  if (bot.stderr === null) return;
  for await (const line of createInterface({ input: bot.stderr })) {
    last.push(line);
    if (line.includes('"msg":"started"')) {
      bot.stderr.resume();
      return;
    }
  }
  throw new Error(`the bot did not start:\n${last.slice(-5).join("\n")}`);
}

function ended(bot: ChildProcess): Promise<unknown> {
  if (bot.exitCode !== null) return Promise.resolve();
  const end = new Promise((done) => bot.once("exit", done));
  bot.kill("SIGTERM");
  return end;
}
