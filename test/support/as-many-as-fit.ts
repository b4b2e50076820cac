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
  const running: Running = { last: null };
  const details = await fc.check(followed(property, running), {
    numRuns: most,
    interruptAfterTimeLimit: ms,
    examples,
  });
  // What the time limit cut off goes on, and would be in the way of the next test.
  await running.last;
  const { failed, errorInstance: cause } = details;
  if (failed) throw new Error(await fc.asyncDefaultReportMessage(details), { cause });
  process.stdout.write(`${expect.getState().currentTestName}: ${details.numRuns} cases\n`);
  expect(details.numRuns, "cases that were tried").toBeGreaterThan(0);
}

interface Running {
  last: unknown;
}

/** The property, with its latest case to be waited for. */
function followed<T>(property: fc.IRawProperty<T>, running: Running): fc.IRawProperty<T> {
  const run = (value: T) => {
    const result = property.run(value);
    running.last = result;
    return result;
  };
  return Object.create(property, { run: { value: run } });
}
