import { timeOf } from "./timestamp.ts";
import type { Workspace } from "./workspace.ts";

/** `09:00`, in the workspace's zone. */
export function clockOf(workspace: Workspace, ts: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: workspace.timeZone,
  }).format(timeOf(ts));
}

/** `Monday 16 November 2026`, in the workspace's zone. */
export function dayOf(workspace: Workspace, ts: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: workspace.timeZone,
  })
    .format(timeOf(ts))
    .replace(",", "");
}
