import type { JsonObject } from "../../json.ts";

/** `slack` is Slackbot, which tells people what went wrong with a command. */
export type Author = { kind: "person"; user: string } | { kind: "bot" } | { kind: "slack" };

/** A message as the workspace keeps it; `message-payload.ts` makes Slack's JSON of it. */
export interface Message {
  channel: string;
  /** Slack's id of a message within its channel, and its time: seconds, a point, six digits. */
  ts: string;
  author: Author;
  /** Escaped, as it stands on the wire. */
  text: string;
  blocks: readonly JsonObject[];
  /** The head of the thread it is a reply in. */
  threadTs: string | null;
  /** A reply that the channel sees too. */
  broadcast: boolean;
  metadata: JsonObject | null;
  edited: { user: string; ts: string } | null;
  fileIds: readonly string[];
  /** Ephemeral: this person alone sees it, and no history has it. */
  visibleTo: string | null;
}

/** What every new message has unless it says otherwise. */
export const PLAIN: Omit<Message, "channel" | "ts" | "author" | "text"> = {
  blocks: [],
  threadTs: null,
  broadcast: false,
  metadata: null,
  edited: null,
  fileIds: [],
  visibleTo: null,
};
