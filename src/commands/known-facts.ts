/** What platforms say of people and places, remembered for a short while so that answers stay quick. */
import {
  type ChannelFacts,
  type ChannelRef,
  type ChatFault,
  type ChatPort,
  channelName,
  type PersonFacts,
  type PersonRef,
  type Platform,
  personName,
} from "../message.ts";
import type { Result } from "../result.ts";

/** Null: they could not be had just now. */
export interface KnownFacts {
  /** The next who asks of the channel looks anew. */
  forget(ref: ChannelRef): void;
  channel(ref: ChannelRef, now: Temporal.Instant): Promise<ChannelFacts | null>;
  person(ref: PersonRef, now: Temporal.Instant): Promise<PersonFacts | null>;
}

type FactsPort = Pick<ChatPort, "channelFacts" | "personFacts">;

/** `ports` may be filled later; of a platform that is not in it nothing is known. */
export function knownFacts(ports: ReadonlyMap<Platform, FactsPort>): KnownFacts {
  const channels = memory<ChannelFacts>();
  const people = memory<PersonFacts>();
  return {
    forget: (ref) => channels.forget(channelName(ref)),
    channel: (ref, now) =>
      channels.recall(channelName(ref), now, ports.get(ref.platform), (port) =>
        port.channelFacts(ref),
      ),
    person: (ref, now) =>
      people.recall(personName(ref), now, ports.get(ref.platform), (port) => port.personFacts(ref)),
  };
}

/** For so long a question may be answered by what was true a moment ago. Reports look anew. */
const FRESH_MS = 30_000;
const MOST_REMEMBERED = 5_000;

type Asked<Facts> = Promise<Result<Facts, ChatFault>>;

function memory<Facts>() {
  const known = new Map<string, { at: number; asked: Asked<Facts> }>();
  return {
    forget: (key: string): void => void known.delete(key),
    /** Several who ask at once share one look; what failed is looked at again by the next. */
    async recall(
      key: string,
      now: Temporal.Instant,
      port: FactsPort | undefined,
      look: (port: FactsPort) => Asked<Facts>,
    ): Promise<Facts | null> {
      if (port === undefined) return null;
      const at = now.epochMilliseconds;
      const before = known.get(key);
      const fresh = before !== undefined && Math.abs(at - before.at) < FRESH_MS;
      const asked = fresh ? before.asked : look(port);
      if (!fresh) {
        if (known.size >= MOST_REMEMBERED) known.clear();
        known.set(key, { at, asked });
      }
      const facts = await asked;
      if (!facts.ok && known.get(key)?.asked === asked) known.delete(key);
      return facts.ok ? facts.value : null;
    },
  };
}
