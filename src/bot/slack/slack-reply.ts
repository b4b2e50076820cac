import { z } from "zod";
import type { Log } from "../../log.ts";
import type {
  Audience,
  ChatFault,
  ClickReply,
  Destination,
  Message,
  MessageRef,
  PersonRef,
  Reply,
} from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { ResponseAddress } from "./response-address.ts";
import type { SlackCall } from "./slack-call.ts";
import { postMessage } from "./slack-port.ts";
import { sayThenPicture, updateMessage } from "./slack-send.ts";
import type { SlackMessage } from "./to-slack-message.ts";

export interface ReplyTo {
  asker: PersonRef;
  /** In a direct message, which the bot can post into only when it is one with the bot. */
  direct: boolean;
  /** The thread too, when the question was asked in one. */
  place: Destination;
  /** Only commands and clicks come with one. */
  address: ResponseAddress | null;
}

type Said = Result<MessageRef, ChatFault>;

/** One way of saying something that can be said again in its place, and taken back. */
interface Way {
  /** False: what is said again stands below what was said before. */
  replaces: boolean;
  say(content: SlackMessage): Promise<Said>;
  sayAgain(ref: MessageRef, content: SlackMessage): Promise<Said>;
  /** `content` is what was said, now with its picture. */
  addPicture(ref: MessageRef, content: SlackMessage): Promise<Said>;
  unsay(ref: MessageRef): Promise<unknown>;
}

/**
 * Answers a question. To everyone: a message in the channel, or by the response address where the
 * bot is no member. To the asker: by the response address, or as an ephemeral message when there is
 * none or it is used up. What was said by an address or ephemerally has the ref id "", because
 * Slack tells none that could be used. A change of audience takes the earlier answer back.
 */
export function slackReply(means: { call: SlackCall; log: Log }, to: ReplyTo): Reply {
  const ways = { everyone: waysToEveryone(means.call, to), asker: waysToAsker(means.call, to) };
  let last: { audience: Audience; way: Way; ref: MessageRef } | null = null;
  return {
    say: async (message: Message, audience: Audience) => {
      if (last !== null && last.audience !== audience) {
        await last.way.unsay(last.ref);
        last = null;
      }
      const before = last;
      let used = before?.way;
      const first = async (content: SlackMessage): Promise<Said> => {
        // The words stand there already, and would stand there twice: what is new goes below them.
        if (before !== null && !before.way.replaces && message.image !== undefined)
          return ok(before.ref);
        if (before !== null) {
          const again = await before.way.sayAgain(before.ref, content);
          // Only what was certainly not said may be said in another way.
          if (again.ok || again.fault.kind !== "refused") return again;
        }
        const said = await firstThatWorks(ways[audience], content);
        used = said.way;
        return said.result;
      };
      const picture = async (ref: MessageRef, content: SlackMessage): Promise<Said> =>
        used?.addPicture(ref, content) ?? failed({ kind: "refused", code: "not_said" });
      const posted = await sayThenPicture(means, message, first, picture);
      if (posted.ok && used !== undefined) last = { audience, way: used, ref: posted.value.ref };
      return posted;
    },
  };
}

/** `alone`: the message with the button was shown to its presser alone. */
export function slackClickReply(
  means: { call: SlackCall; log: Log },
  to: ReplyTo & { address: ResponseAddress },
  alone: boolean,
): ClickReply {
  const dismiss = async () => (alone ? to.address.unsay() : ok(null));
  return { ...slackReply(means, to), dismiss };
}

/** The next way is tried only when the one before certainly said nothing. */
async function firstThatWorks(ways: readonly Way[], content: SlackMessage) {
  let result: Said = failed({ kind: "refused", code: "no_way_to_answer" });
  for (const way of ways) {
    result = await way.say(content);
    if (result.ok || result.fault.kind === "ambiguous") return { way, result };
  }
  return { way: undefined, result };
}

function waysToEveryone(call: SlackCall, to: ReplyTo): Way[] {
  return [inPlace(call, to), ...byAddress(to, "everyone")];
}

/**
 * In a direct message with the bot a plain message is the asker's alone. One between two people
 * refuses the bot's post, and there the answer is shown to the asker only.
 */
function waysToAsker(call: SlackCall, to: ReplyTo): Way[] {
  const shown = [...byAddress(to, "asker"), unrepeatable((content) => show(call, to, content))];
  return to.direct ? [inPlace(call, to), ...shown] : shown;
}

function inPlace(call: SlackCall, to: ReplyTo): Way {
  const replace = (ref: MessageRef, content: SlackMessage) => updateMessage(call, ref, content);
  return {
    replaces: true,
    say: (content) => postMessage(call, to.place, content, {}),
    sayAgain: replace,
    addPicture: replace,
    unsay: (ref) => call("chat.delete", { channel: ref.channel, ts: ref.id }, z.object({})),
  };
}

async function show(call: SlackCall, to: ReplyTo, content: SlackMessage): Promise<Said> {
  const thread = to.place.thread === undefined ? {} : { thread_ts: to.place.thread };
  const given = { channel: to.place.channel, user: to.asker.user, ...thread, ...content };
  const posted = await call("chat.postEphemeral", given, z.object({ message_ts: z.string() }));
  return posted.ok ? ok(unnamed(to)) : posted;
}

/** An ephemeral message cannot be changed or taken back. */
function unrepeatable(say: Way["say"]): Way {
  return {
    replaces: false,
    say,
    sayAgain: (_, content) => say(content),
    addPicture: (_, content) => say({ ...content, blocks: content.blocks.filter(isNew) }),
    unsay: async () => null,
  };
}

function byAddress(to: ReplyTo, audience: Audience): Way[] {
  const { address } = to;
  if (address === null) return [];
  const say = async (content: SlackMessage): Promise<Said> => {
    const said = await address.say(content, audience, to.place.thread);
    return said.ok ? ok(unnamed(to)) : said;
  };
  if (address.replaces === "the message with the button") return [unrepeatable(say)];
  const replace = (_: MessageRef, content: SlackMessage) => say(content);
  const unsay = () => address.unsay();
  return [{ replaces: true, say, sayAgain: replace, addPicture: replace, unsay }];
}

/** What an answer has when it is said again with its picture and had not before. */
function isNew(block: SlackMessage["blocks"][number]): boolean {
  return block.type === "image" || block.type === "actions";
}

function unnamed(to: ReplyTo): MessageRef {
  return { platform: to.place.platform, channel: to.place.channel, id: "" };
}
