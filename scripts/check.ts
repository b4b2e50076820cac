/** All checks and tests, one after the other: what `npm test` runs and what CI believes. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

interface Check {
  name: string;
  command: readonly string[];
}

const report = path.join(tmpdir(), `throughline-tests-${process.pid}.json`);
const bin = (name: string): string => path.join(import.meta.dirname, "../node_modules/.bin", name);

const checks: readonly Check[] = [
  { name: "format and lint", command: [bin("biome"), "ci", "."] },
  { name: "types", command: [bin("tsc"), "--noEmit", "-p", "."] },
  {
    name: "who knows whom",
    command: [process.execPath, path.join(import.meta.dirname, "check-imports.ts")],
  },
  { name: "nothing unused", command: [bin("knip"), "--no-progress"] },
  {
    name: "tests",
    command: [
      bin("vitest"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${report}`,
    ],
  },
];

function run({ command: [file = "", ...args] }: Check): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(file, args, {
      stdio: "inherit",
      cwd: path.join(import.meta.dirname, ".."),
    });
    child.on("error", () => done(false));
    child.on("exit", (code) => done(code === 0));
  });
}

const outcomes: string[] = [];
let failed = 0;
for (const check of checks) {
  const started = performance.now();
  console.log(`\n── ${check.name}`);
  const fine = await run(check);
  if (!fine) failed++;
  outcomes.push(
    `${fine ? "ok    " : "FAILED"}  ${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${check.name}`,
  );
}
console.log(`\n${outcomes.join("\n")}\n`);
console.log(testCounts());
process.exitCode = failed === 0 ? 0 : 1;

/** The closing line, which says how many tests really ran. */
function testCounts(): string {
  try {
    const counts: unknown = JSON.parse(readFileSync(report, "utf8"));
    const count = (name: string): number => {
      const value: unknown = counts && typeof counts === "object" ? Reflect.get(counts, name) : 0;
      return typeof value === "number" ? value : 0;
    };
    return `${count("numPassedTests")} passed, ${count("numFailedTests")} failed, ${count("numPendingTests")} skipped`;
  } catch {
    return "0 passed, 1 failed";
  } finally {
    rmSync(report, { force: true });
  }
}
