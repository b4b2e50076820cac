import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { defaultSettings, loadCatalogue } from "../src/metrics/catalogue/index.ts";
import { refresh } from "../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { faultTest } from "./support/fault-test.ts";
import { type ServeProcess, startServe } from "./support/serve-process.ts";
import { loadSignUps, signUps } from "./support/sign-ups.ts";
import { answersIn } from "./support/slack-bot.ts";
import { MONDAY } from "./support/small-company.ts";

const EVERY_MS = 20;
/** One command in so many draws a chart. */
const CHART_EVERY = 10;
const texts = ["help", "metrics", "adpotion", "define weekly sign ups"];
const channel = "C0ALL";
/** So many that none asks too much in half a minute, which would go unanswered. */
const users = Array.from({ length: 200 }, (_, i) => ({ id: `U0P${i}`, name: `person${i}` }));

let database: FreshDatabase;
let slack: SlackSandbox;
let bot: ServeProcess;

beforeAll(async () => {
  database = await freshDatabase();
  await loadSignUps(database.db);
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  await refresh(database.db, defaultSettings, loaded.value);
  const now = new Date(`${MONDAY}T10:00:00Z`);
  slack = await startSlackSandbox({
    signingSecret: "flood-signing-secret",
    botToken: "xoxb-flood",
    now: () => now,
    channels: [{ id: channel, name: "all" }],
    users,
    // How long it takes is measured; on a slow day it must not count as none.
    timing: { ackMs: 60_000 },
  });
  bot = startServe({
    DATABASE_URL: database.url,
    KPI_NOW: now.toISOString(),
    SLACK_BOT_TOKEN: "xoxb-flood",
    SLACK_SIGNING_SECRET: "flood-signing-secret",
    SLACK_API_URL: slack.apiUrl,
    LOG_LEVEL: "info",
  });
  const { slack: address } = await bot.started();
  await slack.connect(`${address}/slack/events`);
}, 120_000);

afterAll(async () => {
  await bot?.stop();
  await slack?.stop();
  await database?.close();
});

faultTest(42, "every command is acknowledged while others have charts drawn", async (run) => {
  const began = performance.now();
  const typed: Promise<void>[] = [];
  for (let i = 0; i < run.cases; i++) {
    const due = began + i * EVERY_MS - performance.now();
    if (due > 0) await wait(due);
    const text = i % CHART_EVERY === 0 ? signUps.text : (texts[i % texts.length] ?? "help");
    const user = users[i % users.length]?.id ?? "";
    typed.push(slack.typeCommand({ channel, user, text: `/kpi ${text}` }));
    run.tried(1);
  }
  const rate = run.cases / ((performance.now() - began) / 1_000);
  await Promise.all(typed);
  const acks = slack.acks().filter(({ kind }) => kind === "command");
  expect(acks).toHaveLength(run.cases);
  expect(acks.filter(({ outcome }) => outcome !== "acknowledged")).toEqual([]);
  await slack.waitFor(() => answersIn(slack, channel).length >= run.cases, 120_000);
  const times = acks.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const p99 = times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN;
  const most = times.at(-1) ?? Number.NaN;
  if (run.isFull) {
    expect(p99).toBeLessThan(500);
    expect(most).toBeLessThan(2_000);
  }
  run.saw(
    `${rate.toFixed(0)} commands a second, one in ${CHART_EVERY} with a chart: acknowledged p99 ${p99.toFixed(0)} ms, max ${most.toFixed(0)} ms, all answered`,
  );
});
