import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type SlackSandbox, startSlackSandbox } from "../../sandbox/slack/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { outlastLeases, unsettled } from "../support/inbox.ts";
import { one } from "../support/rows.ts";

const root = path.resolve(import.meta.dirname, "../..");
let database: FreshDatabase;
let slack: SlackSandbox;
let folder = "";

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "serve-"));
  database = await freshDatabase();
  slack = await startSlackSandbox({
    signingSecret: "signing",
    botToken: "xoxb-serve",
    now: () => new Date(),
    channels: [{ id: "C0ALL", name: "all" }],
    users: [{ id: "U0ANA", name: "ana" }],
  });
});
afterEach(async () => {
  await slack.stop();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function serve(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(root, "src/cli/kpi.ts"), "serve"], {
    cwd: folder,
    env: {
      DATABASE_URL: database.url,
      SLACK_BOT_TOKEN: "xoxb-serve",
      SLACK_SIGNING_SECRET: "signing",
      SLACK_API_URL: slack.apiUrl,
      PORT: "0",
      ADMIN_PORT: "0",
      ...env,
    },
  });
  const said = { err: "" };
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const closed = once(child, "close");
  return {
    said,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    status: async () => (await closed)[0],
  };
}

const started = (bot: ReturnType<typeof serve>) =>
  expect.poll(() => bot.said.err, { timeout: 90_000 }).toMatch(/"msg":"started"/);

describe("kpi serve", { timeout: 240_000 }, () => {
  test.each(["SIGTERM", "SIGINT"] as const)("ends with status 0 on %s", async (signal) => {
    const bot = serve();
    await started(bot);
    bot.kill(signal);
    expect(await bot.status()).toBe(0);
    expect(bot.said.err).not.toMatch(/"level":50/);
  });

  test("a signal that comes while it starts is not lost", async () => {
    const bot = serve({ LOG_LEVEL: "debug" });
    // Migrations are looked up over the database's first connection.
    await expect
      .poll(
        () =>
          one(
            database.db,
            z.object({ count: z.number() }),
            "SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name LIKE 'throughline %' AND datname = current_database()",
          ),
        { timeout: 90_000, interval: 20 },
      )
      .not.toEqual({ count: 0 });
    bot.kill("SIGTERM");
    expect(await bot.status()).toBe(0);
  });

  test("starts although what it had received cannot be dealt with", async () => {
    const poison = {
      kind: "thread_reply",
      id: "1",
      head: { platform: "slack", channel: "C0ALL", id: "1.0" },
      text: "x",
      author: { platform: "slack", user: "U0ANA" },
      // An instant to us, and no year to Postgres.
      at: "0000-01-01T00:00:00Z",
      fromBot: false,
    };
    for (const [id, body] of Object.entries({ a: poison, b: { kind: "unheard of" }, c: 7 }))
      await database.db.run("INSERT INTO bot.inbox (platform, id, body) VALUES ('slack', $1, $2)", [
        id,
        JSON.stringify(body),
      ]);
    await outlastLeases(database.db);
    await database.db.run(
      `WITH s AS (INSERT INTO bot.signal (metric, filters_hash, direction, opened_by, first_week, opened_week, version)
         VALUES ('adoption_rate', 'x', 1, 'run', '2026-11-09', '2026-11-09', '1') RETURNING id)
       INSERT INTO bot.thread (signal_id, platform, channel, message_id) SELECT id, 'slack', 'C0ALL', '1.0' FROM s`,
    );
    const bot = serve();
    await started(bot);
    await expect.poll(() => unsettled(database.db), { timeout: 90_000, interval: 20 }).toEqual([]);
    expect(bot.said.err).toMatch(/"id":"a".*inbox_poisoned/);
    bot.kill("SIGTERM");
    expect(await bot.status()).toBe(0);
  });

  test.each(["PORT", "ADMIN_PORT"])("says so when %s is taken", async (name) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const bot = serve({ [name]: String(address.port) });
    expect(await bot.status()).toBe(1);
    expect(bot.said.err).toMatch(new RegExp(`^${name}: .*EADDRINUSE`, "m"));
    expect(bot.said.err).not.toMatch(/^ {4}at /m);
    taken.close();
  });

  test("names the variable of a token that Slack refuses, and never its value", async () => {
    const bot = serve({ SLACK_BOT_TOKEN: "xoxb-revoked" });
    expect(await bot.status()).toBe(1);
    expect(bot.said.err).toMatch(/SLACK_BOT_TOKEN/);
    expect(bot.said.err).not.toMatch(/xoxb-revoked|^ {4}at /m);
  });
});
