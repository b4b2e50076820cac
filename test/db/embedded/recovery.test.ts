import { globSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import type { Database } from "../../../src/db/index.ts";
import { dataFolder, openPool, postmasterPid, startServer, usedFolder } from "./data-folder.ts";
import { holdServer, killNow, spawnHolder } from "./held-server.ts";

const Row = z.object({ n: z.number() });

test("after kill -9 of the server it is started again, with the rows, on the same port", async () => {
  const folder = await usedFolder();
  const server = await startServer(folder);
  const db = openPool(server.url);
  await db.run("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
  const killed = postmasterPid(folder);
  const began = performance.now();
  process.kill(killed, "SIGKILL");
  // The killed server's children answer for a moment still.
  await vi.waitFor(async () => {
    expect(postmasterPid(folder)).not.toBe(killed);
    expect(await readRows(db)).toEqual([{ n: 7 }]);
  }, waiting);
  process.stdout.write(
    `embedded: up after kill -9 in ${Math.round(performance.now() - began)} ms\n`,
  );
  await db.close();
  expect(await server.stop()).toBe("stopped");
});

test("a pool comes back within ten seconds of every restart of its server", async () => {
  const folder = await usedFolder();
  const server = await startServer(folder);
  const db = openPool(server.url);
  await db.run("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
  let slowest = 0;
  for (let restarts = 0; restarts < 5; restarts++) {
    const before = postmasterPid(folder);
    const began = performance.now();
    process.kill(before, "SIGINT");
    await vi.waitFor(async () => {
      expect(postmasterPid(folder)).not.toBe(before);
      expect(await readRows(db)).toEqual([{ n: 7 }]);
    }, waiting);
    slowest = Math.max(slowest, performance.now() - began);
  }
  process.stdout.write(`embedded: 5 restarts, the slowest took ${Math.round(slowest)} ms\n`);
});

test("after kill -9 of both processes the next start recovers from the stale lock file", async () => {
  const folder = await usedFolder();
  const held = await holdServer(folder);
  const first = openPool(held.url);
  await first.run("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
  await first.close();
  await killNow(held.process);
  process.kill(postmasterPid(folder), "SIGKILL");
  const server = await startServer(folder);
  const second = openPool(server.url);
  expect(server.adopted).toBe(false);
  expect(await readRows(second)).toEqual([{ n: 7 }]);
  await second.close();
});

test("an adopted server that ends is taken over", async () => {
  const folder = await usedFolder();
  const held = await holdServer(folder);
  const server = await startServer(folder);
  expect(server.adopted).toBe(true);
  expect(await held.stop()).toBe("stopped");
  const db = openPool(server.url);
  await vi.waitFor(
    () => expect(db.rows(Row, "SELECT 1 AS n")).resolves.toEqual([{ n: 1 }]),
    waiting,
  );
  await db.close();
  expect(await server.stop()).toBe("stopped");
});

// What was found out about servers of this kind, and the test that holds each finding:
//   init, start and stop in seconds                 start-embedded: "from nothing to a connection"
//   kill -9 of the postmaster, its stale pid file   here: "after kill -9 of the server", "of both"
//   a second process on the same folder             adoption: "a second process", "start together";
//                                                   faults: "holds the folder and does not answer"
//   stop after a failed start hangs                 here: "already dead"; faults: a failed start
//                                                   gives no server that could be stopped
//   kill -9 of node orphans the server              adoption: "of a killed process still serves"
//   LANG unset                                      start-embedded: "the encoding is UTF8"
//   root, and a home that is closed to others       closed-home
//   only the starter stops it, and only when alone  adoption: "only the first one", "another client"
//   links that npm leaves out                       binaries: "the links that npm leaves out"
test("stop does not hang when the server is already dead", async () => {
  const folder = await usedFolder();
  const server = await startServer(folder);
  process.kill(postmasterPid(folder), "SIGKILL");
  const began = performance.now();
  expect(await server.stop()).toBe("stopped");
  expect(performance.now() - began).toBeLessThan(5_000);
});

test("a kill in the middle of initdb leaves a folder that can be used", async () => {
  const folder = dataFolder();
  const child = spawnHolder(folder);
  await vi.waitFor(() => expect(hasHalfCluster(folder)).toBe(true), waiting);
  await killNow(child);
  const server = await startServer(folder);
  expect(server.adopted).toBe(false);
});

const waiting = { timeout: 10_000, interval: 20 };

function hasHalfCluster(folder: string): boolean {
  return globSync("postgres.new-*/data/base", { cwd: folder }).length > 0;
}

function readRows(db: Database) {
  return db.rows(Row, "SELECT n FROM kept");
}
