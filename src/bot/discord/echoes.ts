import type { MessageRef } from "../../message.ts";

/**
 * The bot's own posts by our ids, as the answers to them and the gateway tell: a message that the
 * gateway shows to its author carries the nonce, and one that is read later no longer does.
 */
export interface Echoes {
  note(ourId: string, ref: MessageRef): void;
  find(ourId: string): MessageRef | null;
  /** Whether this message is known to be another post than the one looked for. */
  knows(messageId: string): boolean;
}

export function echoes(): Echoes {
  const byOurId = new Map<string, MessageRef>();
  const known = new Set<string>();
  return {
    note: (ourId, ref) => {
      byOurId.set(ourId, ref);
      known.add(ref.id);
      if (byOurId.size > capacity) byOurId.delete(oldest(byOurId.keys()));
      if (known.size > capacity) known.delete(oldest(known));
    },
    find: (ourId) => byOurId.get(ourId) ?? null,
    knows: (messageId) => known.has(messageId),
  };
}

/** Far more than is posted in the minutes for which an outcome is in doubt. */
const capacity = 2_000;

function oldest(keys: Iterable<string>): string {
  for (const key of keys) return key;
  throw new Error("nothing to forget");
}
