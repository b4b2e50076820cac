/** A backtest as the JSON that scripts read (INTERFACE 3): every week from the first. */
import type { Backtest } from "../metrics/index.ts";
import { verdictJson } from "./answer-json.ts";
import { weekName } from "./say-week.ts";

export function backtestJson({ weeks }: Backtest): Readonly<Record<string, unknown>> {
  return {
    weeks: weeks.map(({ week, value, verdict }) => ({
      week: weekName(week),
      value,
      verdict: verdictJson(verdict),
    })),
  };
}
