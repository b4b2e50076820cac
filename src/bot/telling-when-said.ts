import type { Reply } from "../chat-connection.ts";

/**
 * The same reply, that calls `onSaid` once, when its first words stand. A question counts as answered
 * then: its picture may be long in coming, and a program that is killed meanwhile, perhaps by drawing
 * it, must not say it all again.
 */
export function tellingWhenSaid<Way extends Reply>(reply: Way, onSaid: () => Promise<void>): Way {
  let told = false;
  const telling = async <Said extends { ok: boolean }>(saying: Promise<Said>): Promise<Said> => {
    const said = await saying;
    if (said.ok && !told) await onSaid();
    told ||= said.ok;
    return said;
  };
  return {
    ...reply,
    say: (message, audience) => telling(reply.say(message, audience)),
    hand: (file, words) => telling(reply.hand(file, words)),
  };
}
