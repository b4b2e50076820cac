/** A person's line, from whichever way it came: who may ask at all, then what it asks for. */

import type { Doing } from "../chat-connection.ts";
import { whyUnavailable } from "../db/index.ts";
import { errorFields } from "../log.ts";
import type { Message } from "../message.ts";
import { admit, type Caller } from "../policy/index.ts";
import { type AskFault, tellFault, tellRefusal } from "../wording/index.ts";
import { type Asking, auditAnswer, auditRefused, type Trail } from "./audit-answer.ts";
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
  const trail = { context, doing, asking, now };
  try {
    const admitted = await callerOf(context, trail);
    if (!("caller" in admitted)) return admitted.refused;
    const ask = { caller: admitted.caller, now, exact: false, week: null };
    const result = await dispatch(context, asking.line, ask);
    if (result.ok) {
      await auditAnswer(trail, result.value);
      return { told: result.value };
    }
    const rule = keptBackBy[result.fault.kind];
    if (rule !== undefined) await auditRefused(trail, rule);
    return { fault: tellFault(result.fault, context.prefix) };
  } catch (error) {
    context.log.error("command_failed", { id: doing.id, ...errorFields(error) });
    return { fault: tellFault(faultOfError(error, doing.id.slice(0, 40)), context.prefix) };
  }
}

/** Faults that keep a sensitive metric back, by the rule that the audit names. */
const keptBackBy: Readonly<Partial<Record<AskFault["kind"], string>>> = {
  not_here: "sensitive",
  too_few_accounts: "few_accounts",
  not_cut_in_chat: "few_accounts",
};

/** The id is in the log beside what the error was. */
function faultOfError(error: unknown, id: string): AskFault {
  const why = whyUnavailable(error);
  if (why === null) return { kind: "broken", id };
  return { kind: "unavailable", why: why === "too_slow" ? "too_slow" : "away", id };
}

/** Whoever asks too much costs no look at the platform. */
async function callerOf(
  context: ChatContext,
  trail: Trail,
): Promise<{ caller: Caller } | { refused: Asked }> {
  const { doing, now } = trail;
  const { asker, place, direct, external } = doing;
  const pace = context.flood.pace(asker, now);
  if (pace === "drop") return { refused: null };
  if (pace !== "answer") {
    context.log.warn("flood", { pace, platform: asker.platform, user: asker.user });
    return { refused: { fault: tellRefusal(pace, context.prefix) } };
  }
  const [channelFacts, personFacts] = await Promise.all([
    direct ? null : context.facts.channel(place, now),
    context.facts.person(asker, now),
  ]);
  const question = { person: asker, place, direct, external, channelFacts, personFacts };
  const admitted = admit(context.rules, question);
  if (admitted.ok) return { caller: admitted.value };
  const why = admitted.fault;
  const { platform, channel: where } = place;
  context.log.warn("question_refused", { why, platform, channel: where, user: asker.user });
  await auditRefused(trail, why);
  return { refused: why === "bot" ? null : { fault: tellRefusal(why, context.prefix) } };
}
