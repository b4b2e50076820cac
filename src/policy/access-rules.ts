/** Who may see what, as kpi.yaml says it. Pure: facts about channels and people come in. */
import { type ChannelRef, channelName, type PersonRef } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";

export interface AccessRules {
  /** Channels, as `slack:C0LEAD`, in which sensitive metrics may be told. */
  sensitiveChannels: ReadonlySet<string>;
  /** People who may see sensitive metrics; null: whoever stands in an allowed channel. */
  sensitiveViewers: ReadonlySet<string> | null;
  /** Who may set targets, resend and skip: `slack:U0OPS`. */
  operators: ReadonlySet<string>;
}

/** Who asks, and where the answer would stand. */
export type Caller =
  | { kind: "person"; person: PersonRef; channel: ChannelRef; direct: boolean }
  /** A report that is posted unasked: the channel's setting alone counts. */
  | { kind: "report"; channel: ChannelRef }
  /** The terminal of the machine that holds the data. */
  | { kind: "terminal" };

/** Source: INTERFACE kpi.yaml, `viewers`: in a direct message the person's rights, in a channel both must allow. */
export function maySee(
  rules: AccessRules,
  caller: Caller,
  metric: Pick<Metric, "sensitive">,
): boolean {
  if (!metric.sensitive || caller.kind === "terminal") return true;
  const channelAllows = rules.sensitiveChannels.has(channelName(caller.channel));
  if (caller.kind === "report") return channelAllows;
  const viewers = rules.sensitiveViewers;
  const personAllows = viewers?.has(`${caller.person.platform}:${caller.person.user}`) ?? false;
  if (caller.direct) return personAllows;
  return channelAllows && (viewers === null || personAllows);
}

/** What a caller may know of: only these are ever named to them, in suggestions too. */
export function visibleTo(
  rules: AccessRules,
  caller: Caller,
  metrics: readonly Metric[],
): Metric[] {
  return metrics.filter((metric) => maySee(rules, caller, metric));
}

/** Channels whose discussions are not retold to a caller: those for sensitive metrics, unless it may see these. */
export function closedChannels(rules: AccessRules, caller: Caller): string[] {
  return maySee(rules, caller, { sensitive: true }) ? [] : [...rules.sensitiveChannels];
}
