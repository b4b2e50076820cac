import type { JsonObject } from "../../json.ts";

export interface Attachment {
  id: string;
  filename: string;
  /** What a screen reader says. */
  description: string;
  bytes: Buffer;
}

/** A message as the sandbox keeps it; `message-payload.ts` makes Discord's JSON of it. */
export interface Message {
  id: string;
  /** The channel or the thread it stands in. */
  channel: string;
  author: string;
  /** 0 said, 19 a reply, 20 the answer to a command, 21 the head of a thread. */
  type: number;
  content: string;
  embeds: readonly JsonObject[];
  components: readonly JsonObject[];
  attachments: readonly Attachment[];
  allowedMentions: JsonObject | null;
  flags: number;
  /** Kept for the answer and the gateway only, as Discord does. */
  nonce: string | null;
  edited: boolean;
  /** Only this person sees it, and no history has it. */
  visibleTo: string | null;
  /** Deferred: "is thinking". */
  thinking: boolean;
  /** Who asked, of an answer to a command or a click. */
  askedBy: string | null;
}

export const FLAG_EPHEMERAL = 64;
