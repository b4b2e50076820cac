import { timeOf } from "./timestamp.ts";
import type { Workspace } from "./workspace.ts";

interface Formats {
  clock: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
}

/** By zone: making one takes far longer than using it, and every message on the page has both. */
const formats = new Map<string, Formats>();

/** `09:00`, in the workspace's zone. */
export function clockOf(workspace: Workspace, ts: string): string {
  return formatsIn(workspace.timeZone).clock.format(timeOf(ts));
}

/** `Monday 16 November 2026`, in the workspace's zone. */
export function dayOf(workspace: Workspace, ts: string): string {
  return formatsIn(workspace.timeZone).day.format(timeOf(ts)).replace(",", "");
}

function formatsIn(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = {
    clock: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }),
    day: new Intl.DateTimeFormat("en-GB", {
      weekday: "long",
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone,
    }),
  };
  formats.set(timeZone, made);
  return made;
}
