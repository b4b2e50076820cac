/** Who may see what, as kpi.yaml says it. Pure: facts about channels and people come in. */
import { type ChannelRef, channelName, type PersonRef, personName } from "../message.ts";
import type { Metric } from "../metrics/catalogue/index.ts";
import type { Readers } from "./readers.ts";

export interface AccessRules {
  /** Channels, as `slack:C0LEAD`, in which sensitive metrics may be told. */
  sensitiveChannels: ReadonlySet<string>;
  /** Channels in which figures may be told although guests read there. */
  guestChannels: ReadonlySet<string>;
  /** Channels in which figures may be told although another organisation reads there; none that is sensitive. */
  externalChannels: ReadonlySet<string>;
  /** People who may see sensitive metrics; null: whoever stands in an allowed channel. */
  sensitiveViewers: ReadonlySet<string> | null;
  /** Who may set targets, resend and skip: `slack:U0OPS`. */
  operators: ReadonlySet<string>;
}

/** Who asks, where the answer would stand, and who would read it there. Only `admit` makes one of a chat. */
export type Caller =
  | { kind: "person"; person: PersonRef; channel: ChannelRef; direct: boolean; readers: Readers }
  /** A report that is posted unasked: the channel's setting alone counts. */
  | ReportCaller
  /** The terminal of the machine that holds the data. */
  | { kind: "terminal" };

export interface ReportCaller {
  kind: "report";
  channel: ChannelRef;
  readers: Readers;
}

/** Source: INTERFACE kpi.yaml, `viewers`: in a direct message the person's rights, in a channel both must allow. */
export function maySee(
  rules: AccessRules,
  caller: Caller,
  metric: Pick<Metric, "sensitive">,
): boolean {
  if (!metric.sensitive || caller.kind === "terminal") return true;
  if (caller.kind === "report") return channelAllows(rules, caller);
  const viewers = rules.sensitiveViewers;
  const personAllows = viewers?.has(personName(caller.person)) ?? false;
  if (caller.direct) return personAllows;
  return channelAllows(rules, caller) && (viewers === null || personAllows);
}

/**
 * Where guests may be among the readers, which some platforms cannot say, the channel must allow them
 * beside what is sensitive. Where another organisation reads, nothing allows it.
 */
function channelAllows(
  rules: AccessRules,
  { channel, readers }: Pick<ReportCaller, "channel" | "readers">,
): boolean {
  const name = channelName(channel);
  if (!rules.sensitiveChannels.has(name) || readers === "others") return false;
  return readers === "colleagues" || rules.guestChannels.has(name);
}

/** What a caller may know of: only these are ever named to them, in suggestions too. */
export function visibleTo(
  rules: AccessRules,
  caller: Caller,
  metrics: readonly Metric[],
): Metric[] {
  return metrics.filter((metric) => maySee(rules, caller, metric));
}

/**
 * Channels whose discussions are not retold to a caller: those for sensitive metrics, unless it may see
 * these. "all" where not only colleagues read: nobody who wrote there meant it for others.
 */
export function closedChannels(rules: AccessRules, caller: Caller): readonly string[] | "all" {
  if (caller.kind !== "terminal" && caller.readers !== "colleagues") return "all";
  return maySee(rules, caller, { sensitive: true }) ? [] : [...rules.sensitiveChannels];
}
