import { isList, isObject, type Json } from "../../json.ts";
import type { StoredFile } from "../workspace/file-store.ts";
import { post } from "../workspace/post.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { channelToPostIn } from "./find-channel.ts";
import { answer, type Call, type Method, refusal } from "./method.ts";
import { threadToReplyIn } from "./thread-to-reply-in.ts";

export const filesCompleteUploadExternal: Method = {
  name: "files.completeUploadExternal",
  scopes: ["files:write"],
  acceptsJson: true,
  arguments: {
    files: { kind: "json", required: true },
    channel_id: { kind: "string" },
    thread_ts: { kind: "string" },
    initial_comment: { kind: "string" },
  },
  run(call) {
    const { workspace } = call;
    const files = uploadedFiles(workspace, call.arguments.json("files"));
    if (!files) return refusal("file_not_found");
    const share = shareRefusal(call, files);
    if (share) return share;
    for (const file of files) complete(workspace, file);
    workspace.feed.tell({ kind: "noted" });
    return answer({ files: files.map((file) => ({ id: file.id, title: file.title })) });
  },
};

function complete({ faults }: Workspace, file: StoredFile): void {
  file.complete = true;
  const fault = faults.take("file");
  if (fault?.kind === "late_mimetype") file.looksBeforeType = fault.looks;
  if (fault?.kind === "late_shares") file.looksBeforeShares = fault.looks;
}

/** The files named, titled as wished; null unless all of them have their bytes. */
function uploadedFiles(workspace: Workspace, named: Json | undefined): StoredFile[] | null {
  if (!isList(named) || named.length === 0) return null;
  const files: StoredFile[] = [];
  for (const entry of named) {
    const id = isObject(entry) ? entry.id : undefined;
    const file = typeof id === "string" ? workspace.files.find(id) : undefined;
    if (!file?.bytes) return null;
    if (isObject(entry) && typeof entry.title === "string") file.title = entry.title;
    files.push(file);
  }
  return files;
}

/** Shares the files to the channel, if one was named, as a message of the bot's. */
function shareRefusal({ workspace, arguments: given }: Call, files: readonly StoredFile[]) {
  if (given.text("channel_id") === "") return null;
  const place = channelToPostIn(workspace, given.text("channel_id"));
  if (place.refusal) return place.refusal;
  const name = filesCompleteUploadExternal.name;
  const thread = threadToReplyIn(workspace, place.channel.id, given.text("thread_ts"), name);
  if (thread.refusal) return thread.refusal;
  const message = post(workspace, {
    channel: place.channel.id,
    author: { kind: "bot" },
    text: given.text("initial_comment"),
    threadTs: thread.threadTs,
    fileIds: files.map((file) => file.id),
  });
  for (const file of files) {
    file.shares = [...file.shares, { channel: message.channel, ts: message.ts }];
  }
  return null;
}
