import { setImmediate as breathe, setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect } from "vitest";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { openDatabase } from "../src/db/index.ts";
import { silentLog } from "../src/log.ts";
import { defaultSettings, loadCatalogue } from "../src/metrics/catalogue/index.ts";
import { refresh } from "../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { faultTest } from "./support/fault-test.ts";
import { type ServeProcess, startServe } from "./support/serve-process.ts";
import { loadSignUps, signUps } from "./support/sign-ups.ts";
import { answersIn } from "./support/slack-bot.ts";
import { MONDAY } from "./support/small-company.ts";

const EVERY_MS = 20;
/** For an acknowledgement; then it tells the person that the app has not answered. */
const SLACK_WAITS_MS = 3_000;
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
    users: [...users, { id: "U0FLOOD", name: "flooder" }],
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
  const times = acks.map(({ ms }) => ms);
  const [p99, most] = [percentile99(times), Math.max(...times)];
  if (run.isFull) {
    expect(p99).toBeLessThan(500);
    expect(most).toBeLessThan(2_000);
  }
  run.saw(
    `${rate.toFixed(0)} commands a second, one in ${CHART_EVERY} with a chart: acknowledged p99 ${p99.toFixed(0)} ms, max ${most.toFixed(0)} ms, all answered`,
  );
});

faultTest(43, "one who floods is turned away, and everybody else is answered", async (run) => {
  const flooder = "U0FLOOD";
  const before = acknowledged().length;
  const began = performance.now();
  const typed: Promise<void>[] = [];
  const others = Math.ceil(run.cases / 20);
  const waits: number[] = [];
  const askBeside = async (user: string): Promise<void> => {
    const asked = performance.now();
    await slack.typeCommand({ channel, user, text: "/kpi adpotion" });
    waits.push(performance.now() - asked);
  };
  for (let i = 0; i < run.cases; i++) {
    typed.push(slack.typeCommand({ channel, user: flooder, text: "/kpi help" }));
    if (i % 20 === 0) typed.push(askBeside(users.at(-1 - i / 20)?.id ?? ""));
    run.tried(1);
    await breathe();
  }
  const rate = run.cases / ((performance.now() - began) / 1_000);
  await Promise.all(typed);
  const ackedPerSecond = typed.length / ((performance.now() - began) / 1_000);
  expect(acknowledged().length - before).toBe(run.cases + others);
  if (run.isFull) expect(Math.max(...waits)).toBeLessThan(SLACK_WAITS_MS);
  const fine = () =>
    answersIn(slack, channel).filter((said) => /no metric called/.test(said)).length;
  await slack.waitFor(() => fine() >= others, 120_000);
  const seconds = (performance.now() - began) / 1_000;
  // Twenty at once and one more every three seconds; and once that it was too much.
  const most = 20 + Math.ceil(seconds / 3) + 1;
  expect(answersTo(flooder)).toBeGreaterThan(0);
  expect(answersTo(flooder)).toBeLessThanOrEqual(most);
  run.saw(
    `${rate.toFixed(0)} commands a second of one, ${ackedPerSecond.toFixed(0)} acknowledged: ${answersTo(flooder)} answers to them; all ${others} of the others answered, acknowledged within ${Math.max(...waits).toFixed(0)} ms`,
  );
});

faultTest(19, "questions that hang use up their own connections and nobody else's", async (run) => {
  const options = { max: 1, applicationName: "locker", statementTimeoutMs: 0, log: silentLog };
  const locker = openDatabase(database.url, options);
  const before = acknowledged().length;
  const typed: Promise<void>[] = [];
  await locker.transaction(async (sql) => {
    await sql.run("LOCK TABLE bot.cell IN ACCESS EXCLUSIVE MODE");
    for (let i = 0; i < run.cases; i++) {
      const user = users[i % users.length]?.id ?? "";
      typed.push(slack.typeCommand({ channel, user, text: `/kpi ${signUps.text}` }));
      run.tried(1);
      await wait(EVERY_MS);
    }
    await Promise.all(typed);
  });
  await locker.close();
  const acks = acknowledged().slice(before);
  expect(acks).toHaveLength(run.cases);
  const p99 = percentile99(acks.map(({ ms }) => ms));
  if (run.isFull) expect(p99).toBeLessThan(500);
  run.saw(`${run.cases} slow queries: acknowledged p99 ${p99.toFixed(0)} ms`);
});

function acknowledged() {
  return slack
    .acks()
    .filter(({ kind, outcome }) => kind === "command" && outcome === "acknowledged");
}

/** What only one person sees, which is how commands are answered that ask for nothing that all may read. */
function answersTo(user: string): number {
  return slack.messages(channel).filter(({ visibleTo }) => visibleTo === user).length;
}

function percentile99(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
