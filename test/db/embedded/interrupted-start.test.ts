/** Ctrl-C while the embedded server is made or started: nothing of it runs on, nothing is half made. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { startEmbedded } from "../../../src/db/index.ts";
import { silentLog } from "../../../src/log.ts";
import { dataFolder, startServer, usedFolder } from "./data-folder.ts";

const interrupted = { ok: false, fault: { kind: "interrupted" } };

function begin(dataDir: string) {
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const serverSettings = { fsync: "off" };
  const started = startEmbedded({ dataDir, log: silentLog, serverSettings, signal });
  return { started, interrupt };
}

test("interrupted while initdb runs, nothing of the cluster is left", async () => {
  const folder = dataFolder();
  const { started, interrupt } = begin(folder);
  const staged = () => readdirSync(folder).filter((name) => name.includes(".new-"));
  const isMaking = () => staged().some((name) => existsSync(path.join(folder, name, "data")));
  await expect.poll(isMaking, { interval: 5, timeout: 30_000 }).toBe(true);
  interrupt.abort();
  expect(await started).toEqual(interrupted);
  expect(readdirSync(folder)).toEqual([]);
}, 60_000);

test("interrupted while the server comes up, the server ends, and the next start is as any", async () => {
  const folder = await usedFolder();
  const pidFile = path.join(folder, "postgres", "data", "postmaster.pid");
  const { started, interrupt } = begin(folder);
  await expect.poll(() => existsSync(pidFile), { interval: 1, timeout: 30_000 }).toBe(true);
  interrupt.abort();
  expect(await started).toEqual(interrupted);
  expect(existsSync(pidFile)).toBe(false);
  await startServer(folder);
}, 60_000);

test("interrupted before it began, it does not begin", async () => {
  const folder = dataFolder();
  const serverSettings = { fsync: "off" };
  const signal = AbortSignal.abort();
  expect(await startEmbedded({ dataDir: folder, log: silentLog, serverSettings, signal })).toEqual(
    interrupted,
  );
  expect(readdirSync(folder)).toEqual([]);
}, 60_000);
