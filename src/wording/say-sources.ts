/** Up to when the tables of a metric are complete. */
import type { SourceFreshness } from "../metrics/index.ts";
import { list } from "./list.ts";
import { sayInstant, weekName } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** `accounts and surveys to Mon 16 Nov 2026, 00:00 UTC`, a line for those that are alike; what is late first. */
export function saySources(
  sources: readonly SourceFreshness[],
  timeZone: string,
  voice: Voice,
): string[] {
  const alike = Map.groupBy(sources, (source) => JSON.stringify({ ...source, table: "" }));
  return [...alike.values()].flatMap((tables) => {
    const [first] = tables;
    if (first === undefined) return [];
    return [`${list(tables.map(({ table }) => table))} ${stateOf(first, timeZone, voice)}`];
  });
}

function stateOf(
  { through, missing, isWaiting }: SourceFreshness,
  timeZone: string,
  voice: Voice,
): string {
  const waits = isWaiting ? "; rows that came since wait for kpi refresh" : "";
  if (through === null) return `${isWaiting ? "never computed" : "never loaded"}${waits}`;
  const late = missing === null ? "" : `: late, not whole from ${weekName(missing)} on`;
  return `to ${sayInstant(through, timeZone, voice)}${late}${waits}`;
}
