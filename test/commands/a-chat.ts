/** A person, a channel and what is said in it, without a platform. */

import type { Audience, ClickReply } from "../../src/chat-connection.ts";
import type { ChatContext } from "../../src/commands/index.ts";
import type {
  Button,
  ChannelFacts,
  HandedFile,
  Menu,
  Message,
  PersonFacts,
} from "../../src/message.ts";
import { failed, ok } from "../../src/result.ts";

export const aColleague: PersonFacts = {
  name: "ana",
  guest: false,
  stranger: false,
  bot: false,
  active: true,
};

export const aChannel: ChannelFacts = {
  name: "all",
  external: false,
  archived: false,
  guests: false,
  direct: false,
};

/** Members of one's own organisation, in channels of its own. */
export const colleaguesAtHome: ChatContext["facts"] = {
  forget: () => {},
  channel: async () => aChannel,
  person: async () => aColleague,
};

export interface Said {
  /** Without its picture. */
  message: Message;
  audience: Audience;
  withPicture: boolean;
}

export interface Heard extends ClickReply {
  /** Everything that was said, in order, also what took the place of something said before. */
  said: Said[];
  dismissed: number;
  /** The files that were handed over. */
  handed: HandedFile[];
}

/** Keeps what is said. `pictured`: whether pictures come; `isSaid`: whether anything does. */
export function heard({ isSaid = true, pictured = true } = {}): Heard {
  const reply: Heard = {
    said: [],
    dismissed: 0,
    handed: [],
    hand: async (file) => {
      if (!isSaid) return failed({ kind: "refused", code: "not_said" });
      reply.handed.push(file);
      return ok("here");
    },
    say: async (message, audience) => {
      const { image, ...words } = message;
      reply.said.push({ message: words, audience, withPicture: image !== undefined });
      // What could not be said gets no picture, which would take most of a test's time.
      if (!isSaid) return failed({ kind: "refused", code: "not_said" });
      const ref = { platform: "slack", channel: "C0ALL", id: "1" };
      return ok({ ref, pictured: pictured && image !== undefined });
    },
    dismiss: async () => {
      reply.dismissed += 1;
      return ok(null);
    },
  };
  return reply;
}

/** How often something was said, to whom, and when its picture came. */
export function saidTo({ said }: Pick<Heard, "said">): string[] {
  return said.map(({ audience, withPicture }) =>
    withPicture ? `${audience}, with its picture` : audience,
  );
}

/** What stands in the end: what is said again takes the place of what was said. */
export function standing({ said }: Pick<Heard, "said">): Message {
  return said.at(-1)?.message ?? { summary: "", blocks: [] };
}

export function buttonsOf(message: Message): Button[] {
  return actionsOf(message).filter((action) => action.kind === "button");
}

export function menusOf(message: Message): Menu[] {
  return actionsOf(message).filter((action) => action.kind === "menu");
}

function actionsOf({ blocks }: Message) {
  return blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
}
