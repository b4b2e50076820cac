import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { faultTest } from "./support/fault-test.ts";

const root = path.resolve(import.meta.dirname, "..");
const dependencies = z.record(z.string(), z.string()).default({});
const manifest = z
  .object({
    dependencies,
    optionalDependencies: dependencies,
    devDependencies: dependencies,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
const lockText = readFileSync(path.join(root, "package-lock.json"), "utf8");
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(lockText));
const locked = Object.entries(lock.packages).filter(([place]) => place !== "");
const nameOf = (place: string): string => place.slice(place.lastIndexOf("node_modules/") + 13);

/** Every npm on the path, by its version; npm 12 is the first that refuses scripts by itself. */
function npms(): { file: string; version: string }[] {
  const found = (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, "npm"))
    .filter((file) => existsSync(file))
    .map((file) => ({
      file,
      version: execFileSync(file, ["--version"], { encoding: "utf8" }).trim(),
    }));
  return [...new Map(found.map((npm) => [npm.version, npm])).values()];
}

const lacks = process.platform === "win32" ? "npm is a script of another kind on Windows" : null;

faultTest(
  52,
  "a dependency that was given an install script is installed without running it",
  async (run) => {
    const told: string[] = [];
    for (const npm of npms()) {
      expect(ranScripts(npm.file, { guarded: true }), npm.version).toBe(false);
      // Without the project's guard an old npm runs them: the fixture can do harm.
      if (Number.parseInt(npm.version, 10) < 12)
        expect(ranScripts(npm.file, { guarded: false }), npm.version).toBe(true);
      run.tried(1);
      told.push(`npm ${npm.version}`);
    }
    const skipped = told.some((name) => /npm 1[2-9]/.test(name))
      ? ""
      : "; npm 12 skipped: not on the path";
    run.saw(`0 scripts run under ${told.join(", ")}${skipped}`);
  },
  { lacks },
);

/** Installs a hijacked package into a new project, guarded as this one is. */
function ranScripts(npm: string, { guarded }: { guarded: boolean }): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), "hijacked-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const victim = path.join(folder, "victim");
  const mark = path.join(folder, "it-ran");
  const script = `node -e "require('node:fs').writeFileSync(process.env.MARK, '')"`;
  const scripts = { preinstall: script, install: script, postinstall: script };
  for (const place of ["hijacked", "victim"]) mkdirSync(path.join(folder, place));
  const write = (place: string, content: object): void =>
    writeFileSync(path.join(folder, place, "package.json"), JSON.stringify(content));
  write("hijacked", { name: "hijacked", version: "1.0.0", scripts });
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    MARK: mark,
    npm_config_cache: path.join(folder, "cache"),
  };
  const call = (cwd: string, ...args: string[]): string =>
    execFileSync(npm, [...args, "--offline"], {
      cwd,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  call(path.join(folder, "hijacked"), "pack", "--pack-destination", folder, "--ignore-scripts");
  const { allowScripts } = manifest;
  const needs = { dependencies: { hijacked: "file:../hijacked-1.0.0.tgz" } };
  write("victim", {
    name: "victim",
    version: "1.0.0",
    ...needs,
    ...(guarded ? { allowScripts } : {}),
  });
  if (guarded) cpSync(path.join(root, ".npmrc"), path.join(victim, ".npmrc"));
  call(victim, "install");
  call(victim, "ci");
  expect(existsSync(path.join(victim, "node_modules/hijacked/package.json"))).toBe(true);
  return existsSync(mark);
}

describe("what this project depends on", () => {
  const all = {
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
  };

  test("is pinned to exact versions, the very ones of the lockfile", () => {
    expect(Object.keys(all).length).toBeGreaterThan(30);
    for (const [name, version] of Object.entries(all)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  test("has a checksum for every package in the lockfile, and names no registry", () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ""))).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(lockText).not.toMatch(/registry\.|https?:\/\/[^"]*\.tgz/);
  });

  test("wants to run no script at installation but those that are refused by name, Node's packages none", () => {
    const scripted = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([place]) => nameOf(place));
    expect(scripted.filter((name) => manifest.allowScripts[name] !== false)).toEqual([]);
    const nodes = locked
      .map(([place]) => nameOf(place))
      .filter((name) => /^node-(bin-)?(linux|darwin|win)-/.test(name));
    expect(nodes).toHaveLength(5);
    expect(scripted.filter((name) => nodes.includes(name))).toEqual([]);
  });
});
