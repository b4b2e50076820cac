/**
 * The neutral message, and the port that a chat platform implements. Everything above `bot` speaks
 * this and never a platform; every platform formats it within its own limits.
 */
import type { Result } from "./result.ts";

/** The name of a platform as kpi.yaml writes it, the part before the colon: "slack", "discord". */
export type Platform = string;

export interface ChannelRef {
  platform: Platform;
  /** The platform's own id. */
  channel: string;
}

export interface PersonRef {
  platform: Platform;
  user: string;
}

/** Where a posted message stands. `id` is the platform's own: Slack's ts, Discord's snowflake. */
export interface MessageRef extends ChannelRef {
  id: string;
  /** The message at the head of the thread it stands in; absent for a message in the channel itself. */
  thread?: string;
}

// --- what is said ---------------------------------------------------------------------------

/**
 * Text is always data. A formatter escapes every string, so that a name from a table can neither
 * mention, link nor format; whatever shall do that has a type of its own.
 */
export type Text = string | readonly Span[];

export type Span =
  | string
  | { kind: "strong"; text: string }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; url: string }
  /** A configured team, such as `slack:S0GTM`; platforms other than the one in `target` print the name. */
  | { kind: "mention"; target: string; name: string };

export interface Column {
  label: string;
  align: "left" | "right";
}

/** What a cell shows; `value` is what it is sorted by where a platform lets people sort. */
export type Cell = string | { text: string; value: number | null };

export function cellText(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

export type Block =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: Text }
  | { kind: "fields"; fields: readonly { label: string; value: Text }[] }
  /** Rows in order of importance: when a platform must cut, it cuts from the end and says how many. */
  | {
      kind: "table";
      caption: string;
      columns: readonly Column[];
      rows: readonly (readonly Cell[])[];
    }
  /**
   * A line chart as data, for platforms that draw one themselves: it stands in the picture's place
   * until the picture has come. `values[i]` belongs to `labels[i]`, in `unit`, as they are to be read.
   */
  | {
      kind: "chart";
      title: string;
      unit: string;
      labels: readonly string[];
      series: readonly ChartSeries[];
    }
  /** Lines as they are, in a fixed-width font, such as SQL; cut between lines, from the end. */
  | { kind: "code"; text: string }
  /** Where the message's picture goes; without a picture it is nothing. */
  | { kind: "image" }
  | { kind: "context"; text: Text }
  | { kind: "actions"; actions: readonly Action[] };

export interface ChartSeries {
  name: string;
  values: readonly (number | null)[];
}

/** What can be pressed or chosen. A `value` comes back on the click and is authorised again there: it is an opaque id or a query. */
export type Action = Button | Menu;

export interface Button {
  kind: "button";
  id: string;
  label: string;
  value: string;
  style?: "primary" | "danger";
}

/** One of several; choosing is a click with the menu's id and the choice's value. The choices that matter most stand first. */
export interface Menu {
  kind: "menu";
  id: string;
  /** What it asks, until something is chosen. */
  label: string;
  choices: readonly { label: string; value: string }[];
}

export interface Picture {
  png: Uint8Array;
  /** The finding in a sentence, for a screen reader. */
  alt: string;
  /** Pixels. */
  width: number;
  height: number;
  filename: string;
}

/** What a person gets as a file of their own. */
export interface HandedFile {
  /** With its extension, which says its type. */
  name: string;
  bytes: Uint8Array;
}

export interface Message {
  /** The whole answer in plain words: notifications, screen readers, the terminal. */
  summary: string;
  blocks: readonly Block[];
  image?: Picture;
  /**
   * How it reads where figures are kept out of chat; "same": there is none in it. Absent: there
   * nothing of it is told. What can be pressed is told in any case, so its labels hold no figure.
   */
  withoutFigures?: Words | "same";
}

export type Words = Pick<Message, "summary" | "blocks">;

// --- what a platform offers -------------------------------------------------------------------

/** A channel, or a thread in it. */
export interface Destination extends ChannelRef {
  /** The id of the message at the head of the thread. */
  thread?: string;
}

/**
 * Why a platform did not do what was asked. `ambiguous`: it may have been done (a time-out or a
 * lost reply), so look it up before trying again. `limited`: not done, try again after `retryAfterMs`.
 * `refused`: not done and not to be tried again unchanged; `code` is the platform's own word.
 */
export type ChatFault =
  | { kind: "ambiguous"; code: string }
  | { kind: "limited"; retryAfterMs: number }
  | { kind: "unreachable"; code: string }
  | { kind: "refused"; code: string };

export type LookUp =
  | { kind: "found"; ref: MessageRef }
  | { kind: "absent" }
  /** The place could not be read, so nobody knows. */
  | { kind: "unreadable"; code: string };

export interface ChannelFacts {
  name: string;
  /** Shared, or about to be, with another organisation. */
  external: boolean;
  archived: boolean;
  /** People of limited access are in it; null where the platform cannot say. */
  guests: boolean | null;
  direct: boolean;
}

export interface PersonFacts {
  name: string;
  guest: boolean;
  /** Of another organisation. */
  stranger: boolean;
  bot: boolean;
  active: boolean;
}

export interface ChatPort {
  readonly platform: Platform;
  /**
   * Posts once; never retries by itself. The text goes out first and the picture is added to it, so
   * a picture that cannot be uploaded loses nothing: `pictured` says whether it arrived.
   * `ourId` is stored with the message, opaque, at most 25 characters, so that `find` sees it.
   */
  post(to: Destination, message: Message, ourId: string): Promise<Result<Posted, ChatFault>>;
  /** Replaces a message of ours; doing it twice is doing it once. */
  edit(ref: MessageRef, message: Message): Promise<Result<Posted, ChatFault>>;
  delete(ref: MessageRef): Promise<Result<null, ChatFault>>;
  find(to: Destination, ourId: string, since: Temporal.Instant): Promise<LookUp>;
  /** The address under which a person opens the message. */
  permalink(ref: MessageRef): Promise<Result<string, ChatFault>>;
  channelFacts(channel: ChannelRef): Promise<Result<ChannelFacts, ChatFault>>;
  personFacts(person: PersonRef): Promise<Result<PersonFacts, ChatFault>>;
  /** Where the bot and a person write to each other alone; asking twice gives the same. */
  directMessage(person: PersonRef): Promise<Result<ChannelRef, ChatFault>>;
  /** What was said in a thread after `afterId`, oldest first: what was missed while the bot was away. */
  repliesAfter(head: MessageRef, afterId: string | null): Promise<Result<ThreadReply[], ChatFault>>;
}

export interface Posted {
  ref: MessageRef;
  pictured: boolean;
}

export interface ThreadReply {
  id: string;
  /** The message at the head of the thread. */
  head: MessageRef;
  text: string;
  author: PersonRef;
  at: Temporal.Instant;
  fromBot: boolean;
}

/** `slack:C0ALL`, as kpi.yaml writes a channel. */
export function channelName(ref: ChannelRef): string {
  return `${ref.platform}:${ref.channel}`;
}

/** `slack:U0ANA`, as kpi.yaml writes a person. */
export function personName(person: PersonRef): string {
  return `${person.platform}:${person.user}`;
}

/** Reads what `channelName` writes; null for anything else. */
export function parseChannel(name: string): ChannelRef | null {
  const match = /^([a-z]+):([A-Za-z0-9]+)$/.exec(name);
  return match?.[1] && match[2] ? { platform: match[1], channel: match[2] } : null;
}
