import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { startEmbedded } from "../../../src/db/index.ts";
import { silentLog } from "../../../src/log.ts";
import { dataFolder, startServer, usedFolder } from "./data-folder.ts";

test("a folder without binaries is a fault that names the folder", async () => {
  const binFolder = path.join(dataFolder(), "none");
  const started = await startEmbedded({ dataDir: dataFolder(), binFolder, log: silentLog });
  expect(started).toMatchObject({ ok: false, fault: { kind: "no_binaries", looked: binFolder } });
});

test("an initdb that fails is a fault with its words", async () => {
  const binFolder = await fakeBinaries({
    initdb: "#!/bin/sh\necho the disk is full >&2\nexit 1\n",
  });
  const started = await startEmbedded({ dataDir: dataFolder(), binFolder, log: silentLog });
  expect(started).toMatchObject({ ok: false, fault: { kind: "initdb_failed" } });
  expect(JSON.stringify(started)).toContain("the disk is full");
});

test("binaries that cannot be run are a fault, not the end of the process", async () => {
  const binFolder = await fakeBinaries({ initdb: "this is no program" });
  const started = await startEmbedded({ dataDir: dataFolder(), binFolder, log: silentLog });
  expect(started).toMatchObject({ ok: false, fault: { kind: "initdb_failed" } });
});

test("a server that exits at once is a fault with the server's log", async () => {
  const started = await startEmbedded({
    dataDir: await usedFolder(),
    log: silentLog,
    serverSettings: { fsync: "off", shared_buffers: "nonsense" },
  });
  expect(started).toMatchObject({ ok: false, fault: { kind: "server_exited" } });
  expect(JSON.stringify(started)).toContain("shared_buffers");
});

test("a failed start leaves a cluster that the next start can use", async () => {
  const dataDir = dataFolder();
  const serverSettings = { fsync: "off", shared_buffers: "nonsense" };
  await startEmbedded({ dataDir, log: silentLog, serverSettings });
  expect((await startServer(dataDir)).adopted).toBe(false);
});

test("a data folder that is a file is a fault", async () => {
  const file = path.join(dataFolder(), "file");
  writeFileSync(file, "");
  const started = await startEmbedded({ dataDir: path.join(file, "data"), log: silentLog });
  expect(started).toMatchObject({ ok: false, fault: { kind: "folder_unusable" } });
});

async function fakeBinaries({ initdb }: { initdb: string }): Promise<string> {
  const bin = path.join(dataFolder(), "bin");
  mkdirSync(bin);
  for (const [name, text] of Object.entries({ initdb, postgres: "#!/bin/sh\nexit 1\n" })) {
    writeFileSync(path.join(bin, name), text);
    chmodSync(path.join(bin, name), 0o755);
  }
  return bin;
}
