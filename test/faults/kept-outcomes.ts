/** docs/faults.json: how each test's last full run ended. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type KeptOutcome, keptOutcome } from "./outcome.ts";

const file = path.resolve(import.meta.dirname, "../../docs/faults.json");

export function readOutcomes(): KeptOutcome[] {
  return existsSync(file) ? z.array(keptOutcome).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
}

/** Sorted, so that a run changes the lines of its own rows alone. */
export function keepOutcomes(outcomes: readonly KeptOutcome[]): void {
  const sorted = outcomes.toSorted((a, b) => a.row - b.row || (a.test < b.test ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
