import type { Answer } from "../metrics/index.ts";
import { sayDay, sayInstant } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** Whose word a reported value is, since when it holds, and where they had it from; of what is computed nothing. */
export function sayReport({ reported, timeZone }: Answer, voice: Voice): string[] {
  if (!reported) return [];
  const from = sayDay(Temporal.PlainDate.from(reported.from), voice);
  const at = sayInstant(reported.at, timeZone, voice);
  return [
    `Reported by ${reported.by} on ${at}, for the time from ${from} on. Source: ${reported.source}.`,
  ];
}
