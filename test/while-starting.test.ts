/** What is asked while the program starts, and what was asked before it was last stopped. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { startClock } from "../src/clock.ts";
import { inboxOf } from "../src/commands/index.ts";
import { loadConfig } from "../src/config/index.ts";
import { silentLog } from "../src/log.ts";
import { startThroughline } from "../src/main.ts";
import { slackStrings } from "./bot/slack/active-in-slack.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { outlastLeases, unsettled } from "./support/inbox.ts";

const secrets = { signingSecret: "signing", botToken: "xoxb-early", appToken: "xapp-early" };
const PATIENCE_MS = 60_000;

let database: FreshDatabase;
let slack: SlackSandbox;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  database = await freshDatabase();
  slack = await startSlackSandbox({
    ...secrets,
    now: () => new Date(),
    channels: [{ id: "C0ALL", name: "all" }],
    users: [{ id: "U0ANA", name: "ana" }],
  });
  ends.push(
    () => database.close(),
    () => slack.stop(),
  );
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(env: Record<string, string> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "while-starting-"));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, "kpi.yaml"), "locale: en-GB\n");
  const config = loadConfig(
    {
      DATABASE_URL: database.url,
      KPI_DATA_DIR: folder,
      PORT: "0",
      ADMIN_PORT: "0",
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_APP_TOKEN: secrets.appToken,
      SLACK_API_URL: slack.apiUrl,
      ...env,
    },
    folder,
  );
  if (!config.ok) throw new Error(JSON.stringify(config.fault));
  return startThroughline(config.value, silentLog, startClock(config.value.clockFrom));
}

/** Takes connections and never says a word. */
async function aSilentServer() {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { url: `http://127.0.0.1:${bound.port}/api`, close };
}

test("what is asked in Slack while Discord keeps the start waiting is answered", async () => {
  const silent = await aSilentServer();
  const starting = start({ DISCORD_TOKEN: "early", DISCORD_API_URL: silent.url });
  await slack.waitFor(() => slack.sockets.size > 0, PATIENCE_MS);
  await slack.typeCommand({ channel: "C0ALL", user: "U0ANA", text: "/kpi help" });
  await slack.waitFor(() => slack.messages("C0ALL").length > 0, PATIENCE_MS);
  const [answer] = slack.messages("C0ALL").map(({ blocks }) => slackStrings(blocks).join(" "));
  await silent.close();
  const started = await starting;
  if (started.ok) await started.value.stop();
  expect(answer).toContain("What can be typed");
  expect(started).toMatchObject({ ok: false, fault: { kind: "platform", platform: "discord" } });
  expect(slack.sockets.size).toBe(0);
});

test("what was asked before is answered beside the start, and the next start has what stopping left", async () => {
  const asker = { platform: "slack", user: "U0ANA" };
  const place = { platform: "slack", channel: "C0ALL" };
  const head = slack.postAsUser({ channel: "C0ALL", user: "U0ANA", text: "killed" });
  const to = { ...place, thread: head };
  const inbox = inboxOf(database.db);
  for (const id of ["Ev1", "Ev2"]) {
    const request = { id, asker, place, direct: false, external: false, text: "help" };
    await inbox.put("slack", id, { kind: "question", request, to });
  }
  await outlastLeases(database.db);
  slack.faults.next("chat.postMessage", { kind: "hang" });
  const started = await start();
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  expect(await unsettled(database.db)).toMatchObject([{ id: "Ev1" }, { id: "Ev2" }]);
  await slack.waitFor(() => slack.faults.count("chat.postMessage") === 1, PATIENCE_MS);
  await started.value.stop();
  expect(await unsettled(database.db)).toMatchObject([{ id: "Ev2" }]);
  const again = await start();
  if (!again.ok) throw new Error(JSON.stringify(again.fault));
  ends.push(again.value.stop);
  await slack.waitFor(
    () => slack.messages("C0ALL").some(({ threadTs }) => threadTs === head),
    PATIENCE_MS,
  );
});
