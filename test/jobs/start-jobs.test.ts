import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type JobKind, type Jobs, startJobs } from "../../src/jobs/index.ts";
import { type Log, silentLog } from "../../src/log.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { databaseUrl } from "../support/database-url.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

let database: FreshDatabase;
let processes: Jobs[];
beforeEach(async () => {
  database = await freshDatabase();
  processes = [];
});
afterEach(async () => {
  await Promise.all(processes.map((jobs) => jobs.stop()));
  await database.close();
});

async function start(
  kind: Partial<JobKind> & Pick<JobKind, "work">,
  log: Log = silentLog,
  url = database.url,
): Promise<Jobs> {
  const jobs = await startJobs(url, [{ name: "post", atOnce: 4, ...kind }], log, {
    lookEvery: 0.5,
    watchEvery: 1,
  });
  processes.push(jobs);
  return jobs;
}

/** Work that waits until it is let go, and knows what runs. */
function held() {
  const running: string[] = [];
  const done: string[] = [];
  let most = 0;
  let letGo = (): void => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const work = async (key: string): Promise<void> => {
    running.push(key);
    most = Math.max(most, running.filter((other) => other === key).length);
    await gate;
    running.splice(running.indexOf(key), 1);
    done.push(key);
  };
  return { running, done, most: () => most, letGo: () => letGo(), work };
}

test("of a key's jobs one runs and one waits, over two processes; other keys run beside it", async () => {
  const { running, done, most, letGo, work } = held();
  const [first, second] = [await start({ work }), await start({ work })];
  await first.ask("post", "slack:C0ALL");
  await expect.poll(() => running).toEqual(["slack:C0ALL"]);
  for (const jobs of [first, second, first, second]) await jobs.ask("post", "slack:C0ALL");
  await second.ask("post", "slack:C0GTM");
  await expect.poll(() => running.toSorted()).toEqual(["slack:C0ALL", "slack:C0GTM"]);
  letGo();
  await expect.poll(() => done.toSorted()).toEqual(["slack:C0ALL", "slack:C0ALL", "slack:C0GTM"]);
  expect(most()).toBe(1);
});

test("work that throws is told by its key, and done when it is asked for again", async () => {
  const told: unknown[] = [];
  const log = {
    ...silentLog,
    error: (event: string, fields: unknown) => told.push([event, fields]),
  };
  let tries = 0;
  const work = async (): Promise<void> => {
    if (++tries === 1) throw new RangeError("no");
  };
  const jobs = await start({ work }, log);
  await jobs.ask("post", "slack:C0ALL");
  await expect.poll(() => told).toHaveLength(1);
  expect(told).toEqual([
    ["job_failed", { kind: "post", key: "slack:C0ALL", error: "RangeError", code: undefined }],
  ]);
  await jobs.ask("post", "slack:C0ALL");
  await expect.poll(() => tries).toBe(2);
});

test("stopping tells what runs, waits for it, and takes nothing more", async () => {
  const seen: string[] = [];
  const jobs = await start({
    atOnce: 1,
    work: async (key, stopping) => {
      seen.push(key);
      await once(stopping, "abort");
      seen.push("stopped");
    },
  });
  await jobs.ask("post", "slack:C0ALL");
  await expect.poll(() => seen).toHaveLength(1);
  await jobs.ask("post", "slack:C0GTM");
  await jobs.stop();
  processes.pop();
  expect(seen).toEqual(["slack:C0ALL", "stopped"]);
});

test("what a process did that was killed is done by another", { timeout: 60_000 }, async () => {
  const script = path.join(import.meta.dirname, "dying-process.ts");
  const child = spawn(process.execPath, [script, database.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  const done: string[] = [];
  const jobs = await start({ work: async (key) => void done.push(key) });
  await expect
    .poll(
      async () => {
        await jobs.ask("post", "slack:C0ALL");
        return done;
      },
      { timeout: 45_000, interval: 500 },
    )
    .toContain("slack:C0ALL");
});

test("a database that goes away and comes back is worked with again, and told of once", {
  timeout: 60_000,
}, async () => {
  const { hostname, port, pathname } = new URL(database.url);
  const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const url = new URL(databaseUrl(database.url, pathname.slice(1)));
  url.host = `127.0.0.1:${proxy.port}`;
  const told: string[] = [];
  const log = { ...silentLog, warn: (event: string) => void told.push(event) };
  const done: string[] = [];
  const jobs = await start({ work: async (key) => void done.push(key) }, log, url.toString());
  proxy.cut();
  await expect.poll(() => told, { timeout: 20_000 }).toContain("jobs_disturbed");
  await expect(jobs.ask("post", "slack:C0ALL")).rejects.toThrow();
  proxy.heal();
  await expect
    .poll(
      () =>
        jobs.ask("post", "slack:C0ALL").then(
          () => done,
          () => [],
        ),
      { timeout: 20_000 },
    )
    .toContain("slack:C0ALL");
  expect(told.filter((event) => event === "jobs_disturbed")).toHaveLength(1);
  await jobs.stop();
  processes.pop();
  await proxy.stop();
});
