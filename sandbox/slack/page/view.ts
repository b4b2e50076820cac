/** What the server tells the page: data only, and all of it to be shown as text. */
import type { JsonObject } from "../../json.ts";

export interface PageView {
  team: string;
  app: string;
  commands: readonly string[];
  people: readonly { id: string; name: string }[];
  user: string;
  channels: readonly ChannelEntry[];
  /** Null when this person sees no such channel. */
  channel: ChannelEntry | null;
  /** Why this person cannot write here. */
  refusal: string | null;
  messages: readonly MessageView[];
  /** How many there are before them. */
  earlier: number;
  /** What a newcomer may type here. */
  examples: readonly string[];
  /** The open thread, its head first; null when none is open. */
  thread: readonly MessageView[] | null;
  /** The modal that this person sees. */
  modal: ViewShown | null;
  /** Their Home tab, while they are in the app's own place and it has one. */
  home: ViewShown | null;
  /** Message shortcuts of the app. */
  shortcuts: readonly { callbackId: string; name: string }[];
  /** Names of people, channels and the app by id, for mentions. */
  names: Readonly<Record<string, string>>;
}

/** A modal, or a Home tab. */
export interface ViewShown {
  id: string;
  /** Changes when the app changes it. */
  hash: string;
  title: string;
  /** What the button that submits says; empty for none. */
  submit: string;
  close: string;
  blocks: readonly JsonObject[];
  files: readonly FileView[];
  /** Whether another lies under it. */
  isPushed: boolean;
}

export interface ChannelEntry {
  id: string;
  name: string;
  kind: "channel" | "group" | "im";
  leadership: boolean;
  external: boolean;
  archived: boolean;
  members: number;
  /** What it is for, as its people have written. */
  purpose: string;
}

export interface MessageView {
  ts: string;
  author: { id: string; name: string; kind: "person" | "bot" | "slack" };
  /** Day and time in the workspace's zone. */
  day: string;
  time: string;
  text: string;
  blocks: readonly JsonObject[];
  /** Ids of the files that the message carries itself. */
  shared: readonly string[];
  /** These, and those that its blocks show. */
  files: readonly FileView[];
  edited: boolean;
  /** Only the person who looks at the page sees it. */
  ephemeral: boolean;
  /** For the line under a head of a thread; 0 for none. */
  replies: number;
  /** The head of the thread it is a reply in. */
  thread: string | null;
}

export interface FileView {
  id: string;
  url: string;
  alt: string;
  title: string;
  /** Pixels; 0 of what is no image. */
  width: number;
  height: number;
}
