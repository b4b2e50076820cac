import type { Unit } from "../metrics/index.ts";
import type { Voice } from "./voice.ts";

/** The unit of the bare numbers in a file: `fraction of 1`, `USD per month`. */
export function unitInFile(unit: Unit, { currency }: Voice): string {
  return unit.replace(/^percent/, "fraction of 1").replace(/^money/, currency);
}
