/** What the reports work with; main puts it together. */

import type { Log } from "../log.ts";
import type { ChatPort } from "../message.ts";
import type { Metrics } from "../metrics/index.ts";
import type { AccessRules } from "../policy/index.ts";
import type { Result } from "../result.ts";
import type { Voice } from "../wording/index.ts";
import type { WallRule } from "./next-occurrence.ts";
import type { ToldLoad } from "./told-load.ts";

export interface ReportTeam {
  /** `slack:C0GTM`. */
  channels: readonly string[];
  mention: string | null;
}

export interface ReportSources {
  /** Daily. */
  rule: WallRule;
  /** Brings the data in, all of it or nothing; `stopping` rolls it back. */
  load(now: Temporal.Instant, stopping: AbortSignal): Promise<Result<ToldLoad, LoadFault>>;
}

/** `code` has words in what the owner is told; `about` is what the log adds, such as a SQLSTATE. */
export type LoadFault = { kind: "interrupted" } | { kind: "failed"; code: string; about: string };

export interface ReportContext {
  metrics: Metrics;
  rules: AccessRules;
  voice: Voice;
  theme: "light" | "dark";
  /** Ports by platform; a platform that is off is absent. */
  ports: ReadonlyMap<string, ChatPort>;
  scorecard: {
    channels: readonly string[];
    metrics: readonly string[];
    rule: WallRule;
    /** Wall time of the due day until when late sources are waited for; null: they are not. */
    holdUntil: string | null;
    /** Metrics that a channel does not want, by channel: ids or codes. */
    muted: ReadonlyMap<string, readonly string[]>;
  };
  teams: ReadonlyMap<string, ReportTeam>;
  /** What is loaded on schedule, before any report; null: data come in otherwise. */
  sources: ReportSources | null;
  /** When each team gets the post of its own metrics. */
  breakdowns: WallRule;
  /** Who is told when something fails, `slack:U0OPS`; null: only the log is. */
  owner: string | null;
  log: Log;
}
