/** What is posted unasked, by the name that its runs have. */
import type { WeekStart } from "../metrics/index.ts";
import { weekName } from "./say-week.ts";

/** `the scorecard of 2026-W46`, from `scorecard`; `the message of signal 12 of 2026-W46`, from `signal/12`. */
export function reportName(report: string, period: WeekStart): string {
  const name = scheduleName(report);
  return report.startsWith("notice/") ? name : `${name} of ${weekName(period)}`;
}

/** The same without a week. */
export function scheduleName(report: string): string {
  const [kind = "", which = ""] = report.split("/");
  return names[kind]?.(which) ?? report;
}

const names: Readonly<Record<string, (which: string) => string>> = {
  scorecard: () => "the scorecard",
  breakdowns: () => "the teams' posts",
  sources: () => "the load of the sources",
  team: (team) => `the post of team ${team}`,
  signal: (id) => `the message of signal ${id}`,
  signal_week: (id) => `the week's line of signal ${id}`,
  signal_link: (id) => `the line to signal ${id}`,
  notice: () => "a notice to the owner",
};
