import { isList, isObject, type Json, objectsOf } from "../../json.ts";
import { writingRefusalFor } from "../people.ts";
import { imageFacts } from "../workspace/image-facts.ts";
import type { Message } from "../workspace/message.ts";
import { authorId } from "../workspace/message-payload.ts";
import { authorName, nameIn } from "../workspace/names.ts";
import type { View } from "../workspace/view-store.ts";
import { clockOf, dayOf } from "../workspace/wall-time.ts";
import type { Channel, Workspace } from "../workspace/workspace.ts";
import type { ChannelEntry, FileView, MessageView, PageView, ViewShown } from "./view.ts";

interface Looking {
  user: string;
  channel: string;
  thread: string | null;
  /** The most messages that are shown: the latest. */
  shown: number;
}

/** What one person sees of one channel and one thread. */
export function buildView(workspace: Workspace, looking: Looking): PageView {
  const { user } = looking;
  const seen = [...workspace.channels.values()].filter((channel) => sees(channel, user));
  const channel =
    seen.find((one) => one.id === looking.channel) ?? (looking.channel ? undefined : seen[0]);
  const messages = channel ? visible(workspace, channel, user) : [];
  const here = messages.filter((message) => !message.threadTs || message.broadcast);
  const latest = here.slice(-looking.shown);
  return {
    team: workspace.team.name,
    app: workspace.bot.name,
    commands: [...workspace.commands],
    people: [...workspace.users.values()].map(({ id, realName }) => ({ id, name: realName })),
    user,
    channels: seen.map((one) => entryOf(workspace, one)),
    channel: channel ? entryOf(workspace, channel) : null,
    refusal: channel ? writingRefusalFor(workspace, { channel: channel.id, user }) : null,
    messages: latest.map((message) => viewOf(workspace, message)),
    earlier: here.length - latest.length,
    examples: channel ? examplesFor(workspace, channel) : [],
    thread: threadOf(workspace, messages, looking.thread),
    modal: shownOf(workspace, workspace.views.stack(user).at(-1)),
    home: channel?.kind === "im" ? shownOf(workspace, workspace.views.home(user)) : null,
    shortcuts: workspace.shortcuts,
    names: namesIn(workspace),
  };
}

/** In its own place the app takes the words without the command. */
function examplesFor({ examples, commands }: Workspace, { kind }: Channel): readonly string[] {
  if (kind !== "im") return examples;
  return examples.map((example) => {
    const [first = "", ...rest] = example.split(" ");
    return commands.has(first) && rest.length > 0 ? rest.join(" ") : example;
  });
}

function shownOf(workspace: Workspace, view: View | undefined): ViewShown | null {
  if (!view) return null;
  const { title, submit, close, blocks } = view.body;
  return {
    id: view.id,
    hash: view.hash,
    title: wordsOf(title),
    submit: wordsOf(submit),
    close: wordsOf(close) || "Cancel",
    blocks: objectsOf(blocks),
    files: fileIdsIn(blocks).flatMap((id) => fileView(workspace, id)),
    isPushed: view.previousId !== null,
  };
}

function wordsOf(text: Json | undefined): string {
  return isObject(text) && typeof text.text === "string" ? text.text : "";
}

/** Public channels are everybody's to read; other conversations only their members'. */
function sees(channel: Channel, user: string): boolean {
  return channel.kind === "channel" || channel.members.has(user);
}

function visible(workspace: Workspace, channel: Channel, user: string): Message[] {
  return workspace.messages
    .all(channel.id)
    .filter((message) => !message.visibleTo || message.visibleTo === user);
}

function threadOf(workspace: Workspace, messages: readonly Message[], thread: string | null) {
  const head = messages.find((message) => message.ts === thread);
  if (!head) return null;
  return [head, ...messages.filter((message) => message.threadTs === head.ts)].map((message) =>
    viewOf(workspace, message),
  );
}

function entryOf(workspace: Workspace, channel: Channel): ChannelEntry {
  return {
    id: channel.id,
    name: channel.kind === "im" ? workspace.bot.name : channel.name,
    kind: channel.kind,
    leadership: channel.leadership,
    external: channel.external,
    archived: channel.archived,
    members: channel.members.size,
    purpose: channel.purpose,
  };
}

function viewOf(workspace: Workspace, message: Message): MessageView {
  return {
    ts: message.ts,
    author: {
      id: authorId(workspace, message),
      name: authorName(workspace, message),
      kind: message.author.kind,
    },
    day: dayOf(workspace, message.ts),
    time: clockOf(workspace, message.ts),
    text: message.text,
    blocks: message.blocks,
    shared: message.fileIds,
    files: [...message.fileIds, ...fileIdsIn(message.blocks)].flatMap((id) =>
      fileView(workspace, id),
    ),
    edited: message.edited !== null,
    ephemeral: message.visibleTo !== null,
    replies: message.threadTs ? 0 : workspace.messages.replies(message.channel, message.ts).length,
    thread: message.threadTs,
  };
}

/** Pictures of Slack's own that blocks show, however deep. */
function fileIdsIn(value: Json | undefined): string[] {
  if (isList(value)) return value.flatMap(fileIdsIn);
  if (!isObject(value)) return [];
  const file = value.slack_file;
  const own = isObject(file) && typeof file.id === "string" ? [file.id] : [];
  return [...own, ...Object.values(value).flatMap(fileIdsIn)];
}

function fileView(workspace: Workspace, id: string): FileView[] {
  const file = workspace.files.find(id);
  if (!file) return [];
  const facts = file.bytes ? imageFacts(file.bytes) : null;
  const url = `/files/${file.id}/${encodeURIComponent(file.name)}`;
  const size = { width: facts?.width ?? 0, height: facts?.height ?? 0 };
  return [{ id, url, alt: file.altText, title: file.title, ...size }];
}

function namesIn(workspace: Workspace): Record<string, string> {
  const ids = [workspace.bot.userId, ...workspace.users.keys(), ...workspace.channels.keys()];
  return Object.fromEntries(ids.map((id) => [id, nameIn(workspace, id)]));
}
