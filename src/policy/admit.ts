/** The gate before every figure: who may ask at all, and where a figure may stand at all. Pure. */
import {
  type ChannelFacts,
  type ChannelRef,
  channelName,
  type PersonFacts,
  type PersonRef,
} from "../message.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AccessRules, Caller, ReportCaller } from "./access-rules.ts";
import { type Readers, readersOf } from "./readers.ts";

/** A question, with what is known of its place and asker at the moment it is asked. */
export interface Question {
  person: PersonRef;
  place: ChannelRef;
  /** Asked in a direct message, which has no channel's facts. */
  direct: boolean;
  /** The platform said with the question that another organisation reads there. */
  external: boolean;
  /** Null: they could not be had. */
  channelFacts: ChannelFacts | null;
  personFacts: PersonFacts | null;
}

type PlaceRefusal = "channel_external" | "channel_guests";
export type PostRefusal = PlaceRefusal | "channel_archived";
export type QuestionRefusal =
  | PlaceRefusal
  | "bot"
  | "unchecked"
  | "former_member"
  | "stranger"
  | "guest";

/**
 * Refused is who is refused whatever the question asks for; what the admitted caller may see,
 * `maySee` says. What was certainly found counts before what could not be checked, and what could not
 * be checked is refused. Source: FAULTS.md 28 to 30.
 */
export function admit(rules: AccessRules, asked: Question): Result<Caller, QuestionRefusal> {
  const { person, place, direct, channelFacts, personFacts } = asked;
  if (personFacts?.bot) return failed("bot");
  const readers = readersOfQuestion(asked);
  const refused = readers === null ? null : refusePlace(rules, place, readers);
  if (refused !== null) return failed(refused);
  if (personFacts === null || readers === null || (!direct && channelFacts === null))
    return failed("unchecked");
  if (!personFacts.active) return failed("former_member");
  if (personFacts.stranger) return failed("stranger");
  if (personFacts.guest) return failed("guest");
  return ok({ kind: "person", person, channel: place, direct, readers });
}

/** What the platform said with the question is as new as can be. Null: nobody knows. */
function readersOfQuestion({ direct, external, channelFacts }: Question): Readers | null {
  if (external) return "others";
  if (direct) return "colleagues";
  return channelFacts === null ? null : readersOf(channelFacts);
}

/** Whether a report may be posted into a channel as it is now, or stand there. */
export function admitReport(
  rules: AccessRules,
  channel: ChannelRef,
  facts: ChannelFacts,
): Result<ReportCaller, PostRefusal> {
  if (facts.archived) return failed("channel_archived");
  const readers = readersOf(facts);
  const refused = refusePlace(rules, channel, readers);
  return refused === null ? ok({ kind: "report", channel, readers }) : failed(refused);
}

/** Why no figure may stand in a place; null: one may. */
export function refusePlace(
  rules: AccessRules,
  channel: ChannelRef,
  readers: Readers,
): PlaceRefusal | null {
  const name = channelName(channel);
  if (readers === "others" && !rules.externalChannels.has(name)) return "channel_external";
  return readers === "guests" && !rules.guestChannels.has(name) ? "channel_guests" : null;
}
