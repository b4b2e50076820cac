import { typeOfName } from "../../http/download.ts";
import type { Message } from "../workspace/message.ts";
import { authorName, nameIn } from "../workspace/names.ts";
import { clockOf } from "../workspace/wall-time.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { plainBlocks } from "./plain-blocks.ts";
import { plainMrkdwn } from "./plain-mrkdwn.ts";

/**
 * A channel as a person reads it, oldest first: threads indented under their heads, pictures as
 * `[image: alt]`, answers that one person alone sees marked with whom.
 */
export function transcript(workspace: Workspace, channel: string): string {
  const all = workspace.messages.all(channel);
  const lines = all
    .filter((message) => message.threadTs === null)
    .flatMap((head) => [
      entry(workspace, head, ""),
      ...all
        .filter((message) => message.threadTs === head.ts)
        .map((reply) => entry(workspace, reply, "    ")),
    ]);
  return lines.join("\n");
}

function entry(workspace: Workspace, message: Message, indent: string): string {
  const marks = [
    message.author.kind === "bot" ? "APP" : "",
    message.edited ? "edited" : "",
    message.visibleTo ? `only visible to ${nameIn(workspace, message.visibleTo)}` : "",
  ].filter(Boolean);
  const marked = marks.length > 0 ? ` (${marks.join(", ")})` : "";
  const head = `[${clockOf(workspace, message.ts)}] ${authorName(workspace, message)}${marked}:`;
  const body = [bodyOf(workspace, message), ...fileLines(workspace, message)]
    .filter(Boolean)
    .join("\n");
  return [head, ...body.split("\n").map((line) => `  ${line}`)]
    .map((line) => `${indent}${line}`)
    .join("\n");
}

function bodyOf(workspace: Workspace, message: Message): string {
  const nameOf = (id: string) => nameIn(workspace, id);
  if (message.blocks.length > 0) return plainBlocks(message.blocks, nameOf);
  return plainMrkdwn(message.text, nameOf);
}

function fileLines(workspace: Workspace, message: Message): string[] {
  return message.fileIds.map((id) => {
    const file = workspace.files.find(id);
    const kind = file && typeOfName(file.name) === "text/csv" ? "file" : "image";
    return `[${kind}: ${file?.altText || file?.title || id}]`;
  });
}
