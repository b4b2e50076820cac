import { z } from "zod";
import type { Audience, ClickReply, Reply } from "../../chat-connection.ts";
import type { ChatFault, Destination, Message, MessageRef, PersonRef } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { handFile } from "./hand-file.ts";
import type { ResponseAddress } from "./response-address.ts";
import type { SlackCall } from "./slack-call.ts";
import { postMessage } from "./slack-port.ts";
import {
  addPicture,
  isOfBlocks,
  type Sending,
  sayInSomeForm,
  updateMessage,
} from "./slack-send.ts";
import type { SlackForm, SlackMessage } from "./to-slack-message.ts";

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
  say(content: SlackMessage): Promise<Said>;
  sayAgain(ref: MessageRef, content: SlackMessage): Promise<Said>;
  /** `content` is what was said, now with its picture. */
  addPicture(ref: MessageRef, content: SlackMessage): Promise<Said>;
  unsay(ref: MessageRef): Promise<unknown>;
}

/** What stands of an answer, and by which way it is changed. */
interface Standing {
  audience: Audience;
  way: Way;
  ref: MessageRef;
  form: SlackForm;
}

/**
 * Answers a question. To everyone: a message in the channel, or by the response address where the
 * bot is no member. To the asker: by the response address, or as an ephemeral message when there is
 * none or it is used up. What was said by an address or ephemerally has the ref id "", because
 * Slack tells none that could be used. A change of audience takes the earlier answer back.
 */
export function slackReply(sending: Sending, to: ReplyTo): Reply {
  const { call } = sending;
  const ways = { everyone: waysToEveryone(call, to), asker: waysToAsker(call, to) };
  let last: Standing | null = null;
  return {
    say: async (message: Message, audience: Audience) => {
      if (last !== null && last.audience !== audience) {
        await last.way.unsay(last.ref);
        last = null;
      }
      // Words that stand wait for their picture as they are: said anew before it, their buttons would
      // be there to be pressed, and the picture would bring back what a press had taken away.
      if (last === null || message.image === undefined) {
        const said = await sayWords(sending, message, ways[audience], last);
        if (!said.ok) return said;
        last = { audience, ...said.value };
      }
      const { ref, way, form } = last;
      const again = (content: SlackMessage) => way.addPicture(ref, content);
      return ok({ ref, pictured: await addPicture(sending, message, form, again) });
    },
    hand: (file, words) => handFile(call, to, file, words),
  };
}

/** Without the picture; in the place of what stands, where that can be. */
async function sayWords(
  sending: Sending,
  message: Message,
  ways: readonly Way[],
  before: Standing | null,
): Promise<Result<Omit<Standing, "audience">, ChatFault>> {
  let used = before?.way;
  const { said, form } = await sayInSomeForm(
    sending,
    message,
    async (content) => {
      if (before !== null) {
        const again = await before.way.sayAgain(before.ref, content);
        // Only what was certainly not said may be said in another way.
        if (again.ok || again.fault.kind !== "refused" || isOfBlocks(again.fault)) return again;
      }
      const first = await firstThatWorks(ways, content);
      used = first.way;
      return first.result;
    },
    before?.form,
  );
  if (!said.ok) return said;
  if (used === undefined) return failed({ kind: "refused", code: "no_way_to_answer" });
  return ok({ way: used, ref: said.value, form });
}

/** `alone`: the message with the button was shown to its presser alone. */
export function slackClickReply(
  sending: Sending,
  to: ReplyTo & { address: ResponseAddress },
  alone: boolean,
): ClickReply {
  const dismiss = async () => (alone ? to.address.unsay() : ok(null));
  return { ...slackReply(sending, to), dismiss };
}

/**
 * The next way is tried only when the one before certainly said nothing; and not where only the blocks
 * were refused, which the same way may take in a plainer form.
 */
async function firstThatWorks(ways: readonly Way[], content: SlackMessage) {
  let result: Said = failed({ kind: "refused", code: "no_way_to_answer" });
  for (const way of ways) {
    result = await way.say(content);
    if (result.ok || result.fault.kind === "ambiguous" || isOfBlocks(result.fault))
      return { way, result };
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

/** An ephemeral message cannot be changed or taken back: what is new stands below it. */
function unrepeatable(say: Way["say"]): Way {
  const standing = new Set<string>();
  const sayWhole = async (content: SlackMessage): Promise<Said> => {
    const said = await say(content);
    if (said.ok) for (const block of content.blocks) standing.add(JSON.stringify(block));
    return said;
  };
  const sayNew = async (ref: MessageRef, content: SlackMessage): Promise<Said> => {
    const blocks = content.blocks.filter((block) => !standing.has(JSON.stringify(block)));
    if (blocks.length === 0 && content.blocks.length > 0) return ok(ref);
    return sayWhole({ ...content, blocks });
  };
  return { say: sayWhole, sayAgain: sayNew, addPicture: sayNew, unsay: async () => null };
}

function byAddress(to: ReplyTo, audience: Audience): Way[] {
  const { address } = to;
  if (address === null) return [];
  const say = async (content: SlackMessage): Promise<Said> => {
    const said = await address.say(content, audience, to.place.thread);
    return said.ok ? ok(unnamed(to)) : said;
  };
  if (address.replaces === "the message with the button") return [unrepeatable(say)];
  // Its last use is for the words with their buttons, should the picture not come.
  const addPicture = async (_: MessageRef, content: SlackMessage): Promise<Said> =>
    address.usesLeft() > 1 ? say(content) : failed({ kind: "refused", code: "used_url" });
  const replace = (_: MessageRef, content: SlackMessage) => say(content);
  const unsay = () => address.unsay();
  return [{ say, sayAgain: replace, addPicture, unsay }];
}

function unnamed(to: ReplyTo): MessageRef {
  return { platform: to.place.platform, channel: to.place.channel, id: "" };
}
