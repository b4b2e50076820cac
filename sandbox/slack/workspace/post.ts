import type { Author, Message } from "./message.ts";
import { PLAIN } from "./message.ts";
import type { Workspace } from "./workspace.ts";

type Draft = { channel: string; author: Author; text: string } & Partial<Omit<Message, "ts">>;

/** Puts a message into a channel and tells those who listen. */
export function post(workspace: Workspace, draft: Draft): Message {
  const message: Message = { ...PLAIN, ...draft, ts: workspace.nextTs() };
  workspace.messages.add(message);
  workspace.feed.tell({ kind: "posted", message });
  return message;
}

type Revision = Partial<Pick<Message, "text" | "blocks" | "metadata" | "edited" | "fileIds">>;

export function revise(workspace: Workspace, before: Message, revision: Revision): Message {
  const message: Message = { ...before, ...revision };
  workspace.messages.replace(message);
  workspace.feed.tell({ kind: "changed", message, before });
  return message;
}

export function erase(workspace: Workspace, message: Message): void {
  workspace.messages.remove(message);
  workspace.feed.tell({ kind: "deleted", message });
}
