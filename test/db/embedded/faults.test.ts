import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../../src/db/embedded/pid-file.ts";
import { startEmbedded } from "../../../src/db/index.ts";
import { silentLog } from "../../../src/log.ts";
import { dataFolder, postmasterPid, startServer, usedFolder } from "./data-folder.ts";
import { holdServer } from "./held-server.ts";

test.each(["initdb", "postgres"] as const)(
  "a folder without %s is a fault that names what is missing",
  async (program) => {
    const binFolder = await fakeBinaries({});
    rmSync(path.join(binFolder, program));
    expect(await faultOf({ binFolder })).toEqual({
      kind: "bin_folder",
      problem: { kind: "missing", program },
    });
  },
);

test("an initdb that fails is a fault with its words", async () => {
  const initdb = "#!/bin/sh\necho the disk is full >&2\nexit 1\n";
  expect(await faultOf({ binFolder: await fakeBinaries({ initdb }) })).toEqual({
    kind: "initdb_failed",
    log: expect.stringContaining("the disk is full"),
  });
});

test("an initdb that cannot be run is a fault, not the end of the process", async () => {
  const binFolder = await fakeBinaries({ initdb: "this is no program" });
  expect(await faultOf({ binFolder })).toMatchObject({ kind: "initdb_failed" });
});

test.each([
  ["is no program", "this is no program", "postgres"],
  ["lacks a library", "#!/bin/sh\necho libicu is missing >&2\nexit 127\n", "libicu is missing"],
  ["says nothing", "#!/bin/sh\nexit 3\n", "status 3"],
])("a postgres that %s is a fault with the words that were said", async (_, postgres, words) => {
  expect(await faultOf({ binFolder: await fakeBinaries({ postgres }) })).toEqual({
    kind: "bin_folder",
    problem: { kind: "cannot_run", words: expect.stringContaining(words) },
  });
});

test("a Postgres older than 15 is refused by its version", async () => {
  const postgres = fakeVersion("14.23");
  expect(await faultOf({ binFolder: await fakeBinaries({ postgres }) })).toEqual({
    kind: "bin_folder",
    problem: { kind: "too_old", version: 14, oldest: 15 },
  });
});

test("data of another major version is refused by both versions, before it is touched", async () => {
  const dataDir = await usedFolder();
  const postgres = fakeVersion("17.2 (Debian 17.2-1)");
  expect(await faultOf({ dataDir, binFolder: await fakeBinaries({ postgres }) })).toEqual({
    kind: "other_version",
    folder: path.join(dataDir, "postgres"),
    data: 18,
    binaries: 17,
  });
  expect((await startServer(dataDir)).adopted).toBe(false);
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

test("a server that holds the folder and does not answer is told by its process, and left alone", async () => {
  const dataDir = await usedFolder();
  const held = await holdServer(dataDir);
  const pid = postmasterPid(dataDir);
  process.kill(pid, "SIGSTOP");
  onTestFinished(() => void (isAlive(pid) && process.kill(pid, "SIGCONT")));
  const started = await startEmbedded({ dataDir, log: silentLog, startTimeoutMs: 1_000 });
  expect(started).toMatchObject({ ok: false, fault: { kind: "not_answering", pid } });
  process.kill(pid, "SIGCONT");
  expect(await held.stop()).toBe("stopped");
});

test("a data folder that is a file is a fault", async () => {
  const file = path.join(dataFolder(), "file");
  writeFileSync(file, "");
  const started = await startEmbedded({ dataDir: path.join(file, "data"), log: silentLog });
  expect(started).toMatchObject({ ok: false, fault: { kind: "folder_unusable" } });
});

async function faultOf(options: { binFolder: string; dataDir?: string }) {
  const started = await startEmbedded({ dataDir: dataFolder(), log: silentLog, ...options });
  return started.ok ? null : started.fault;
}

function fakeVersion(version: string): string {
  return `#!/bin/sh\necho "postgres (PostgreSQL) ${version}"\n`;
}

/** Programs that do what they are told to; unless said, an initdb that fails and a postgres 18. */
async function fakeBinaries(programs: { initdb?: string; postgres?: string }): Promise<string> {
  const bin = path.join(dataFolder(), "bin");
  mkdirSync(bin);
  const all = { initdb: "#!/bin/sh\nexit 1\n", postgres: fakeVersion("18.4"), ...programs };
  for (const [name, text] of Object.entries(all)) {
    writeFileSync(path.join(bin, name), text);
    chmodSync(path.join(bin, name), 0o755);
  }
  return bin;
}
