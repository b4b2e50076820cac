/** Whether a message of ours may stand in a channel as it is now, asked of the platform each time. */
import type { ChannelRef, ChatFault, ChatPort } from "../message.ts";
import { admitReport, type PostRefusal, type ReportCaller } from "../policy/index.ts";
import type { ReportContext } from "./report-context.ts";
import type { Told } from "./told.ts";

export type Authorised =
  | { kind: "may"; reader: ReportCaller }
  | { kind: "refused"; code: PostRefusal }
  /** The platform did not say, so nobody knows. */
  | { kind: "unchecked"; fault: ChatFault };

export async function authoriseChannel(
  { rules }: Pick<ReportContext, "rules">,
  port: ChatPort,
  channel: ChannelRef,
  told: Told,
): Promise<Authorised> {
  // It holds no figure and is for its owner alone.
  if (told.kind === "notice")
    return { kind: "may", reader: { kind: "report", channel, readers: "colleagues" } };
  const facts = await port.channelFacts(channel);
  if (!facts.ok) return { kind: "unchecked", fault: facts.fault };
  const admitted = admitReport(rules, channel, facts.value);
  return admitted.ok
    ? { kind: "may", reader: admitted.value }
    : { kind: "refused", code: admitted.fault };
}
