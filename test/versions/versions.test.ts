/**
 * DATABASE_URL may name PostgreSQL 15 to 18. The whole way on each: schema, import, refresh, answers,
 * a delivery, a restart. The bundled version always runs; `npm run test:versions` installs the others.
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { writeCompany } from "../../demo/company/index.ts";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { startClock } from "../../src/clock.ts";
import { loadConfig } from "../../src/config/index.ts";
import { chooseAccount } from "../../src/db/embedded/choose-account.ts";
import { choosePort } from "../../src/db/embedded/choose-port.ts";
import { type Database, type EmbeddedServer, migrate, openDatabase } from "../../src/db/index.ts";
import { importFolder, tellImportFault } from "../../src/ingest/index.ts";
import { silentLog } from "../../src/log.ts";
import { startThroughline, type Throughline } from "../../src/main.ts";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
} from "../../src/metrics/catalogue/index.ts";
import { type Answer, answerMetric, refresh } from "../../src/metrics/index.ts";
import { startReaper } from "../support/reaper.ts";
import { one } from "../support/rows.ts";
import {
  binFolderOf,
  createStrangersDatabase,
  startVersion,
  supported,
  tooOld,
} from "./servers.ts";

const MONDAY = "2026-11-16";
const monday = Temporal.Instant.from(`${MONDAY}T00:00:00Z`);
const shown = ["active_accounts", "adoption_rate", "error_rate"];
const missing = [17, 16, 15].filter((version) => !supported.includes(version));
if (missing.length > 0)
  process.stderr.write(`skipped: Postgres ${missing} are not installed (npm run test:versions)\n`);

let home = "";
let catalogue: Catalogue;
beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "throughline-versions-"));
  // As root the servers run under another account, which must be able to enter.
  chmodSync(home, 0o755);
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  catalogue = loaded.value;
  const company = { seed: 7, weeks: 40, lastWeek: "2026-11-09", stories: true };
  await writeCompany(path.join(home, "csv"), company);
  writeFileSync(
    path.join(home, "kpi.yaml"),
    `scorecard: { channels: [slack:C0ALL], metrics: [${shown.join(", ")}] }\n`,
  );
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What each version has answered so far, to hold the next one against. */
const answers = new Map<number, unknown>();

describe.each(supported)("Postgres %i", (version) => {
  let server: EmbeddedServer;
  let db: Database;
  let url: string;
  let reaper: ReturnType<typeof startReaper>;
  const dataDir = () => path.join(home, `postgres-${version}`);

  beforeAll(async () => {
    mkdirSync(dataDir());
    reaper = startReaper(dataDir());
    server = await startVersion(version, dataDir());
    url = await createStrangersDatabase(server.url, "a_strangers");
    db = openDatabase(url, {
      max: 4,
      applicationName: "test",
      statementTimeoutMs: 0,
      settings: { "kpi.tz": "UTC" },
      log: silentLog,
    });
  }, 120_000);
  afterAll(async () => {
    await db?.close();
    await server?.stop();
    await reaper?.reap();
  });

  test("is what was asked for, and takes the schema once", async () => {
    const told = z.object({ version: z.number() });
    const asked = "SELECT current_setting('server_version_num')::int / 10000 AS version";
    expect(await one(db, told, asked)).toEqual({ version });
    expect((await migrate(url, silentLog)).length).toBeGreaterThan(2);
    expect(await migrate(url, silentLog)).toEqual([]);
  });

  test("takes a company's files, wrong rows apart, and the same again changes nothing", {
    timeout: 240_000,
  }, async () => {
    const bringIn = async () => {
      const imported = await importFolder(db, {
        folder: path.join(home, "csv"),
        mode: "replace",
        completeThrough: monday,
        now: monday,
        timeZone: "UTC",
      });
      if (!imported.ok) throw new Error(tellImportFault(imported.fault));
      return imported.value.tables;
    };
    const first = await bringIn();
    expect(first.every((table) => table.read === table.new)).toBe(true);
    const again = await bringIn();
    expect(again.every((table) => table.read === table.unchanged)).toBe(true);
  });

  test("answers from the cells as from the source tables, like the others", {
    timeout: 480_000,
  }, async () => {
    const report = await refresh(db, defaultSettings, catalogue);
    expect(report.failed).toEqual([]);
    const told: Answer[] = [];
    for (const { id, dimensions } of catalogue.metrics) {
      for (const by of [null, ...(missing.length > 0 ? dimensions.slice(0, 1) : dimensions)]) {
        const [cells, exact] = [await ask(id, by, false), await ask(id, by, true)];
        expect(cells, `${id} by ${by}`).toEqual(exact);
        told.push(cells);
      }
    }
    answers.set(version, told);
    expect(told).toEqual(answers.get(supported[0] ?? 0));
    process.stdout.write(`Postgres ${version}: ${told.length} answers equal --exact\n`);
  });

  test("decides between plans of one day by the code points of their names", async () => {
    await db.transaction(async (sql) => {
      await sql.run(`INSERT INTO source.subscription_periods
        (account_id, line_id, valid_from, is_primary, tier, status)
        SELECT 'tied', line, '2026-01-05Z', true, tier, 'paid' FROM
        (VALUES ('B', 'free'), ('a', 'pro')) v(line, tier)`);
      const tier = z.object({ tier: z.string() });
      const text = `SELECT tier FROM exact.plan WHERE account_id = 'tied' AND to_day > from_day`;
      expect(await sql.rows(tier, text)).toEqual([{ tier: "pro" }]);
      await sql.run("DELETE FROM source.subscription_periods WHERE account_id = 'tied'");
    });
  });

  test("carries the Monday scorecard, once, also over a restart of the server", {
    timeout: 240_000,
  }, async () => {
    const clock = startClock(Temporal.Instant.from(`${MONDAY}T08:59:58Z`));
    const slack = await sandbox(() => new Date(clock().epochMilliseconds));
    onTestFinished(() => slack.stop());
    const first = await startBot(url, slack, clock().toString());
    const posts = () => slack.messages("C0ALL").length;
    await slack.waitFor(() => posts() >= 1, 100_000);
    await vi.waitFor(async () => expect(await unsent()).toEqual({ count: 0 }), waiting);
    const before = posts();
    await first.stop();
    await db.close();
    expect(await server.stop()).toBe("stopped");
    server = await startVersion(version, dataDir());
    db = openDatabase(url, {
      max: 4,
      applicationName: "test",
      statementTimeoutMs: 0,
      log: silentLog,
    });
    const second = await startBot(url, slack, `${MONDAY}T09:00:01Z`);
    await second.stop();
    expect(posts()).toBe(before);
    expect(await unsent()).toEqual({ count: 0 });
    expect(slack.problems()).toEqual([]);
  });

  const unsent = () =>
    one(
      db,
      z.object({ count: z.number() }),
      "SELECT count(*)::int AS count FROM bot.delivery WHERE state <> 'sent'",
    );

  /** Segments in an order of their own, so that ties of size do not matter. */
  async function ask(metric: string, by: string | null, exact: boolean): Promise<Answer> {
    const answer = await answerMetric(
      { db, catalogue, settings: defaultSettings },
      {
        metric,
        by,
        filters: {},
        week: null,
        windowWeeks: null,
        lastWeeks: 6,
        cohort: null,
        versus: "prev",
      },
      exact,
    );
    if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
    const { breakdown } = answer.value;
    if (breakdown === null) return answer.value;
    const segments = [...breakdown.segments].sort((a, b) => (a.segment < b.segment ? -1 : 1));
    return { ...answer.value, breakdown: { ...breakdown, segments } };
  }
});

test.skipIf(tooOld === null)(
  "an older Postgres is refused by name, as a server and as binaries",
  {
    timeout: 120_000,
  },
  async () => {
    const version = tooOld ?? 0;
    const folder = path.join(home, "too-old");
    mkdirSync(folder);
    await expect(startVersion(version, folder)).rejects.toThrow(
      JSON.stringify({ kind: "too_old", version, oldest: 15 }),
    );
    const url = await startByHand(binFolderOf(version, folder) ?? "", folder);
    const waited = await vi.waitUntil(
      () =>
        migrate(url, silentLog).catch(
          (error: NodeJS.ErrnoException) => error.code === "unsupported_version" && error,
        ),
      waiting,
    );
    expect(waited).toMatchObject({ code: "unsupported_version" });
  },
);

const waiting = { timeout: 60_000, interval: 100 };

/** As an administrator would have it; it ends with the test. */
async function startByHand(bin: string, folder: string): Promise<string> {
  const account = chooseAccount([]);
  if (!account.ok) throw new Error(account.fault.kind);
  const options = { ...account.value, cwd: "/", env: { LC_ALL: "C" } };
  const data = mkdtempSync(path.join(folder, "data-"));
  spawnSync("chown", [`${account.value?.uid ?? process.getuid?.()}`, data]);
  const made = spawnSync(
    path.join(bin, "initdb"),
    ["-D", data, "-U", "owner", "-A", "trust", "-N"],
    options,
  );
  expect(made.status, String(made.stderr)).toBe(0);
  const port = await choosePort(folder);
  const settings = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", "", "-F"];
  const child = spawn(path.join(bin, "postgres"), settings, { ...options, stdio: "ignore" });
  onTestFinished(() => new Promise((done) => child.once("exit", () => done()).kill("SIGQUIT")));
  return `postgres://owner@127.0.0.1:${port}/postgres`;
}

function sandbox(now: () => Date): Promise<SlackSandbox> {
  return startSlackSandbox({
    signingSecret: "signing",
    botToken: "xoxb-versions",
    now,
    channels: [{ id: "C0ALL", name: "all" }],
    users: [{ id: "U0ANA", name: "ana" }],
  });
}

async function startBot(url: string, slack: SlackSandbox, now: string): Promise<Throughline> {
  const config = loadConfig(
    {
      DATABASE_URL: url,
      SLACK_BOT_TOKEN: "xoxb-versions",
      SLACK_SIGNING_SECRET: "signing",
      SLACK_API_URL: slack.apiUrl,
      KPI_NOW: now,
      PORT: "0",
      ADMIN_PORT: "0",
    },
    home,
  );
  if (!config.ok) throw new Error(JSON.stringify(config.fault));
  const bot = await startThroughline(config.value, silentLog, startClock(config.value.clockFrom));
  if (!bot.ok) throw new Error(JSON.stringify(bot.fault));
  return bot.value;
}
