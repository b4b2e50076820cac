/** A person, a channel and what is said in it, without a platform. */
import type { ChatContext } from "../../src/commands/index.ts";
import type {
  Audience,
  ChannelFacts,
  ClickReply,
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
  guests: null,
  direct: false,
};

/** Members of one's own organisation, in channels of its own. */
export const colleaguesAtHome: ChatContext["facts"] = {
  channel: async () => aChannel,
  person: async () => aColleague,
};

export interface Heard extends ClickReply {
  said: { message: Message; audience: Audience }[];
  dismissed: number;
}

/** Keeps what is said, what is said again in its place. */
export function heard(isSaid = true): Heard {
  const reply: Heard = {
    said: [],
    dismissed: 0,
    say: async (message, audience) => {
      const { image: _, ...words } = message;
      if (isSaid) reply.said = [];
      reply.said.push({ message: words, audience });
      // What could not be said gets no picture, which would take most of a test's time.
      if (!isSaid) return failed({ kind: "refused", code: "not_said" });
      return ok({ ref: { platform: "slack", channel: "C0ALL", id: "1" }, pictured: false });
    },
    dismiss: async () => {
      reply.dismissed += 1;
      return ok(null);
    },
  };
  return reply;
}

export function buttonsOf({ blocks }: Message) {
  return blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
}
