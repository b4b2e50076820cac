import type { ChannelFacts, PersonFacts } from "../message.ts";

/** What is known of a question's place and asker at the moment it is asked. */
export interface QuestionFacts {
  /** Asked in a direct message, which has no channel's facts. */
  direct: boolean;
  /** The platform said with the question that another organisation reads there. */
  external: boolean;
  /** Null: they could not be had. */
  channel: ChannelFacts | null;
  person: PersonFacts | null;
}

export type QuestionRefusal =
  | "bot"
  | "channel_external"
  | "unchecked"
  | "former_member"
  | "stranger"
  | "guest";

/**
 * Why nobody answers a question, whatever it asks for; null: it may be answered. What was certainly
 * found counts before what could not be checked, and what could not be checked is refused.
 * Source: FAULTS.md 29, 30.
 */
export function refuseQuestion(facts: QuestionFacts): QuestionRefusal | null {
  const { direct, channel, person } = facts;
  if (person?.bot) return "bot";
  if (facts.external || channel?.external) return "channel_external";
  if (person === null || (!direct && channel === null)) return "unchecked";
  if (!person.active) return "former_member";
  if (person.stranger) return "stranger";
  return person.guest ? "guest" : null;
}
