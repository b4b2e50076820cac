/** The target and how it stands where there is no room for a sentence: tables, labels, cells. */
import type { Answer } from "../metrics/index.ts";
import { sayFigure, sayValue } from "./say-number.ts";
import type { Voice } from "./voice.ts";

/** `at risk`; empty where there is no target, or nothing can be said of it yet. */
export function targetState({ target }: Pick<Answer, "target">): string {
  if (target === null || target.status === "no_verdict") return "";
  return target.status.replace("_", " ");
}

/** `45.0%`, `$18.9m in all`; empty where there is none, or where it is another metric's. */
export function targetLevel(
  { target, metric, unit, from }: Pick<Answer, "target" | "metric" | "unit" | "from">,
  voice: Voice,
  length: "full" | "short" = "full",
): string {
  if (target === null || target.metric !== metric) return "";
  const say = (value: number | null): string =>
    length === "short" ? sayValue(unit, value, voice, "short") : sayFigure(unit, value, voice);
  if (target.type === "band") return `${say(target.value)} to ${say(target.valueHi)}`;
  // Beside the value of a single week a sum would be taken for what the week should have brought.
  const isSum = target.type === "cumulative_by_date" && from === null;
  return isSum ? `${sayValue(unit, target.value, voice, length)} in all` : say(target.value);
}

/** `45.0%, missed (not certain)`; empty without a target. */
export function targetInShort(
  answer: Pick<Answer, "target" | "metric" | "unit" | "from">,
  voice: Voice,
): string {
  const doubt = answer.target?.certain === false ? " (not certain)" : "";
  const state = targetState(answer);
  return [targetLevel(answer, voice), state && `${state}${doubt}`].filter(Boolean).join(", ");
}
