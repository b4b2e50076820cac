import type { Interaction } from "../server/interaction.ts";
import { FLAG_EPHEMERAL, type Message } from "../server/message.ts";
import { post } from "../server/post.ts";
import type { Server } from "../server/server.ts";

/** A message that answers an interaction; a hidden one is seen by who asked alone. */
export function postAnswer(
  server: Server,
  origin: string,
  interaction: Interaction,
  hidden: boolean,
  change: Partial<Message>,
): Message {
  return post(server, origin, {
    channel: interaction.channel,
    author: server.bot.id,
    type: 20,
    askedBy: interaction.user,
    flags: hidden ? FLAG_EPHEMERAL : 0,
    visibleTo: hidden ? interaction.user : null,
    ...change,
  });
}
