import type { ChannelFacts } from "../message.ts";

/**
 * Why a report must not be posted into a channel as it is now; null: it may. No figure goes into a
 * channel that another organisation reads, whatever kpi.yaml says of it. Source: FAULTS.md 27, 28.
 */
export function refusePost({ external, archived }: ChannelFacts): string | null {
  if (archived) return "channel_archived";
  return external ? "channel_external" : null;
}
