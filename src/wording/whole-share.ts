/** What is a share of a whole is never above all of it: neither its limits nor its axis. */
import type { Answer, Verdict } from "../metrics/index.ts";
import { limitDigits } from "./say-expected.ts";
import { sayFigure, sayIn } from "./say-number.ts";
import type { Voice } from "./voice.ts";

interface Limits {
  low: number | null;
  expected: number | null;
  high: number | null;
}

/** The limits as they may be told: a test that adds a spread to 99.99% knows no end. */
export function withinWhole<L extends Limits>(limits: L, isOfWhole: boolean): L {
  return isOfWhole && limits.high !== null && limits.high > 1 ? { ...limits, high: 1 } : limits;
}

type Headed = Pick<Answer, "unit" | "isOfWhole" | "figures"> & { verdict: Verdict };

/** The value with as many decimals as its limits: 100.000% beside 99.993%. */
export function sayHeadline({ unit, isOfWhole, figures, verdict }: Headed, voice: Voice): string {
  const { value } = figures;
  const { expected, low, high } = verdict;
  const said = sayFigure(unit, value, voice);
  if (!isOfWhole || value !== 1 || expected === null || low === null || high === null) return said;
  const count = limitDigits(unit, { expected, low, high: Math.min(1, high) }, value, voice);
  return sayIn(unit, value, voice, "full", count);
}
