/** How the latest load of the sources went. */
import { plural } from "./plural.ts";
import type { Hour } from "./say-post.ts";
import { sayInstant } from "./say-week.ts";

export interface ListedLoad {
  dueAt: string;
  isDone: boolean;
  /** Tries that failed. */
  failures: number;
  /** Milliseconds until it is tried again. */
  nextTryMs: number;
}

/** `The latest load of the sources, due Mon 16 Nov 2026, 06:00 UTC: done.` */
export function sayLoad(load: ListedLoad, hour: Hour): string {
  const due = sayInstant(load.dueAt, hour.timeZone, hour.voice);
  return `The latest load of the sources, due ${due}: ${howItWent(load, hour)}.`;
}

function howItWent({ isDone, failures, nextTryMs }: ListedLoad, hour: Hour): string {
  if (isDone) return "done";
  if (failures === 0) return "not done yet";
  const again = hour.now.add({ milliseconds: Math.round(nextTryMs) });
  const at = sayInstant(again.toString(), hour.timeZone, hour.voice);
  return `failed ${failures} ${plural(failures, "time")}, tried again ${at}; kpi doctor says what is wrong`;
}
