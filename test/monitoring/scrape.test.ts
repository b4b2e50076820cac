/** What /metrics shows of a bot at work, and that no figure and no name of the company is in it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "../../src/db/index.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { refresh } from "../../src/metrics/index.ts";
import { metricNames, startMonitor } from "../../src/monitoring/index.ts";
import { anAccount } from "../metrics/asked-company.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { CANARY, leaksIn } from "../support/leaks.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type SlackBot, startSlackBot } from "../support/slack-bot.ts";
import { MONDAY } from "../support/small-company.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";
import { type Family, parseExposition } from "./parse-exposition.ts";

/** The week's revenue; however it is written, its digits are these. */
const revenue = 918_273;

let database: FreshDatabase;
let proxy: TcpProxy;
let world: SlackBot;

beforeAll(async () => {
  database = await freshDatabase({ statementTimeoutMs: 60_000 });
  await loadRevenue();
  const address = new URL(database.url);
  proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
  address.port = String(proxy.port);
  world = await startSlackBot({ env: { DATABASE_URL: address.href } });
  await world.ask("weekly revenue", "C0LEAD");
  await world.ask("nosuchmetric");
  await world.ask(`weekly revenue segment=${CANARY}`, "C0LEAD");
  await world.ask("metrics");
}, 120_000);
afterAll(async () => {
  await world.stop();
  await proxy.stop();
  await database.close();
});

async function loadRevenue(): Promise<void> {
  const catalogue = await loadCatalogue(defaultSettings);
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.fault));
  // Six of them, for a figure of fewer accounts is told to nobody.
  const customers = ["a1", "a2", "a3", "a4", "a5", "a6"];
  const days = { revenue_date: "2026-11-10", revenue_kind: "usage" };
  await putRows(database.db, {
    accounts: customers.map((id) =>
      anAccount(id, { name: CANARY, signed_up_at: "2026-10-01T09:00Z" }),
    ),
    revenue_daily: customers.map((account_id, i) => ({
      ...days,
      account_id,
      net_amount: i === 0 ? revenue - 5 : 1,
    })),
  });
  await completeThrough(database.db, `${MONDAY}T00:00:00Z`);
  await refresh(database.db, defaultSettings, catalogue.value);
}

async function scrape(): Promise<string> {
  const response = await fetch(`${world.bot.adminAddress}/metrics`);
  if (response.status !== 200) throw new Error(await response.text());
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  return response.text();
}

async function family(name: string): Promise<Family> {
  const found = parseExposition(await scrape()).get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** The value of the only sample with these labels. */
async function sampleOf(name: string, labels: Record<string, string> = {}): Promise<number> {
  const { samples } = await family(name);
  const fits = (sample: { labels: Readonly<Record<string, string>> }): boolean =>
    Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
  const [first, ...more] = samples.filter(fits);
  expect(more, name).toEqual([]);
  return first?.value ?? Number.NaN;
}

const MONDAY_MORNING = Temporal.Instant.from(`${MONDAY}T09:00:00Z`);

/** The database, of which the statements about a table wait for `until`. */
function slowedAt(table: string, until: Promise<void>): { sql: Sql; reached: Promise<void> } {
  const { db } = database;
  const reached = Promise.withResolvers<void>();
  const rows: Sql["rows"] = async (row, text, values) => {
    if (text.includes(table)) {
      reached.resolve();
      await until;
    }
    return db.rows(row, text, values);
  };
  const sql: Sql = {
    rows,
    run: db.run.bind(db),
    copyIn: db.copyIn.bind(db),
    copyOut: db.copyOut.bind(db),
    asGuest: db.asGuest.bind(db),
  };
  return { sql, reached: reached.promise };
}

describe("a scrape", () => {
  test("is of the format, shows all that the program has, and nothing else", async () => {
    const families = parseExposition(await scrape());
    expect([...families.keys()].sort()).toEqual([...metricNames].sort());
    for (const [name, { help, type }] of families) {
      expect(help, name).not.toBe("");
      expect(["gauge", "counter", "histogram"], name).toContain(type);
      expect(name.endsWith("_total"), name).toBe(type === "counter");
    }
  });

  test("has histograms whose buckets add up", async () => {
    const families = [...parseExposition(await scrape()).values()];
    for (const { type, samples } of families.filter(({ type }) => type === "histogram")) {
      expect(type).toBe("histogram");
      const series = Map.groupBy(samples, ({ labels: { le: _, ...rest } }) => JSON.stringify(rest));
      for (const [labels, of] of series) {
        const buckets = of.filter(({ name }) => name.endsWith("_bucket"));
        const counts = buckets.map(({ value }) => value);
        expect(counts, labels).toEqual([...counts].sort((a, b) => a - b));
        const count = of.find(({ name }) => name.endsWith("_count"))?.value;
        expect(buckets.at(-1), labels).toMatchObject({ labels: { le: "+Inf" }, value: count });
      }
    }
  });

  test("counts questions by command and by what became of them, and acknowledgements", async () => {
    const { samples } = await family("throughline_answer_seconds");
    const counts = samples
      .filter(({ name }) => name.endsWith("_count"))
      .map(({ labels: { command, outcome }, value }) => `${command} ${outcome} ${value}`);
    expect(counts.sort()).toEqual([
      "metric told 1",
      "metric unknown_metric 1",
      "metric unknown_value 1",
      "metrics told 1",
    ]);
    const acknowledged = (await family("throughline_acknowledgement_seconds")).samples;
    const [count] = acknowledged.filter(({ name }) => name.endsWith("_count"));
    // Slack also asked whether the address is the bot's.
    expect(count).toMatchObject({ labels: { platform: "slack" } });
    expect(count?.value).toBeGreaterThanOrEqual(4);
  });

  test("shows deliveries, what waits, and how old the data are", async () => {
    await database.db.run(`INSERT INTO run (id, report, filters_hash, period, due_at, claimed_at, told)
        OVERRIDING SYSTEM VALUE VALUES (900, 'line/1', '', '2026-11-09', now(), now(), '{}'),
          (901, 'sources', '', '2026-11-16', '2026-11-16', now(), NULL);
      UPDATE run SET failures = 4, next_build_at = 'infinity' WHERE id = 901;
      INSERT INTO delivery (id, run_id, channel, created_at, stored_at, state, next_try_at)
        VALUES ('d1', 900, 'slack:C1', now(), now() - interval '1 hour', 'pending', 'infinity'),
               ('d2', 900, 'discord:1', now(), now(), 'dead', NULL)`);
    const waiting = await sampleOf("throughline_oldest_waiting_delivery_seconds");
    expect(Math.abs(waiting - 3_600)).toBeLessThan(300);
    expect(await sampleOf("throughline_deliveries", { platform: "discord", state: "dead" })).toBe(
      1,
    );
    expect(await sampleOf("throughline_load_failures")).toBe(4);
    const age = await sampleOf("throughline_source_age_seconds", { table: "accounts" });
    expect(Math.abs(age - 10 * 3_600)).toBeLessThan(600);
    expect(
      await sampleOf("throughline_pool_connections", { pool: "questions", state: "most" }),
    ).toBe(6);
    expect(await sampleOf("throughline_tick_age_seconds")).toBeLessThan(30);
    expect(await sampleOf("throughline_scrape_complete")).toBe(1);
  });

  test("is whole also when another begins before it ends", async () => {
    const monitor = startMonitor();
    const facts = { version: "", pools: {}, tickAgeMs: 0, jobWaitsMs: 0 };
    const ending = Promise.withResolvers<void>();
    const slow = slowedAt("bot.inbox", ending.promise);
    const first = monitor.scrape(facts, { sql: slow.sql, now: MONDAY_MORNING });
    await slow.reached;
    const never = slowedAt("bot.delivery", new Promise(() => {}));
    void monitor.scrape(facts, { sql: never.sql, now: MONDAY_MORNING });
    await never.reached;
    ending.resolve();
    const deliveries = parseExposition(await first).get("throughline_deliveries");
    monitor.stop();
    expect(deliveries?.samples).not.toEqual([]);
  });

  test("counts the failures of a load over the days since one came to its end", async () => {
    await database.db.run(`INSERT INTO run (id, report, filters_hash, period, due_at, claimed_at, failures, told)
        OVERRIDING SYSTEM VALUE VALUES (902, 'sources', '', '2026-11-15', '2026-11-15', now(), 2, NULL),
          (903, 'sources', '', '2026-11-14', '2026-11-14', now(), 7, '{}'),
          (904, 'sources', '', '2027-11-14', '2027-11-14', now(), 1, NULL)`);
    expect(await sampleOf("throughline_load_failures")).toBe(6);
  });

  test("holds no figure, no name of a customer and no word of a question", async () => {
    const text = await scrape();
    expect(leaksIn(text)).toEqual([]);
    expect(text).not.toMatch(/918[,. ]?273/);
    expect(text).not.toContain("nosuchmetric");
    expect(text).not.toMatch(/weekly.revenue/);
  });

  test("has all that is the process's own while the database is away", async () => {
    proxy.cut();
    try {
      await expect.poll(() => sampleOf("throughline_scrape_complete"), { timeout: 30_000 }).toBe(0);
      expect((await family("throughline_source_age_seconds")).samples).toEqual([]);
      expect((await family("throughline_answer_seconds")).samples).not.toEqual([]);
    } finally {
      proxy.heal();
    }
  });
});

test("docs/reference.md names every metric of the program", () => {
  const reference = readFileSync(
    path.resolve(import.meta.dirname, "../../docs/reference.md"),
    "utf8",
  );
  for (const name of metricNames) expect(reference).toContain(`\`${name}\``);
});
