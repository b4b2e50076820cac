/**
 * The tests of the fault rows with their full counts: `npm run soak`, or `npm run soak -- 14 25` for
 * those rows alone. Keeps what was seen in docs/faults.json and writes docs/faults.md anew;
 * `npm run soak -- --page` does only that.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { faultsPage } from "../test/faults/faults-page.ts";
import { type FoundTest, findFaultTests } from "../test/faults/find-fault-tests.ts";
import { keepOutcomes, readOutcomes } from "../test/faults/kept-outcomes.ts";
import { type FaultOutcome, faultOutcome } from "../test/faults/outcome.ts";
import { faultRows } from "../test/faults/rows.ts";

const root = path.join(import.meta.dirname, "..");
const tests = findFaultTests();

/** One worker: a second one would be in the way of the times and the memory that are measured. */
function runFull(chosen: readonly FoundTest[], folder: string): Promise<number> {
  const rows = [...new Set(chosen.map(({ row }) => row))];
  const files = [...new Set(chosen.map(({ file }) => file))];
  const names = ["-t", `\\(fault (${rows.join("|")})\\)$`];
  const args = ["run", ...files, ...names, "--maxWorkers=1", "--reporter=verbose"];
  return new Promise((done) => {
    const child = spawn(path.join(root, "node_modules/.bin/vitest"), args, {
      stdio: "inherit",
      cwd: root,
      env: { ...process.env, SOAK: folder },
    });
    child.on("error", () => done(1));
    child.on("exit", (code) => done(code ?? 1));
  });
}

function outcomesIn(folder: string): FaultOutcome[] {
  return readdirSync(folder).map((file) =>
    faultOutcome.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8"))),
  );
}

/** The new ones in the place of the old; those of tests that are gone go. */
function keep(seen: readonly FaultOutcome[]): void {
  const on = Temporal.Now.plainDateISO("UTC").toString();
  const isOf = (test: { row: number }, name: string, outcome: { row: number; test: string }) =>
    outcome.row === test.row && outcome.test === name;
  const kept = readOutcomes().filter((old) => !seen.some((fresh) => isOf(fresh, fresh.test, old)));
  const all = [...kept, ...seen.map((outcome) => ({ ...outcome, on }))];
  keepOutcomes(all.filter((outcome) => tests.some((test) => isOf(test, test.name, outcome))));
}

function writePage(): void {
  writeFileSync(path.join(root, "docs/faults.md"), faultsPage(faultRows, tests, readOutcomes()));
}

async function soak(chosen: readonly FoundTest[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "soak-"));
  try {
    const status = await runFull(chosen, folder);
    const seen = outcomesIn(folder);
    keep(seen);
    for (const { row, test, held, figure, cases, seconds } of seen) {
      const word = held === null ? "skipped" : held ? "held   " : "FAILED ";
      console.log(`${word}  ${row}  ${test}: ${cases} in ${seconds} s; ${figure}`);
    }
    return status;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const words = process.argv.slice(2);
if (words.includes("--page")) writePage();
else {
  const chosen = tests.filter(({ row }) => words.length === 0 || words.includes(String(row)));
  const untested = words.filter((word) => !chosen.some(({ row }) => String(row) === word));
  if (untested.length > 0) console.log(`no test yet: ${untested.join(", ")}`);
  process.exitCode = chosen.length === 0 ? 1 : await soak(chosen);
  writePage();
}
