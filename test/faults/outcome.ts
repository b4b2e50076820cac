/** What a full run of one test of a row ended with; docs/faults.json keeps the last of each. */
import { z } from "zod";

export const faultOutcome = z.strictObject({
  row: z.int(),
  /** The test's name. */
  test: z.string(),
  /** Null: skipped, for want of something on the machine; `figure` says of what. */
  held: z.boolean().nullable(),
  figure: z.string(),
  cases: z.int(),
  seconds: z.number(),
});

export type FaultOutcome = z.infer<typeof faultOutcome>;

export const keptOutcome = faultOutcome.extend({ on: z.iso.date() });

/** With the day of the run. */
export type KeptOutcome = z.infer<typeof keptOutcome>;
