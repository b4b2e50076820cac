import type { Reply } from "../message.ts";

/**
 * The same reply, that calls `onSaid` once, when its first words stand. A question counts as answered
 * then: its picture may be long in coming, and a program that is killed meanwhile, perhaps by drawing
 * it, must not say it all again.
 */
export function tellingWhenSaid<Way extends Reply>(reply: Way, onSaid: () => Promise<void>): Way {
  let told = false;
  const say: Reply["say"] = async (message, audience) => {
    const said = await reply.say(message, audience);
    if (said.ok && !told) await onSaid();
    told ||= said.ok;
    return said;
  };
  return { ...reply, say };
}
