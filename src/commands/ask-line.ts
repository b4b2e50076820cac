/** A person's line, from whichever way it came: who may ask at all, then what it asks for. */
import { whyUnavailable } from "../db/index.ts";
import { errorFields } from "../log.ts";
import type { Doing, Message } from "../message.ts";
import { refuseQuestion } from "../policy/index.ts";
import { type AskFault, tellFault, tellRefusal } from "../wording/index.ts";
import { type Asking, auditAnswer, auditRefused } from "./audit-answer.ts";
import type { ChatContext } from "./chat-context.ts";
import type { Told } from "./command-context.ts";
import { dispatch } from "./dispatch.ts";

/** `fault` is for the asker alone; null: nothing is said. */
export type Asked = { told: Told } | { fault: Message } | null;

/**
 * Never throws: a command that breaks is logged, and its answer gives the id to look for. A sensitive
 * metric is told only once that stands in the audit.
 */
export async function askLine(
  context: ChatContext,
  doing: Doing,
  asking: Asking,
  now: Temporal.Instant,
): Promise<Asked> {
  const { asker, place, direct } = doing;
  const caller = { kind: "person", person: asker, channel: place, direct } as const;
  try {
    const refused = await refusal(context, doing, asking, now);
    if (refused !== "none") return refused;
    const ask = { caller, now, exact: false, week: null };
    const result = await dispatch(context, asking.line, ask);
    const trail = { context, caller, asking, now };
    if (result.ok) {
      await auditAnswer(trail, result.value);
      return { told: result.value };
    }
    if (result.fault.kind === "not_here") await auditRefused(trail, "sensitive");
    return { fault: tellFault(result.fault, context.prefix) };
  } catch (error) {
    context.log.error("command_failed", { id: doing.id, ...errorFields(error) });
    return { fault: tellFault(faultOfError(error, doing.id.slice(0, 40)), context.prefix) };
  }
}

/** The id is in the log beside what the error was. */
function faultOfError(error: unknown, id: string): AskFault {
  const why = whyUnavailable(error);
  if (why === null) return { kind: "broken", id };
  return { kind: "unavailable", why: why === "too_slow" ? "too_slow" : "away", id };
}

/** Whoever asks too much costs no look at the platform. */
async function refusal(
  context: ChatContext,
  doing: Doing,
  asking: Asking,
  now: Temporal.Instant,
): Promise<{ fault: Message } | null | "none"> {
  const { asker, place, direct, external } = doing;
  const pace = context.flood.pace(asker, now);
  if (pace === "drop") return null;
  if (pace !== "answer") {
    context.log.warn("flood", { pace, platform: asker.platform, user: asker.user });
    return { fault: tellRefusal(pace, context.prefix) };
  }
  const [channel, person] = await Promise.all([
    direct ? null : context.facts.channel(place, now),
    context.facts.person(asker, now),
  ]);
  const why = refuseQuestion({ direct, external, channel, person });
  if (why === null) return "none";
  const { platform, channel: where } = place;
  context.log.warn("question_refused", { why, platform, channel: where, user: asker.user });
  const caller = { kind: "person", person: asker, channel: place, direct } as const;
  await auditRefused({ context, caller, asking, now }, why);
  return why === "bot" ? null : { fault: tellRefusal(why, context.prefix) };
}
