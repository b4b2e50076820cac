import { spawn, spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  ask,
  clusterOwner,
  dataFolder,
  openPool,
  postmasterPid,
  startServer,
  usedFolder,
} from "./data-folder.ts";
import { holdServer, killNow } from "./held-server.ts";

const One = z.object({ one: z.number() });
const one = "SELECT 1 AS one";

test("the server of a killed process still serves, and the next start adopts it", async () => {
  const folder = await usedFolder();
  const held = await holdServer(folder);
  const pid = postmasterPid(folder);
  await killNow(held.process);
  // Its log has no reader any more; an error, which it logs, must not end it.
  await expect(ask(held.url, One, "SELECT 1 / 0 AS one")).rejects.toMatchObject({ code: "22012" });
  expect(await ask(held.url, One, one)).toEqual({ one: 1 });
  const began = performance.now();
  const server = await startServer(folder);
  process.stdout.write(`embedded: adoption ${Math.round(performance.now() - began)} ms\n`);
  expect(server).toMatchObject({ adopted: true, url: held.url });
  expect(postmasterPid(folder)).toBe(pid);
  expect(await server.stop()).toBe("left_running");
  expect(await ask(held.url, One, one)).toEqual({ one: 1 });
});

test("a second process on the same folder adopts, and only the first one stops the server", async () => {
  const folder = await usedFolder();
  const first = await holdServer(folder);
  const second = await holdServer(folder);
  expect([first.adopted, second.adopted]).toEqual([false, true]);
  expect(second.url).toBe(first.url);
  expect(await second.stop()).toBe("left_running");
  expect(await ask(first.url, One, one)).toEqual({ one: 1 });
  expect(await first.stop()).toBe("stopped");
});

test("processes that start together in an empty folder share one server", async () => {
  const folder = dataFolder();
  const held = await Promise.all([holdServer(folder), holdServer(folder), holdServer(folder)]);
  expect(new Set(held.map(({ url }) => url)).size).toBe(1);
  expect(held.filter(({ adopted }) => !adopted)).toHaveLength(1);
});

test("the server is left running while another client is connected", async () => {
  const folder = await usedFolder();
  const held = await holdServer(folder);
  const other = openPool(held.url);
  await other.run(one);
  expect(await held.stop()).toBe("left_running");
  expect(await other.rows(One, one)).toEqual([{ one: 1 }]);
});

test("a lock file whose pid now belongs to another program does not prevent a start", async () => {
  const folder = await usedFolder();
  await (await startServer(folder)).stop();
  // Under the server's own account: PostgreSQL takes only those processes for a server.
  const sleeper = spawn("sleep", ["60"], { ...clusterOwner(folder), stdio: "ignore" });
  const data = path.join(folder, "postgres", "data");
  writeFileSync(
    path.join(data, "postmaster.pid"),
    `${sleeper.pid}\n${data}\n1\n5432\n\n127.0.0.1\n`,
  );
  const server = await startServer(folder);
  expect(await ask(server.url, One, one)).toEqual({ one: 1 });
  expect(server.adopted).toBe(false);
  sleeper.kill();
});

test("a copy of a folder whose server runs gets a server of its own", async () => {
  const folder = await usedFolder();
  const original = await startServer(folder);
  const copy = dataFolder();
  cpSync(folder, copy, { recursive: true });
  const { uid, gid } = clusterOwner(folder);
  spawnSync("chown", ["-R", `${uid}:${gid}`, path.join(copy, "postgres")]);
  const server = await startServer(copy);
  expect(server.adopted).toBe(false);
  expect(server.url).not.toBe(original.url);
  expect(await ask(original.url, One, one)).toEqual({ one: 1 });
});
