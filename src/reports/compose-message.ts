/** What goes into a channel now, by whoever posts or edits: who reads there is looked at before and after. */
import type { ChannelRef, ChatPort, Message } from "../message.ts";
import { auditReport, type ReportEntry } from "./audit-report.ts";
import { type Authorised, authoriseChannel } from "./authorise-channel.ts";
import { type Moment, messageFor } from "./message-for.ts";
import type { ReportContext } from "./report-context.ts";
import type { Told } from "./told.ts";

export interface Composing {
  told: Told;
  port: ChatPort;
  channel: ChannelRef;
  moment: Moment;
  /** As the audit has it, when the message tells a sensitive metric. */
  entry: ReportEntry;
}

export type Composed =
  | { kind: "message"; message: Message }
  /** The channel may see nothing of it, or wants nothing of it. */
  | { kind: "nothing" }
  | Exclude<Authorised, { kind: "may" }>;

/**
 * To be called right before the message goes out, of which the audit has then what it discloses. Throws
 * when that cannot be written.
 */
export async function composeMessage(
  context: ReportContext,
  { told, port, channel, moment, entry }: Composing,
): Promise<Composed> {
  const first = await authoriseChannel(context, port, channel, told);
  if (first.kind !== "may") return first;
  const message = await messageFor(context, told, first.reader, moment);
  if (!message.ok) return { kind: "unchecked", fault: message.fault };
  if (message.value === null) return { kind: "nothing" };
  // As late as can be, for a channel may have been opened to others meanwhile.
  const last = await authoriseChannel(context, port, channel, told);
  if (last.kind !== "may") return last;
  if (last.reader.readers !== first.reader.readers)
    return { kind: "unchecked", fault: { kind: "limited", retryAfterMs: 0 } };
  await auditReport(context, entry, told, last.reader);
  return { kind: "message", message: message.value };
}
