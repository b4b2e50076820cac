/** What a platform delivers, and the running connection over which it does. */
import type {
  ChannelRef,
  ChatFault,
  ChatPort,
  Destination,
  HandedFile,
  Message,
  PersonRef,
  Platform,
  Posted,
  ThreadReply,
} from "./message.ts";
import type { Result } from "./result.ts";

/** What a person did, already acknowledged to the platform: who, and where. */
export interface Doing {
  /** The platform's id of this very request, for dropping a duplicate. */
  id: string;
  asker: PersonRef;
  place: ChannelRef;
  /** In a direct message with the bot: there the person's own rights count. */
  direct: boolean;
  /** The platform said with the request that another organisation reads there; false: it said nothing of it. */
  external: boolean;
}

/** `/kpi ...` typed by a person, or the same words in a direct message or after a mention. */
export interface CommandRequest extends Doing {
  /** What follows `/kpi`, as typed. */
  text: string;
}

/** A button of ours, pressed by a person, or a choice in a menu of ours; the person need not be the one whom its message answered. */
export interface Click extends Doing {
  /** The action's `id` and `value` as they came back, to be trusted no more than what is typed. */
  action: string;
  value: string;
}

export type Audience = "everyone" | "asker";

/**
 * How an answer goes back. It may be called again: the second call replaces the first. Where that one
 * has a picture, what stands may stay as it is until the picture is there, and for good when it is lost.
 */
export interface Reply {
  say(message: Message, audience: Audience): Promise<Result<Posted, ChatFault>>;
  /**
   * Gives the asker a file that nobody else sees, with words beside it. `here`: in this place; `direct`:
   * in a direct message, for a platform that cannot hide a file here.
   */
  hand(file: HandedFile, words: Message): Promise<Result<"here" | "direct", ChatFault>>;
}

export interface ClickReply extends Reply {
  /**
   * Takes the message with the button away where only its presser saw it; any other stays. A platform
   * that cannot do so leaves it to the presser.
   */
  dismiss(): Promise<Result<null, ChatFault>>;
}

/** What main hands to each platform. */
export interface ChatHandlers {
  onCommand(request: CommandRequest, reply: Reply): Promise<void>;
  onClick(click: Click, reply: ClickReply): Promise<void>;
  onThreadReply(reply: ThreadReply): Promise<void>;
  /** The platform tells that others may read a channel from now on. It need not tell of all such changes. */
  onReadersChanged(channel: ChannelRef): Promise<void>;
  /** Somebody asked in a place that the bot does not serve, and has been told so. */
  onTurnedAway(doing: Doing): Promise<void>;
  inbox: Inbox;
}

/**
 * What has been received and not yet dealt with. An event is put here before the platform is told
 * that it arrived; a platform that delivers it again is told so and nothing happens twice.
 */
export interface Inbox {
  /**
   * False when this id has been seen before. `body` null: only the id is kept. Where the store is
   * away, what `mayBeLost` is remembered by this process alone and the rest is refused by a throw,
   * so that the platform delivers it again; only an id may always be lost. Ends in time for the
   * platform's acknowledgement, and nothing is dealt with before it has ended: it would be settled
   * first and stored then, and dealt with again.
   */
  put(platform: Platform, id: string, body: unknown, mayBeLost?: boolean): Promise<boolean>;
  /**
   * It has been dealt with; a question from the moment its words are said. Never throws: nobody is to
   * say anything again, or to leave its picture away, because that could not be written down.
   */
  settle(platform: Platform, id: string): Promise<void>;
  /** It could not be dealt with now: what was kept of it is taken up again later. */
  leave(platform: Platform, id: string): void;
}

/** A running connection to a platform. */
export interface ChatConnection {
  port: ChatPort;
  /** Whether what happens there arrives here now. */
  connected(): boolean;
  /** The way to answer what was asked before the program was last stopped; null: the platform gives none. */
  replyLater: ((asker: PersonRef, place: Destination) => Reply) | null;
  /** Stops receiving and waits for what is being handled. */
  stop(): Promise<void>;
}
