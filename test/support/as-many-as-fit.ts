import fc from "fast-check";
import { expect } from "vitest";

interface Budget<T> {
  most?: number;
  ms?: number;
  examples?: T[];
}

/**
 * Holds a property for at most `most` cases and about `ms` milliseconds, and prints how many were
 * tried: a slow day tries fewer, and must not look like a quick one. Rows of the faults are held by
 * `faultTest`, which has them tried to the last.
 */
export async function asManyAsFit<T>(
  property: fc.IRawProperty<T>,
  { most = 20_000, ms = 5_000, examples = [] }: Budget<T> = {},
): Promise<void> {
  const details = await fc.check(property, {
    numRuns: most,
    interruptAfterTimeLimit: ms,
    examples,
  });
  if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details));
  process.stdout.write(`${expect.getState().currentTestName}: ${details.numRuns} cases\n`);
  expect(details.numRuns, "cases that were tried").toBeGreaterThan(0);
}
