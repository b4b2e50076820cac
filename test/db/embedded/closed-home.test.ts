import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { chooseAccount } from "../../../src/db/embedded/choose-account.ts";
import { chooseHome, possibleHomes } from "../../../src/db/embedded/choose-home.ts";
import { canEnter } from "../../../src/db/embedded/reachable.ts";
import { ask, dataFolder, startServer } from "./data-folder.ts";

const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stdout.write("skipped: what only root can meet (not running as root)\n");

test.runIf(isRoot)(
  "root with a closed home gets a cluster that another account can reach",
  async () => {
    const closed = closedFolder();
    const dataDir = path.join(closed, "app", ".kpi");
    const [, elsewhere] = possibleHomes(dataDir);
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    const server = await startServer(dataDir);
    const Where = z.object({ folder: z.string() });
    const { folder } = await ask(
      server.url,
      Where,
      "SELECT current_setting('data_directory') AS folder",
    );
    expect(folder).toBe(path.join(elsewhere, "postgres", "data"));
    expect(statSync(folder).uid).not.toBe(0);
    expect(await server.stop()).toBe("stopped");
    expect((await startServer(dataDir)).url).toBe(server.url);
  },
);

test.runIf(isRoot)("root runs the server under an account that is in the passwd file", () => {
  const account = chooseAccount([]);
  expect(account.ok).toBe(true);
  const uids = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => Number(line.split(":")[2]));
  if (account.ok) expect(uids).toContain(account.value?.uid);
});

test.runIf(isRoot)("root keeps the account that owns the cluster already", () => {
  const owned = dataFolder();
  const { uid, gid } = { uid: 4_711, gid: 4_712 };
  rmSync(owned, { recursive: true });
  mkdirSync(owned);
  chownSync(owned, uid, gid);
  expect(chooseAccount([owned])).toEqual({ ok: true, value: { uid, gid } });
});

test.runIf(!isRoot)("a person's own account is kept", () => {
  expect(chooseAccount([])).toEqual({ ok: true, value: null });
});

test("a folder is closed to an account when one folder above it is", () => {
  const account = { uid: 4_711, gid: 4_712 };
  const inside = path.join(closedFolder(), "a", "b");
  mkdirSync(inside, { recursive: true });
  expect(canEnter(inside, account)).toBe(false);
  expect(canEnter(inside, null)).toBe(true);
  expect(canEnter("/", account)).toBe(true);
});

test("the data folder is used where it is when it can be entered", () => {
  const dataDir = path.join(dataFolder(), "deep", ".kpi");
  expect(chooseHome(dataDir, null)).toEqual({ ok: true, value: dataDir });
  expect(existsSync(dataDir)).toBe(true);
});

function closedFolder(): string {
  const folder = path.join(dataFolder(), "home");
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  return folder;
}
