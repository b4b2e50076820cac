/**
 * Tests of the rows of test/faults/rows.yaml. `npm test` gives each its quick count; `npm run soak`
 * names a folder in SOAK, gives each its full count, and finds there what each one saw.
 */
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FaultOutcome } from "../faults/outcome.ts";
import { rowOf } from "../faults/rows.ts";

const soakFolder = process.env.SOAK;
const isFull = soakFolder !== undefined && soakFolder !== "";

const QUICK_TIMEOUT_MS = 180_000;
const FULL_TIMEOUT_MS = 12 * 3_600_000;
/** A worker that computes without a pause for a minute is taken for dead by vitest. */
const PIECE_MS = 2_000;
const PROGRESS_MS = 10_000;

export interface FaultRun {
  /** How many to try, in the row's unit. */
  cases: number;
  /** Times and memory are held to the figure in full runs alone: in others the machine is shared. */
  isFull: boolean;
  /** Counts cases that were tried and stood; tells the progress of a full run. */
  tried(more: number): void;
  /** What was measured, to be read beside the figure to reach. Said more than once, the last holds. */
  saw(figure: string): void;
  /**
   * Holds the property for all cases, in pieces with seeds of their own and pauses in between. `each`:
   * how many cases one run of the property tries.
   */
  check<T>(property: fc.IRawProperty<T>, each?: number): Promise<void>;
}

interface FaultTestOptions {
  /** What this machine has not and the test needs; null where nothing is missing. */
  lacks?: string | null;
}

/**
 * A test of the row `number`. It fails when it tried fewer cases than it was given. The name is
 * written out as a string, because docs/faults.md is made from the sources.
 */
export function faultTest(
  number: number,
  name: string,
  body: (run: FaultRun) => Promise<void>,
  { lacks = null }: FaultTestOptions = {},
): void {
  const row = rowOf(number);
  const cases = isFull ? row.full : row.quick;
  const title = `${name} (fault ${number})`;
  const record = (outcome: Pick<FaultOutcome, "held" | "figure" | "cases">, began: number): void =>
    keep({ row: number, test: name, seconds: secondsSince(began), ...outcome });
  if (lacks !== null) {
    process.stderr.write(`skipped: ${title}: ${lacks}\n`);
    record({ held: null, figure: `skipped: ${lacks}`, cases: 0 }, performance.now());
    test.skip(title);
    return;
  }
  test(title, { timeout: isFull ? FULL_TIMEOUT_MS : QUICK_TIMEOUT_MS }, async () => {
    const began = performance.now();
    const seen = { tried: 0, figure: "" };
    try {
      await body(faultRun(title, cases, seen));
      expect(seen.tried, "cases that were tried").toBeGreaterThanOrEqual(cases);
      record({ held: true, figure: seen.figure, cases: seen.tried }, began);
    } catch (error) {
      record({ held: false, figure: "did not hold", cases: seen.tried }, began);
      throw error;
    }
  });
}

function faultRun(title: string, cases: number, seen: { tried: number; figure: string }): FaultRun {
  let told = performance.now();
  const run: FaultRun = {
    cases,
    isFull,
    tried: (more) => {
      seen.tried += more;
      if (!isFull || performance.now() - told < PROGRESS_MS) return;
      told = performance.now();
      process.stderr.write(`${title}: ${seen.tried} of ${cases}\n`);
    },
    saw: (figure) => {
      seen.figure = figure;
    },
    check: async (property, each = 1) => {
      let size = 100;
      for (let left = Math.ceil(cases / each); left > 0; ) {
        const began = performance.now();
        const numRuns = Math.min(size, left);
        await fc.assert(property, { numRuns, seed: randomInt(2 ** 31) });
        run.tried(numRuns * each);
        left -= numRuns;
        size = Math.max(1, Math.round((size * PIECE_MS) / Math.max(1, performance.now() - began)));
        await breathe();
      }
    },
  };
  return run;
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}

function keep(outcome: FaultOutcome): void {
  if (!isFull) return;
  const file = `${outcome.row}-${outcome.test.replace(/[^a-z0-9]+/gi, "-")}.json`;
  writeFileSync(path.join(soakFolder, file), JSON.stringify(outcome));
}
