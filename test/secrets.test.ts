import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DiscordSandbox, startDiscordSandbox } from "../sandbox/discord/index.ts";
import { type SlackSandbox, startSlackSandbox } from "../sandbox/slack/index.ts";
import { defaultSettings, loadCatalogue } from "../src/metrics/catalogue/index.ts";
import { refresh } from "../src/metrics/index.ts";
import { slackSignature } from "./bot/slack/an-http-bot.ts";
import { type Fault, type FaultProxy, startFaultProxy } from "./contract/fault-proxy.ts";
import { anAccount } from "./metrics/asked-company.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { faultTest } from "./support/fault-test.ts";
import { CANARY, leaksIn } from "./support/leaks.ts";
import { completeThrough, putRows } from "./support/rows.ts";
import { type ServeProcess, startServe } from "./support/serve-process.ts";
import { answersIn } from "./support/slack-bot.ts";
import { MONDAY } from "./support/small-company.ts";
import { startTcpProxy, type TcpProxy } from "./support/tcp-proxy.ts";

const botToken = `xoxb-${CANARY}`;
const signingSecret = `${CANARY}-signing`;
const discordToken = `${CANARY}.discord`;
const role = `${CANARY}_role`;
const leaders = "C0LEAD";
/** They ask in turn: who asks too much gets no answer. */
const users = Array.from({ length: 50 }, (_, i) => ({ id: `U0P${i}`, name: `person${i}` }));
let turn = 0;
const nextUser = (): string => users[turn++ % users.length]?.id ?? "";
const discordChannel = "2000000000000000001";
const discordUser = "3000000000000000001";
/** The week's revenue; however it is written, its digits are these. */
const revenue = 918_273;
const revenueDigits = /918[,. ]?273/;

let database: FreshDatabase;
let slack: SlackSandbox;
let discord: DiscordSandbox;
let http: FaultProxy;
let tcp: TcpProxy;
let bot: ServeProcess;
let slackAddress = "";
let env: Record<string, string> = {};

beforeAll(async () => {
  database = await freshDatabase();
  await loadRevenue();
  await database.db.run(
    `DROP ROLE IF EXISTS ${role}; CREATE ROLE ${role} SUPERUSER LOGIN PASSWORD '${CANARY}'`,
  );
  const address = new URL(database.url);
  tcp = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
  Object.assign(address, { username: role, password: CANARY, port: String(tcp.port) });
  const now = new Date(`${MONDAY}T10:00:00Z`);
  slack = await startSlackSandbox({
    signingSecret,
    botToken,
    now: () => now,
    channels: [{ id: leaders, name: "leadership" }],
    users,
  });
  discord = await startDiscordSandbox({
    botToken: discordToken,
    now: () => now,
    channels: [{ id: discordChannel, name: "all" }],
    users: [{ id: discordUser, name: "ana" }],
  });
  http = await startFaultProxy(new URL(slack.apiUrl).origin);
  env = {
    DATABASE_URL: address.toString(),
    KPI_NOW: now.toISOString(),
    LOG_LEVEL: "debug",
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${http.origin}/api/`,
    DISCORD_TOKEN: discordToken,
    DISCORD_API_URL: discord.apiUrl,
  };
  bot = startServe(env, `channels:\n  slack:${leaders}: { sensitive: true }\n`);
  slackAddress = `${(await bot.started()).slack}/slack/events`;
  await slack.connect(slackAddress);
}, 180_000);

afterAll(async () => {
  await bot?.stop();
  await Promise.all([http?.stop(), tcp?.stop(), slack?.stop(), discord?.stop()]);
  // The schema of the jobs is the role's, for it created it.
  await database?.db.run(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`);
  await database?.close();
});

async function loadRevenue(): Promise<void> {
  const weeks = Array.from({ length: 12 }, (_, back) =>
    Temporal.PlainDate.from(MONDAY)
      .subtract({ weeks: back + 1 })
      .toString(),
  );
  // Five, for what fewer pay is told to nobody in chat.
  const accounts = [CANARY, ...[1, 2, 3, 4].map((one) => `${CANARY}-${one}`)];
  const small = accounts.length - 1;
  await putRows(database.db, {
    accounts: accounts.map((id) => anAccount(id, { name: `${id} Ltd` })),
    revenue_daily: weeks.flatMap((revenue_date) =>
      accounts.map((account_id) => ({
        account_id,
        revenue_date,
        revenue_kind: "subscription",
        model_id: "none",
        net_amount: account_id === CANARY ? revenue - small : 1,
      })),
    ),
  });
  await completeThrough(database.db, `${MONDAY}T00:00:00Z`);
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  await refresh(database.db, defaultSettings, loaded.value);
}

const type = (text: string) =>
  slack.typeCommand({ channel: leaders, user: nextUser(), text: `/kpi ${text}`.trim() });
const askRevenue = () => type("weekly revenue");
const to =
  (method: string) =>
  ({ path }: { path: string }) =>
    path === `/api/${method}`;

async function post(body: string, headers: Record<string, string> = {}): Promise<void> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  await fetch(slackAddress, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": slackSignature(signingSecret, timestamp, body),
      ...headers,
    },
  });
}

/** What is done while something breaks, and what the program says of it; null: nothing. */
interface Breakage {
  act: () => Promise<void>;
  event: string | null;
}

/** The next call of a method meets the fault while the revenue is asked. */
function failing(method: string, fault: Fault, event: string | null): Breakage {
  const act = async () => {
    http.fail(to(method), fault);
    await askRevenue();
  };
  return { act, event };
}

const quoting = (status: number, body: string = CANARY): Fault => ({
  kind: "answer",
  status,
  body,
});
const upload = "files.getUploadURLExternal";
const badPlace = JSON.stringify({
  ok: true,
  upload_url: `http://127.0.0.1:1/${CANARY}`,
  file_id: CANARY,
});

const breakages: Record<string, Breakage> = {
  "nothing breaks": { act: askRevenue, event: null },
  "the post fails": failing("chat.postMessage", quoting(500), "answer_not_said"),
  "the post's answer is lost": failing(
    "chat.postMessage",
    { kind: "lose_answer" },
    "answer_not_said",
  ),
  "the post is answered with garbage": failing("chat.postMessage", quoting(200), null),
  "the refusal quotes the token": failing(
    "chat.postMessage",
    quoting(200, JSON.stringify({ ok: false, error: botToken })),
    null,
  ),
  "the post is limited": failing("chat.postMessage", quoting(429), null),
  "the upload fails": failing(upload, quoting(502), "slack_picture_lost"),
  "the upload's place is none": failing(upload, quoting(200, badPlace), "slack_picture_lost"),
  "the upload is completed with garbage": failing(
    "files.completeUploadExternal",
    quoting(200),
    "slack_picture_lost",
  ),
  "the picture is refused": failing(
    "chat.update",
    quoting(200, JSON.stringify({ ok: false, error: CANARY })),
    null,
  ),
  "the database is cut off": {
    act: async () => {
      tcp.cut();
      await askRevenue();
    },
    event: "command_failed",
  },
  "the question is nonsense": { act: () => type(`${CANARY} ${revenue}`), event: null },
  "a quotation mark is open": { act: () => type(`weekly revenue source="${CANARY}`), event: null },
  "a word is nonsense": { act: () => type(`weekly revenue ${revenue} by ${CANARY}`), event: null },
  "SQL is asked for": {
    act: () => type(`weekly revenue source="'; SELECT '${CANARY}"`),
    event: null,
  },
  "the scorecard is asked for": { act: () => type("scorecard"), event: null },
  "an event is garbage": { act: () => post(`{"event":"${CANARY}"`), event: null },
  "an event is of no kind": {
    act: () =>
      post(JSON.stringify({ type: "event_callback", event_id: CANARY, event: { type: CANARY } })),
    event: null,
  },
  "an event has no shape": {
    act: () =>
      post(JSON.stringify({ type: "event_callback", event_id: { a: CANARY }, event: [CANARY] })),
    event: null,
  },
  "a request is forged": {
    act: () => post(CANARY, { "x-slack-signature": `v0=${CANARY}` }),
    event: "slack_library_warning",
  },
  "somebody replies in a thread": { act: reply, event: null },
  "it is asked on Discord, where it may not be told": {
    act: () =>
      discord.typeCommand({
        channel: discordChannel,
        user: discordUser,
        text: `/kpi weekly revenue source=${CANARY}`,
      }),
    event: null,
  },
};

async function reply(): Promise<void> {
  const head = slack.messages(leaders).find(({ author }) => author.kind === "bot");
  if (head === undefined) throw new Error("nothing was said yet");
  slack.postAsUser({
    channel: leaders,
    user: nextUser(),
    text: `${CANARY} ${revenue}`,
    thread_ts: head.ts,
  });
  await slack.settled();
}

const told = (event: string): number => bot.said().split(`"msg":"${event}"`).length - 1;

/** How many questions have come to an end, said or not. */
const ends = (): number => answersIn(slack, leaders).length + told("answer_not_said");

/** Waits until the program has met what broke, and heals it. */
async function meet(name: string, { act, event }: Breakage): Promise<void> {
  const [ended, before] = [ends(), event === null ? 0 : told(event)];
  const types = slack.acks().filter(({ kind }) => kind === "command").length;
  await act();
  const asked = slack.acks().filter(({ kind }) => kind === "command").length > types;
  const patience = {
    timeout: 60_000,
    interval: 20,
    message: name,
  };
  if (event !== null) await expect.poll(() => told(event), patience).toBeGreaterThan(before);
  else if (asked) await expect.poll(ends, patience).toBeGreaterThan(ended);
  http.heal();
  tcp.heal();
}

faultTest(
  48,
  "no secret, text or figure is written by the program, whatever breaks",
  async (run) => {
    const all = Object.entries(breakages);
    for (let i = 0; i < run.cases; i++) {
      const [name, breakage] = all[i % all.length] ?? [];
      if (name !== undefined && breakage !== undefined) await meet(name, breakage);
      run.tried(1);
    }
    // The canaries were there to be leaked.
    await slack.waitFor(
      () => answersIn(slack, leaders).some((said) => revenueDigits.test(said)),
      60_000,
    );
    await askRevenue();
    expect(bot.hasEnded()).toBe(false);
    expect(await bot.stop()).toBe(0);
    const said = bot.said();
    expect(leaksIn(said)).toEqual([]);
    expect(said).not.toMatch(revenueDigits);
    run.saw(`${said.split("\n").length} lines of log at level debug, 0 hits`);
  },
);

describe("a start that fails says no secret either, when", () => {
  test.each<[string, () => Record<string, string>]>([
    ["the token cannot be a header", () => ({ SLACK_BOT_TOKEN: `xoxb-${CANARY}\u00e9` })],
    [
      "the password is wrong",
      () => ({
        DATABASE_URL: database.url
          .replace("://", "://x:")
          .replace(/x:[^@]*@/, `${CANARY}:${CANARY}@`),
      }),
    ],
    [
      "the database does not answer",
      () => ({ DATABASE_URL: `postgres://u:${CANARY}@127.0.0.1:1/x` }),
    ],
    ["Discord's token is unknown", () => ({ DISCORD_TOKEN: `${CANARY}.unknown` })],
  ])(
    "%s",
    async (_, wrong) => {
      const failing = startServe({ ...env, DATABASE_URL: database.url, ...wrong() });
      expect(await failing.end()).toBe(1);
      expect(failing.said()).not.toBe("");
      expect(leaksIn(failing.said())).toEqual([]);
    },
    60_000,
  );
});
