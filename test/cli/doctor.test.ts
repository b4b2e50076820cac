/** FAULTS.md 49: each breakage is found, named by its variable or place, with what to do, and no secret in it. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type DiscordSandbox, startDiscordSandbox } from "../../sandbox/discord/index.ts";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { slackScopes } from "../../src/bot/index.ts";
import { examine } from "../../src/cli/doctor/examine.ts";
import { tellFindings } from "../../src/cli/doctor/tell-findings.ts";
import { surveyConfig } from "../../src/config/index.ts";
import { silentLog } from "../../src/log.ts";
import { type FaultProxy, startFaultProxy } from "../contract/fault-proxy.ts";
import { emptyDatabase } from "../db/empty-database.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { faultTest } from "../support/fault-test.ts";

const secrets = [
  "xoxb-doctor-secret",
  "xapp-doctor-secret",
  "signing-doctor-secret",
  "discord-doctor-secret",
] as const;
const [botToken, appToken, signingSecret, discordToken] = secrets;
const now = Temporal.Instant.from("2026-11-16T09:00:00Z");
const discordChannel = "1100000000000000001";

let folder = "";
let database: FreshDatabase;
let slack: SlackSandbox;
let poor: SlackSandbox;
let proxy: FaultProxy;
let discord: DiscordSandbox;
/** Where nobody listens any more. */
let closed = "";

const slackOptions = {
  signingSecret,
  botToken,
  channels: [
    { id: "C0ALL", name: "all" },
    { id: "C0OUT", name: "uninvited", botIsMember: false },
    { id: "C0OLD", name: "old", archived: true },
    { id: "C0EXT", name: "shared", external: true },
    { id: "C0SOON", name: "soon-shared", pendingExternal: true },
    { id: "C0PRIV", name: "private", private: true, botIsMember: false },
  ],
  users: [
    { id: "U0ANA", name: "ana" },
    { id: "U0GONE", name: "gone", deleted: true },
  ],
  now: () => new Date(),
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "doctor-"));
  database = await freshDatabase();
  slack = await startSlackSandbox({ ...slackOptions, scopes: slackScopes });
  const few = slackScopes.filter((scope) => !["im:history", "channels:read"].includes(scope));
  poor = await startSlackSandbox({ ...slackOptions, scopes: few });
  proxy = await startFaultProxy(new URL(slack.apiUrl).origin);
  const gone = await startFaultProxy("http://127.0.0.1");
  closed = gone.origin;
  await gone.stop();
  discord = await startDiscordSandbox({
    botToken: discordToken,
    channels: [{ id: discordChannel, name: "gtm" }],
    users: [],
    now: () => new Date(),
  });
}, 60_000);
afterAll(async () => {
  await Promise.all([slack.stop(), poor.stop(), proxy.stop(), discord.stop(), database.close()]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(heal);

const opened = '{"ok":true,"url":"wss://127.0.0.1/link"}';

function connectionsOpen(body: string): void {
  const answer = { kind: "answer", status: 200, body } as const;
  proxy.fail(({ path: at }) => at === "/api/apps.connections.open", answer, 99);
}

function slackSays(method: string, error: string): void {
  answers(method, 200, JSON.stringify({ ok: false, error }));
}

function answers(method: string, status: number, body: string): void {
  // The first rule that matches is the one that holds.
  proxy.heal();
  proxy.fail(({ path: at }) => at === `/api/${method}`, { kind: "answer", status, body }, 99);
  connectionsOpen(opened);
}

/** All sources are loaded and computed up to these instants; null: not at all. */
async function complete(sources: string | null, facts: string | null): Promise<void> {
  const { db } = database;
  await db.run("TRUNCATE source.source_watermarks, facts.watermark");
  const fill = (table: string, at: string | null) =>
    at === null
      ? Promise.resolve()
      : db.run(
          `INSERT INTO ${table} (source_table, complete_through)
           SELECT table_name, $1::timestamptz FROM information_schema.tables
           WHERE table_schema = 'source' AND table_name <> 'source_watermarks'`,
          [at],
        );
  await fill("source.source_watermarks", sources);
  await fill("facts.watermark", facts);
}

const goodCompany =
  "owner: slack:U0ANA\nteams: {GTM: {channels: [slack:C0ALL]}}\nscorecard: {channels: [slack:C0ALL]}\n";

/** The doctor's words, of a program in which all is well but for this. */
async function told(broken: Record<string, string | undefined> = {}, company = goodCompany) {
  writeFileSync(path.join(folder, "kpi.yaml"), company);
  const env = {
    DATABASE_URL: database.url,
    KPI_DATA_DIR: path.join(folder, ".kpi"),
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: `${proxy.origin}/api/`,
    ...broken,
  };
  const found = await examine(surveyConfig(env, folder), now, silentLog);
  const findings = Object.values(found).flat();
  const words = tellFindings(found, 100);
  for (const secret of secrets) expect(words).not.toContain(secret);
  return { findings, words };
}

async function missing(broken: Record<string, string | undefined>, company?: string) {
  const { findings } = await told(broken, company);
  return findings
    .filter(({ state }) => state === "missing" || state === "wrong")
    .map(({ about, said, next, step }) => `${about}: ${said}. ${next}${step ? ` ${step}` : ""}`);
}

const inChannel = (id: string) =>
  goodCompany.replace(
    "scorecard: {channels: [slack:C0ALL]}",
    `scorecard: {channels: [slack:${id}]}`,
  );

test("all is well", async () => {
  mkdirSync(path.join(folder, ".kpi"), { recursive: true });
  writeFileSync(path.join(folder, ".kpi/watch.json"), "{}");
  const { findings, words } = await told(
    { DISCORD_TOKEN: discordToken, DISCORD_API_URL: discord.apiUrl },
    goodCompany.replace("[slack:C0ALL]}\n", `[slack:C0ALL, discord:${discordChannel}]}\n`),
  );
  // Its tables are empty, which silences metrics and is no fault.
  const others = findings.filter(({ about }) => about !== "silent metrics");
  expect(others.filter(({ state }) => state !== "ok")).toEqual([]);
  expect(words).toContain("#all, the bot is in it");
  expect(words).toContain("#gtm, the bot sees it");
  expect(words).toMatch(/The bot has all that it needs\./);
});

interface Breakage {
  what: string;
  env?: () => Record<string, string | undefined>;
  company?: string;
  first?: () => unknown;
  /** Each of what is missing, in order. */
  told: RegExp[];
}

const breakages: readonly Breakage[] = [
  {
    what: "no platform",
    env: () => ({ SLACK_BOT_TOKEN: undefined, SLACK_APP_TOKEN: undefined }),
    told: [/^chat platform: none is configured.*SLACK_BOT_TOKEN.*DISCORD_TOKEN.*_FILE.* 3$/],
  },
  {
    what: "a token that is none",
    env: () => ({ SLACK_BOT_TOKEN: "xoxp-doctor-secret" }),
    told: [/^SLACK_BOT_TOKEN: .*begins with xoxb-.* 3$/],
  },
  {
    what: "a bot token of another app",
    env: () => ({ SLACK_BOT_TOKEN: "xoxb-another" }),
    told: [/^SLACK_BOT_TOKEN: Slack refuses it \(invalid_auth\).*OAuth & Permissions.* 2$/],
  },
  {
    what: "a bot token with a sign that no header holds",
    env: () => ({ SLACK_BOT_TOKEN: "xoxb-über" }),
    told: [/^SLACK_BOT_TOKEN: Slack refuses it \(malformed_token\).*copy it again/],
  },
  {
    what: "a revoked token",
    first: () => slackSays("auth.test", "token_revoked"),
    told: [/^SLACK_BOT_TOKEN: .*token_revoked.*install the app again.* 2$/],
  },
  {
    what: "a removed app",
    first: () => slackSays("auth.test", "account_inactive"),
    told: [/^SLACK_BOT_TOKEN: .*removed from the workspace.* 2$/],
  },
  {
    what: "an app that the workspace does not let in",
    first: () => slackSays("auth.test", "forbidden_team"),
    told: [/^SLACK_BOT_TOKEN: .*\(forbidden_team\)\. Have an administrator .* 2$/],
  },
  {
    what: "an address that is not Slack's",
    env: () => ({ SLACK_API_URL: `${proxy.origin}/elsewhere/` }),
    told: [
      /^SLACK_BOT_TOKEN: what answers is not Slack \(http_404\)\. Correct SLACK_API_URL/,
      /^SLACK_APP_TOKEN: what answers is not Slack \(http_404\)\. Correct SLACK_API_URL/,
    ],
  },
  {
    what: "a proxy that lets nothing through",
    first: () => answers("auth.test", 403, "<html>no</html>"),
    told: [/^SLACK_BOT_TOKEN: what answers is not Slack \(http_403\).*proxy in between/],
  },
  {
    what: "a Slack that is asked too often",
    first: () => slackSays("auth.test", "ratelimited"),
    told: [/^SLACK_BOT_TOKEN: Slack is asked too often \(ratelimited\)\. Ask again in a minute\./],
  },
  {
    what: "neither app token nor signing secret",
    env: () => ({ SLACK_APP_TOKEN: undefined }),
    told: [/^SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: neither is there.* 3$/],
  },
  {
    what: "an app token without a bot token",
    env: () => ({ SLACK_BOT_TOKEN: undefined }),
    told: [/^SLACK_BOT_TOKEN: it is missing.*OAuth & Permissions.* 3$/],
  },
  {
    what: "an app token that Slack does not know",
    first: () => slackSays("apps.connections.open", "invalid_auth"),
    told: [/^SLACK_APP_TOKEN: Slack refuses it \(invalid_auth\).*App-Level Tokens.* 2$/],
  },
  {
    what: "an app token without its scope",
    first: () => slackSays("apps.connections.open", "missing_scope"),
    told: [/^SLACK_APP_TOKEN: .*connections:write.* 2$/],
  },
  {
    what: "missing scopes",
    env: () => ({
      SLACK_API_URL: poor.apiUrl,
      SLACK_APP_TOKEN: undefined,
      SLACK_SIGNING_SECRET: signingSecret,
    }),
    told: [
      /^Slack scopes: missing: im:history, channels:read\..*kpi manifest.*install the app again.* 1$/,
      /^slack:C0ALL: Slack needs a scope to say \(.*channels:read.*\).* 1$/,
    ],
  },
  {
    what: "a channel without the bot",
    company: inChannel("C0OUT"),
    told: [
      /^slack:C0OUT: the bot is not in #uninvited\. In #uninvited type: \/invite @throughline 4$/,
    ],
  },
  {
    what: "an archived channel",
    company: inChannel("C0OLD"),
    told: [/^slack:C0OLD: #old is archived.* 4$/],
  },
  {
    what: "a channel that others read",
    company: inChannel("C0EXT"),
    told: [/^slack:C0EXT: #shared is shared with another organisation.* 4$/],
  },
  {
    what: "a channel that others will read",
    company: inChannel("C0SOON"),
    told: [/^slack:C0SOON: #soon-shared is shared with another organisation.* 4$/],
  },
  {
    what: "a channel that others are invited to, as older answers say it",
    company: inChannel("C0ALL"),
    first: () =>
      answers(
        "conversations.info",
        200,
        '{"ok":true,"channel":{"name":"all","is_member":true,"pending_shared":["T0THEM"]}}',
      ),
    told: [/^slack:C0ALL: #all is shared with another organisation.* 4$/],
  },
  {
    what: "a private channel without the bot",
    company: inChannel("C0PRIV"),
    told: [/^slack:C0PRIV: Slack shows the bot no such channel.*\/invite @throughline.* 4$/],
  },
  {
    what: "a channel that is none",
    company: inChannel("C0TYPO"),
    told: [/^slack:C0TYPO: Slack shows the bot no such channel.*correct the id.* 4$/],
  },
  {
    what: "an owner who is nobody",
    company: goodCompany.replace("U0ANA", "U0NOBODY"),
    told: [/^slack:U0NOBODY: Slack knows no such person.* 4$/],
  },
  {
    what: "an owner on a platform that is off",
    company: goodCompany.replace("slack:U0ANA", "discord:1200"),
    told: [/^owner: discord:1200 is named, whose platform is not configured: nobody is told.* 4$/],
  },
  {
    what: "an owner who has left",
    company: goodCompany.replace("U0ANA", "U0GONE"),
    told: [/^slack:U0GONE: the owner has left.* 4$/],
  },
  {
    what: "Slack away",
    env: () => ({ SLACK_API_URL: `${closed}/api/` }),
    told: [
      /^SLACK_BOT_TOKEN: Slack does not answer \(ECONNREFUSED\)\. Check the network.*SLACK_API_URL/,
      /^SLACK_APP_TOKEN: Slack does not answer/,
    ],
  },
  {
    what: "a Discord token of nobody",
    env: () => ({ DISCORD_TOKEN: "nobody", DISCORD_API_URL: discord.apiUrl }),
    told: [/^DISCORD_TOKEN: Discord refuses it.*Reset Token.* 3$/],
  },
  {
    what: "a Discord channel that the bot does not see",
    env: () => ({ DISCORD_TOKEN: discordToken, DISCORD_API_URL: discord.apiUrl }),
    company: goodCompany.replace("[slack:C0ALL]}\n", "[slack:C0ALL, discord:77]}\n"),
    told: [/^discord:77: the bot does not see it \(10003\).*correct the id.* 4$/],
  },
  {
    what: "a secret's file that is not there",
    env: () => ({ SLACK_APP_TOKEN: undefined, SLACK_APP_TOKEN_FILE: "/nowhere/token" }),
    told: [/^SLACK_APP_TOKEN_FILE: the file that it names cannot be read.* 3$/],
  },
  {
    what: "a fault in kpi.yaml",
    company: `${goodCompany}time_zone: Mars\n`,
    told: [/^kpi\.yaml:4 time_zone: .*IANA.* 4$/],
  },
  {
    what: "a kpi.yaml that is elsewhere",
    env: () => ({ KPI_CONFIG: "nowhere.yaml" }),
    told: [/^KPI_CONFIG: there is no such file.* 4$/],
  },
  {
    what: "a scorecard with a metric that is none",
    company: goodCompany
      .replace("channels: [slack:C0ALL]}\n", "channels: [slack:C0ALL], metrics: [X.9]}\n")
      .replace("GTM: {channels: [slack:C0ALL], metrics: [X.9]}", "GTM: {channels: [slack:C0ALL]}"),
    told: [/^kpi\.yaml:3 scorecard\.metrics\.0: there is no metric "X\.9".* 4$/],
  },
  {
    what: "a folder of fonts that is not there",
    company: `${goodCompany}fonts: ./nowhere\n`,
    told: [/^kpi\.yaml fonts: the folder of fonts cannot be read\. Name a folder/],
  },
  {
    what: "the database away",
    env: () => ({ DATABASE_URL: "postgres://kpi:doctor-password@127.0.0.1:9/kpi" }),
    told: [
      /^database: DATABASE_URL: the database does not answer \(ECONNREFUSED\)\. Check that it runs/,
    ],
  },
  {
    what: "a database that is not there",
    env: () => ({ DATABASE_URL: database.url.replace(/[^/]+$/, "nowhere") }),
    told: [/^database: DATABASE_URL: there is no database of that name \(3D000\)\. Create it/],
  },
  {
    what: "a refused password",
    env: () => ({
      DATABASE_URL: database.url.replace(/\/\/[^@]+@/, "//somebody:doctor-password@"),
    }),
    told: [/^database: DATABASE_URL: the database refuses the login \(28\w+\)\. Check the user/],
  },
  {
    what: "nothing loaded",
    first: () => complete(null, null),
    told: [/^data: nothing has been loaded\. Run: kpi import/],
  },
  {
    what: "data that end too early",
    first: () => complete("2026-11-10T00:00:00Z", "2026-11-10T00:00:00Z"),
    told: [
      /^freshness: not complete for the week of 2026-11-09: accounts, .* end with the week of 2026-11-02.*--complete-through/,
    ],
  },
  {
    what: "data that are not computed",
    first: () => complete("2026-11-16T00:00:00Z", "2026-11-09T00:00:00Z"),
    told: [/^refresh: .*not computed yet\. Run: kpi refresh/],
  },
  {
    what: "rows that came late and are not computed",
    first: () =>
      database.db.run("INSERT INTO bot.dirty (source_table, day) VALUES ('tickets', '2026-10-05')"),
    told: [
      /^refresh: tickets: rows that came, changed or went are not computed yet\. Run: kpi refresh/,
    ],
  },
  {
    what: "a load from a database that is not named, by no mapping",
    company: `${goodCompany}sources: {every: "06:00", from: SOURCE_DATABASE_URL}\n`,
    told: [
      /^SOURCE_DATABASE_URL: it is missing, and kpi\.yaml:4 sources\.from reads from it\. Set it/,
      /^kpi\.yaml:4 sources\.from: no mapping says.*Name a mapping file in kpi\.yaml.* 4$/,
    ],
  },
  {
    what: "one's own database away",
    env: () => ({ SOURCE_DATABASE_URL: "postgres://kpi:doctor-password@127.0.0.1:9/crm" }),
    told: [/^SOURCE_DATABASE_URL: the database does not answer \(ECONNREFUSED\)\. Check that/],
  },
  {
    what: "one's own database that refuses the login",
    env: () => ({
      SOURCE_DATABASE_URL: database.url.replace(/\/\/[^@]+@/, "//somebody:doctor-password@"),
    }),
    told: [/^SOURCE_DATABASE_URL: the database refuses the login \(28\w+\)\. Check the user/],
  },
  {
    what: "a folder of exports that is not there",
    company: `${goodCompany}sources: {every: "06:00", from: ./nowhere}\n`,
    told: [
      /^sources\.from: the folder cannot be read \(ENOENT\)\. Correct kpi\.yaml, sources.* 4$/,
    ],
  },
  {
    what: "a folder of exports without one",
    company: `${goodCompany}sources: {every: "06:00", from: .kpi}\n`,
    first: () => mkdirSync(path.join(folder, ".kpi"), { recursive: true }),
    told: [/^sources\.from: the folder has no CSV file\. Export a <table>\.csv there\. 4$/],
  },
  {
    what: "a fault in the mapping",
    company: `${goodCompany}sources: {every: "06:00", from: .}\nmapping: mapping.yaml\n`,
    first: () =>
      writeFileSync(path.join(folder, "mapping.yaml"), "tables: {tiers: {sqll: SELECT 1}}\n"),
    told: [
      /^mapping: mapping\.yaml:1:17 {2}tables\.tiers\.sql: is missing.* 4$/,
      /^mapping: mapping\.yaml:1:18 .*"sqll" is no key here\. Did you mean "sql".*kpi import.* 4$/,
    ],
  },
  {
    what: "a load that fails",
    company: `${goodCompany}sources: {every: "06:00", from: exports}\n`,
    first: () => {
      mkdirSync(path.join(folder, "exports"), { recursive: true });
      writeFileSync(path.join(folder, "exports/tiers.csv"), "");
      return database.db.run(`INSERT INTO run (report, filters_hash, period, due_at, claimed_at, failures)
        VALUES ('sources', '', '2026-11-16', now(), now(), 4)`);
    },
    told: [/^sources: the load of 2026-11-16 has failed 4 times.*sources_not_loaded; kpi import/],
  },
  {
    what: "a login that may not make the schema of the queue",
    env: () => ({ DATABASE_URL: poorLogin() }),
    first: () =>
      database.db.run(
        `DROP ROLE IF EXISTS doctor_poor; CREATE ROLE doctor_poor LOGIN PASSWORD 'doctor-password';
         GRANT pg_read_all_data TO doctor_poor`,
      ),
    told: [/^jobs: the login may not make the schema pgboss.*CREATE SCHEMA pgboss AUTHORIZATION/],
  },
  {
    what: "several at once",
    env: () => ({
      SLACK_BOT_TOKEN: "xoxb-another",
      PORT: "eighty",
      DISCORD_TOKEN: "nobody",
      DISCORD_API_URL: discord.apiUrl,
    }),
    first: () => complete(null, null),
    told: [/^PORT: /, /^data: /, /^SLACK_BOT_TOKEN: /, /^DISCORD_TOKEN: /],
  },
];

function poorLogin(): string {
  return database.url.replace(/\/\/[^@]+@/, "//doctor_poor:doctor-password@");
}

async function heal(): Promise<void> {
  proxy.heal();
  connectionsOpen(opened);
  await complete("2026-11-16T00:00:00Z", "2026-11-16T00:00:00Z");
  await database.db.run("DELETE FROM run WHERE report = 'sources'");
  await database.db.run("DELETE FROM bot.dirty");
}

faultTest(
  49,
  "each breakage is told by what is wrong, with what to do and no secret",
  async (run) => {
    expect(breakages.length).toBeGreaterThanOrEqual(run.cases);
    const advice: string[] = [];
    for (const { what, env, company, first, told: expected } of breakages) {
      await heal();
      await first?.();
      const found = await missing(env?.() ?? {}, company);
      expect(found.join("\n"), what).not.toContain("doctor-password");
      expect(
        found.map((line) => expected.find((wanted) => wanted.test(line))?.source ?? line),
        what,
      ).toEqual(expected.map(({ source }) => source));
      advice.push(`${what}:`, ...found.map((line) => `  ${line}`));
      run.tried(1);
    }
    if (run.isFull) process.stdout.write(`${advice.join("\n")}\n`);
    run.saw(`${breakages.length} breakages, each with its own advice: 0 wrong`);
  },
);

test("nothing is wrong with a load that kpi.yaml plans no more", async () => {
  await database.db.run(`INSERT INTO run (report, filters_hash, period, due_at, claimed_at, failures)
    VALUES ('sources', '', '2026-11-16', now(), now(), 4)`);
  const found = await missing({});
  await database.db.run("DELETE FROM run");
  expect(found).toEqual([]);
});

test("nothing is wrong with a channel that others read where kpi.yaml allows that", async () => {
  const allowed = "channels: {slack:C0EXT: {external: true}}\n";
  const { findings } = await told({}, inChannel("C0EXT") + allowed);
  expect(findings.find(({ about }) => about === "slack:C0EXT")).toMatchObject({
    state: "ok",
    said: expect.stringContaining("another organisation reads it too"),
  });
});

describe("the doctor finds", () => {
  test("that nobody watches from outside, until kpi watch has run", async () => {
    const watching = async () => (await told()).findings.find(({ about }) => about === "watch");
    rmSync(path.join(folder, ".kpi/watch.json"), { force: true });
    expect(await watching()).toMatchObject({
      state: "unset",
      next: expect.stringContaining("timer"),
    });
    mkdirSync(path.join(folder, ".kpi"), { recursive: true });
    writeFileSync(path.join(folder, ".kpi/watch.json"), "{}");
    expect(await watching()).toMatchObject({ state: "ok" });
    const hoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1_000);
    utimesSync(path.join(folder, ".kpi/watch.json"), hoursAgo, hoursAgo);
    expect(await watching()).toMatchObject({
      state: "check",
      said: expect.stringContaining("no timer has run it since"),
    });
  });

  test("tables that were never made", async () => {
    const empty = await emptyDatabase();
    const found = await missing({ DATABASE_URL: empty.url });
    expect(found).toEqual([
      expect.stringMatching(/^schema: the database has no tables yet\. .*kpi migrate/),
    ]);
  });

  test("which metrics are silent for want of a table, and which for want of rows, and lets the rest be well", async () => {
    await database.db.run("DELETE FROM source.source_watermarks WHERE source_table = 'tickets'");
    const { findings } = await told();
    expect(findings.filter(({ state }) => state === "missing" || state === "wrong")).toEqual([]);
    const silent = findings.filter(({ about }) => about === "silent metrics");
    expect(silent.map((finding) => finding.said.replace(/^\d+/, "n"))).toEqual([
      "n metrics wait for tables into which nothing was loaded",
      "n metrics wait for rows that no loaded table holds",
    ]);
    const [tables = [], rows = []] = silent.map(({ lines }) => lines);
    expect(tables).toEqual([expect.stringMatching(/^tickets: support_ticket_volume, /)]);
    expect(rows).toContainEqual(
      expect.stringMatching(/^surveys: .*customer_satisfaction_score \(kind csat\)/),
    );
  });
});

test("the steps that it names are the README's", () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, "../../README.md"), "utf8");
  const section = /## Into a real Slack workspace\n(.*?)\n## /s.exec(readme)?.[1] ?? "";
  const steps = [...section.matchAll(/^(\d)\. \*\*(\w+)/gm)].map(
    ([, number, verb]) => `${number} ${verb}`,
  );
  expect(steps).toEqual(["1 Make", "2 Install", "3 Hand", "4 Name", "5 Start"]);
});

test("the command says it with exit status 1, as data with --json, and names no secret", async () => {
  mkdirSync(path.join(folder, "elsewhere"), { recursive: true });
  writeFileSync(path.join(folder, "elsewhere/kpi.yaml"), `${goodCompany}fonts: ./nowhere\n`);
  const { status, out } = await kpi(["doctor", "--json"], {
    KPI_NOW: now.toString(),
    DATABASE_URL: database.url,
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: `${proxy.origin}/api/`,
  });
  expect(status).toBe(1);
  const answer = z
    .object({
      ok: z.boolean(),
      findings: z.array(
        z.object({
          about: z.string(),
          state: z.string(),
          said: z.string(),
          next: z.string().nullable(),
          step: z.number().nullable(),
        }),
      ),
    })
    .parse(JSON.parse(out));
  expect(answer.ok).toBe(false);
  const wrong = answer.findings.filter(({ state }) => state === "wrong");
  expect(wrong).toMatchObject([
    { about: "kpi.yaml fonts", next: expect.stringContaining("folder") },
  ]);
  for (const secret of secrets) expect(out).not.toContain(secret);
});

function kpi(args: string[], env: Record<string, string>) {
  const file = path.resolve(import.meta.dirname, "../../src/cli/kpi.ts");
  return new Promise<{ status: number; out: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [file, ...args],
      { cwd: path.join(folder, "elsewhere"), env: { PATH: process.env.PATH, ...env } },
      (_, out) => resolve({ status: child.exitCode ?? -1, out }),
    );
  });
}
