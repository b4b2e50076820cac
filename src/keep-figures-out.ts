/**
 * `figures: links_only`: nothing goes to a platform that has a figure in it. This stands around
 * everything by which a message leaves, as the last thing before the platform, so that no command and
 * no report has to think of it: what does not say how it reads without figures is not told at all.
 */
import type {
  Audience,
  ChatConnection,
  ChatHandlers,
  ClickReply,
  Reply,
} from "./chat-connection.ts";
import type { Block, ChatPort, Message, Posted, Words } from "./message.ts";
import { ok, type Result } from "./result.ts";
import { CSV, tellKeptOut } from "./wording/index.ts";

/** Of a message only words that are known to hold no figure, and what can be pressed: names alone. */
export function withoutFigures(message: Message): Message {
  const { withoutFigures: words, summary, blocks } = message;
  const bare = words === "same" ? { summary, blocks } : withActions(words ?? tellKeptOut(), blocks);
  return { summary: bare.summary, blocks: bare.blocks.map(withoutFiles), withoutFigures: "same" };
}

function withActions(words: Words, whole: readonly Block[]): Words {
  const actions = whole.filter(({ kind }) => kind === "actions");
  return { ...words, blocks: [...words.blocks, ...actions] };
}

/** No button offers what would not be given. */
function withoutFiles(block: Block): Block {
  if (block.kind !== "actions") return block;
  return { ...block, actions: block.actions.filter(({ id }) => id !== CSV) };
}

/** A picture that is kept back is not missing: nobody is to bring it later. */
async function told<Fault>(
  message: Message,
  tell: (bare: Message) => Promise<Result<Posted, Fault>>,
): Promise<Result<Posted, Fault>> {
  const posted = await tell(withoutFigures(message));
  if (!posted.ok) return posted;
  return ok({ ...posted.value, pictured: message.image !== undefined });
}

/** Written out method by method: a new way to a platform does not compile before it stands here. */
function portWithoutFigures(port: ChatPort): ChatPort {
  return {
    platform: port.platform,
    post: (to, message, ourId) => told(message, (bare) => port.post(to, bare, ourId)),
    edit: (ref, message) => told(message, (bare) => port.edit(ref, bare)),
    delete: (ref) => port.delete(ref),
    find: (to, ourId, since) => port.find(to, ourId, since),
    directMessage: (person) => port.directMessage(person),
    permalink: (ref) => port.permalink(ref),
    channelFacts: (channel) => port.channelFacts(channel),
    personFacts: (person) => port.personFacts(person),
    repliesAfter: (head, afterId) => port.repliesAfter(head, afterId),
  };
}

function replyWithoutFigures(reply: Reply): Reply {
  return {
    say: (message: Message, audience: Audience) =>
      told(message, (bare) => reply.say(bare, audience)),
    // A file is there for its figures.
    hand: async () => {
      const said = await reply.say(tellKeptOut(), "asker");
      return said.ok ? ok("here") : said;
    },
  };
}

function clickReplyWithoutFigures(reply: ClickReply): ClickReply {
  return { ...replyWithoutFigures(reply), dismiss: () => reply.dismiss() };
}

export function connectionWithoutFigures(connection: ChatConnection): ChatConnection {
  const { replyLater } = connection;
  return {
    port: portWithoutFigures(connection.port),
    connected: () => connection.connected(),
    replyLater: replyLater && ((asker, place) => replyWithoutFigures(replyLater(asker, place))),
    stop: () => connection.stop(),
  };
}

export function handlersWithoutFigures(handlers: ChatHandlers): ChatHandlers {
  return {
    onCommand: (request, reply) => handlers.onCommand(request, replyWithoutFigures(reply)),
    onClick: (click, reply) => handlers.onClick(click, clickReplyWithoutFigures(reply)),
    onThreadReply: (reply) => handlers.onThreadReply(reply),
    onReadersChanged: (channel) => handlers.onReadersChanged(channel),
    onTurnedAway: (doing) => handlers.onTurnedAway(doing),
    inbox: handlers.inbox,
  };
}
