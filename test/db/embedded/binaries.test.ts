import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, lstatSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { binariesIn, findBinaries } from "../../../src/db/embedded/find-binaries.ts";
import { linkLibraries } from "../../../src/db/embedded/link-libraries.ts";
import { prepareBinaries } from "../../../src/db/embedded/prepare-binaries.ts";
import { dataFolder, makeFolder, startServer, usedFolder } from "./data-folder.ts";

/** The platform package as it is after an install that ran no scripts; one copy for all. */
let native: string;
const folder = makeFolder();
beforeAll(() => {
  native = packageWithoutLinks(path.join(folder, "package"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the links that npm leaves out are made, once, and the server then finds its libraries", () => {
  expect(versionOf(native)).toBeNull();
  expect(linkLibraries(native)).toBe(true);
  expect(versionOf(native)).toContain("PostgreSQL");
  const before = linksIn(native);
  expect(linkLibraries(native)).toBe(true);
  expect(linksIn(native)).toEqual(before);
  expect(before.length).toBeGreaterThan(0);
});

test("a package that the server's account cannot reach is copied, once", () => {
  const home = dataFolder();
  const stranger = { uid: 4_711, gid: 4_712 };
  const binaries = binariesIn(path.join(native, "bin"), native);
  chmodSync(folder, 0o700);
  onTestFinished(() => chmodSync(folder, 0o755));
  const prepared = prepareBinaries(binaries, home, stranger);
  expect(prepared.ok && prepared.value.native?.startsWith(home)).toBe(true);
  if (!prepared.ok || prepared.value.native === null) return;
  expect(versionOf(prepared.value.native)).toContain("PostgreSQL");
  expect(prepareBinaries(binaries, home, stranger)).toEqual(prepared);
  expect(readdirSync(home)).toHaveLength(1);
});

test("an operator's own PostgreSQL is used from its folder", async () => {
  linkLibraries(native);
  const dataDir = await usedFolder();
  const server = await startServer(dataDir, { binFolder: path.join(native, "bin") });
  expect(server.logTail()).toContain("starting PostgreSQL");
});

test("without a package for this machine the fault names the platform", () => {
  const real = Object.getOwnPropertyDescriptor(process, "arch") ?? {};
  onTestFinished(() => void Object.defineProperty(process, "arch", real));
  Object.defineProperty(process, "arch", { ...real, value: "riscv64" });
  expect(findBinaries(undefined)).toMatchObject({
    ok: false,
    fault: { kind: "no_binaries", platform: expect.stringContaining("riscv64") },
  });
});

function packageWithoutLinks(copy: string): string {
  const found = findBinaries(undefined);
  if (!found.ok || found.value.native === null) throw new Error("no platform package");
  cpSync(path.resolve(found.value.native, ".."), copy, {
    recursive: true,
    filter: (file) => !lstatSync(file).isSymbolicLink(),
  });
  return path.join(copy, "native");
}

function linksIn(native: string): string[] {
  return readdirSync(path.join(native, "lib")).filter((name) =>
    lstatSync(path.join(native, "lib", name)).isSymbolicLink(),
  );
}

function versionOf(native: string): string | null {
  const run = spawnSync(path.join(native, "bin", "postgres"), ["--version"], { encoding: "utf8" });
  return run.status === 0 ? run.stdout : null;
}
