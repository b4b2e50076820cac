import { createConnection, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { type Database, isConnectionLoss, openDatabase, sqlState } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { freshDatabase } from "../support/database.ts";

const One = z.object({ one: z.number() });
const options = { max: 3, applicationName: "victim", statementTimeoutMs: 0, log: silentLog };

test("the pool survives the end of idle connections", async () => {
  const { db, victim } = await victimPool();
  await Promise.all([1, 2, 3].map(() => victim.run("SELECT pg_sleep(0.05)")));
  await terminate(db);
  await vi.waitFor(() => expect(readOne(victim)).resolves.toEqual([{ one: 1 }]), {
    timeout: 15_000,
  });
});

test("a statement whose connection is ended fails as a connection loss, the next one works", async () => {
  const { db, victim } = await victimPool();
  const failing = failureOf(victim.run("SELECT pg_sleep(60)"));
  // Ended while it is idle, it would fail for another reason than its server's word.
  await terminate(db, "state = 'active'");
  const error = await failing;
  expect(sqlState(error)).toBe("57P01");
  expect(isConnectionLoss(error)).toBe(true);
  expect(await readOne(victim)).toEqual([{ one: 1 }]);
});

test("a transaction whose connection ends between statements throws, and does not end the process", async () => {
  const { db, victim } = await victimPool();
  const work = victim.transaction(async (sql) => {
    await sql.run("SELECT 1");
    await terminate(db);
    await sql.run("SELECT 1");
  });
  expect(isConnectionLoss(await failureOf(work))).toBe(true);
  expect(await readOne(victim)).toEqual([{ one: 1 }]);
});

test("a connection that is cut without a word is a connection loss", async () => {
  const { url } = await victimPool();
  const proxy = await cutter(url);
  const victim = openDatabase(proxy.url, options);
  onTestFinished(() => victim.close());
  await readOne(victim);
  const failing = failureOf(victim.run("SELECT pg_sleep(60)"));
  await vi.waitFor(() => expect(proxy.bytesAfterStart()).toBeGreaterThan(0), { timeout: 15_000 });
  proxy.cut();
  expect(isConnectionLoss(await failing)).toBe(true);
});

test("no server at all is a connection loss", async () => {
  const victim = openDatabase("postgres://nobody:none@127.0.0.1:1/none", options);
  onTestFinished(() => victim.close());
  expect(isConnectionLoss(await failureOf(victim.run("SELECT 1")))).toBe(true);
});

test("a wrong password and a wrong statement are no connection loss", async () => {
  const { url, victim } = await victimPool();
  const wrong = new URL(url);
  wrong.password = "wrong";
  const locked = openDatabase(wrong.toString(), options);
  onTestFinished(() => locked.close());
  const refused = await failureOf(locked.run("SELECT 1"));
  expect([sqlState(refused), isConnectionLoss(refused)]).toEqual(["28P01", false]);
  const wrongStatement = await failureOf(victim.run("SELEC 1"));
  expect([sqlState(wrongStatement), isConnectionLoss(wrongStatement)]).toEqual(["42601", false]);
  expect([sqlState("text"), isConnectionLoss(new Error("bug"))]).toEqual([null, false]);
});

test("one pool used up does not hold up another", async () => {
  const { url, victim } = await victimPool();
  const acknowledgements = openDatabase(url, { ...options, max: 2 });
  onTestFinished(() => acknowledgements.close());
  await readOne(acknowledgements);
  const slow = Array.from({ length: 50 }, () => victim.run("SELECT pg_sleep(0.05)"));
  const began = performance.now();
  await readOne(acknowledgements);
  expect(performance.now() - began).toBeLessThan(500);
  await Promise.all(slow);
});

async function victimPool() {
  const fresh = await freshDatabase({ max: 1 });
  onTestFinished(() => fresh.close());
  const victim = openDatabase(fresh.url, options);
  onTestFinished(() => victim.close());
  return { ...fresh, victim };
}

function readOne(db: Database) {
  return db.rows(One, "SELECT 1 AS one");
}

/** Ends the victim's connections, once there are any. */
async function terminate(db: Database, which = "true"): Promise<void> {
  await vi.waitFor(async () => {
    const ended = await db.run(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE application_name = 'victim' AND datname = current_database() AND ${which}`,
    );
    expect(ended).toBeGreaterThan(0);
  });
}

/** A TCP proxy that can drop all its connections at once. */
async function cutter(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let bytes = 0;
  const server = createServer((client) => {
    const upstream = createConnection(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    client.on("data", (data) => {
      bytes = data.toString("latin1").includes("pg_sleep") ? data.length : bytes;
    });
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const target = new URL(url);
  target.port = String(typeof address === "object" && address !== null ? address.port : 0);
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return { url: target.toString(), bytesAfterStart: () => bytes, cut };
}

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}
