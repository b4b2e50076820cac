import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openDatabase } from "../src/db/index.ts";
import { silentLog } from "../src/log.ts";
import { refresh } from "../src/metrics/index.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { faultTest } from "./support/fault-test.ts";
import { loadSignUps, signUps } from "./support/sign-ups.ts";
import { EVERYBODY, type SlackBot, startSlackBot } from "./support/slack-bot.ts";
import { startTcpProxy, type TcpProxy } from "./support/tcp-proxy.ts";

/** What, whose fault, what next, and an id for the operator. */
const kind = /cannot be reached right now[\s\S]*Ask again in a minute[\s\S]*this id: \S+/;
const waiting = { timeout: 60_000, interval: 50 };

/** Of commands, which Slack sends once. */
function expectAcknowledged({ slack }: SlackBot): void {
  const commands = slack.acks().filter(({ kind }) => kind === "command");
  expect(commands.filter(({ outcome }) => outcome !== "acknowledged")).toEqual([]);
  expect(slack.problems()).toEqual([]);
}

/**
 * An event that was not acknowledged, because it could not be kept or not in time, is sent again: it
 * is lost when no time of it was acknowledged. How many were sent again.
 */
async function expectNoEventLost({ slack }: SlackBot): Promise<number> {
  await slack.settled();
  const events = slack.acks().filter(({ kind }) => kind === "event");
  const firsts = events.filter(({ attempt }) => attempt === 0).length;
  expect(events.filter(({ outcome }) => outcome === "acknowledged")).toHaveLength(firsts);
  return events.length - firsts;
}

/** Asks until the number is there; how long that took, in ms, and what was said before. */
async function untilAnswered(bot: SlackBot): Promise<{ ms: number; before: string[] }> {
  const began = performance.now();
  const before: string[] = [];
  for (;;) {
    const said = await bot.ask(signUps.text);
    if (signUps.answered.test(said)) return { ms: performance.now() - began, before };
    before.push(said);
    if (performance.now() - began > 60_000) throw new Error(`never again: ${said}`);
    await wait(50);
  }
}

describe("the embedded server", () => {
  let bot: SlackBot;
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "postgres-gone-"));
    chmodSync(folder, 0o755);
    bot = await startSlackBot({ env: { KPI_DATA_DIR: folder } });
    const { work, settings, catalogue } = bot.bot.data;
    await loadSignUps(work);
    await refresh(work, settings, catalogue);
  }, 240_000);
  afterAll(async () => {
    await bot?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });

  faultTest(
    16,
    "a bot whose Postgres is killed or restarted answers kindly and recovers",
    async (run) => {
      expect(await bot.ask(signUps.text)).toMatch(signUps.answered);
      let slowest = 0;
      let kindly = 0;
      for (let i = 0; i < run.cases; i++) {
        process.kill(postmasterPid(folder), i % 2 === 0 ? "SIGKILL" : "SIGINT");
        const { ms, before } = await untilAnswered(bot);
        for (const said of before) expect(said).toMatch(kind);
        kindly += before.length;
        slowest = Math.max(slowest, ms);
        await vi.waitFor(async () => expect(await bot.readiness()).toBe("200 ready"), waiting);
        run.tried(1);
      }
      expectAcknowledged(bot);
      const again = await expectNoEventLost(bot);
      if (run.isFull) expect(slowest).toBeLessThan(10_000);
      run.saw(
        `0 exits, ${kindly} kind answers meanwhile, back within ${Math.round(slowest)} ms, ${again} events sent again, 0 lost`,
      );
    },
  );
});

/** Of the server that is running: the file outlives one that was killed. */
function postmasterPid(dataDir: string): number {
  const file = path.join(dataDir, "postgres", "data", "postmaster.pid");
  return Number(readFileSync(file, "utf8").split("\n")[0]);
}

describe("a server of one's own", () => {
  let database: FreshDatabase;
  let proxy: TcpProxy;
  let bot: SlackBot;
  beforeAll(async () => {
    database = await freshDatabase();
    await loadSignUps(database.db);
    const url = new URL(database.url);
    proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(proxy.port);
    bot = await startSlackBot({ env: { DATABASE_URL: url.toString() } });
    await refresh(bot.bot.data.work, bot.bot.data.settings, bot.bot.data.catalogue);
  }, 240_000);
  afterAll(async () => {
    await bot?.stop();
    await proxy?.stop();
    await database?.close();
  });

  test("that is gone: each question gets a kind answer, readiness says so, and it comes back", async () => {
    expect(await bot.ask(signUps.text)).toMatch(signUps.answered);
    proxy.cut();
    expect(await bot.ask(signUps.text)).toMatch(kind);
    expect(await bot.ask("scorecard")).toMatch(kind);
    expect(await bot.ask("adpotion")).toContain("no metric called");
    expect(await bot.readiness()).toBe("503 not ready: database away");
    proxy.heal();
    await untilAnswered(bot);
    await vi.waitFor(async () => expect(await bot.readiness()).toBe("200 ready"), waiting);
    expectAcknowledged(bot);
  });

  test("that says nothing any more holds up no acknowledgement, and readiness says so", async () => {
    proxy.freeze();
    const typed = { channel: EVERYBODY, user: "U0ANA", text: `/kpi ${signUps.text}` };
    await bot.slack.typeCommand(typed);
    expect(await bot.readiness()).toBe("503 not ready: database away");
    expectAcknowledged(bot);
    proxy.heal();
    await untilAnswered(bot);
    await vi.waitFor(async () => expect(await bot.readiness()).toBe("200 ready"), waiting);
  });

  test("that turns read-only answers on, is not ready, and resumes", async () => {
    const name = new URL(database.url).pathname.slice(1);
    const turn = async (setting: string) => {
      await database.db.transaction((sql) =>
        sql.run(`ALTER DATABASE ${name} SET default_transaction_read_only = ${setting}`),
      );
      // The setting holds for new connections, like a fail-over.
      proxy.cut();
      proxy.heal();
    };
    await turn("on");
    await vi.waitFor(
      async () => expect(await bot.readiness()).toBe("503 not ready: database read_only"),
      waiting,
    );
    await untilAnswered(bot);
    await turn("off");
    await vi.waitFor(async () => expect(await bot.readiness()).toBe("200 ready"), waiting);
    await untilAnswered(bot);
    expectAcknowledged(bot);
  });

  faultTest(
    18,
    "while a table is locked commands are acknowledged and told that it took too long",
    async (run) => {
      const locker = openDatabase(database.url, {
        max: 1,
        applicationName: "locker",
        statementTimeoutMs: 0,
        log: silentLog,
      });
      await locker.transaction(async (sql) => {
        await sql.run("LOCK TABLE bot.cell, bot.inbox IN ACCESS EXCLUSIVE MODE");
        for (let i = 0; i < run.cases; i++) {
          const said = await bot.ask(signUps.text);
          expect(said).toMatch(/took too long[\s\S]*Ask again in a minute[\s\S]*this id: \S+/);
          run.tried(1);
        }
      });
      await locker.close();
      await untilAnswered(bot);
      expectAcknowledged(bot);
      const slowest = Math.max(...bot.slack.acks().map(({ ms }) => ms));
      run.saw(`0 commands unacknowledged, the slowest after ${Math.round(slowest)} ms`);
    },
  );
});
