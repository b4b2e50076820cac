import type { BotConnection } from "./deliver/bot-connection.ts";
import { tellAlone } from "./deliver/command.ts";
import { composeText } from "./text/compose.ts";
import { post } from "./workspace/post.ts";
import type { Channel, Workspace } from "./workspace/workspace.ts";

/** What a person does in a channel, from the page or from a test. */
interface Typed {
  channel: string;
  user: string;
  text: string;
  /** The head of the thread it is typed in; null for the channel itself. */
  thread: string | null;
}

/** Why Slack's client would not let this person do anything here; null when it would. */
export function refusalFor(
  workspace: Workspace,
  place: { channel: string; user: string },
): string | null {
  const channel = workspace.channels.get(place.channel);
  if (!channel) return `There is no channel ${place.channel}.`;
  const user = workspace.users.get(place.user);
  if (!user) return `There is no person ${place.user}.`;
  if (channel.archived) return `#${channel.name} is archived.`;
  return channel.members.has(user.id) ? null : `${user.realName} is not in #${channel.name}.`;
}

/** The same of a message of one's own, which an app can have turned off in its own place. */
export function writingRefusalFor(
  workspace: Workspace,
  place: { channel: string; user: string },
): string | null {
  const isOff = workspace.channels.get(place.channel)?.kind === "im" && !workspace.messagesTab;
  if (isOff) return "Sending messages to this app has been turned off.";
  return refusalFor(workspace, place);
}

/** Throws where there is no such channel. */
export function shareChannel(workspace: Workspace, id: string, isShared: boolean): void {
  const channel = channelOf(workspace, id);
  channel.external = isShared;
  if (isShared) workspace.feed.tell({ kind: "shared", channel: id });
}

export function joinChannel(
  workspace: Workspace,
  { channel: id, user }: { channel: string; user: string },
  isIn: boolean,
): void {
  const channel = channelOf(workspace, id);
  const others = [...channel.members].filter((member) => member !== user);
  channel.members = new Set(isIn ? [...others, user] : others);
  if (isIn) workspace.feed.tell({ kind: "joined", channel: id, user });
}

function channelOf(workspace: Workspace, id: string): Channel {
  const channel = workspace.channels.get(id);
  if (!channel) throw new Error(`There is no channel ${id}.`);
  return channel;
}

/** The ts of the message. */
export function say(workspace: Workspace, typed: Typed): string {
  const head = typed.thread ? workspace.messages.find(typed.channel, typed.thread) : undefined;
  if (typed.thread && !head) throw new Error(`no thread ${typed.thread} in ${typed.channel}`);
  return post(workspace, {
    channel: typed.channel,
    author: { kind: "person", user: typed.user },
    text: composeText(workspace, typed.text, false),
    threadTs: head ? (head.threadTs ?? head.ts) : null,
  }).ts;
}

/** Runs `/command text`; Slack knows none inside threads, and none that no app has. */
export async function runCommand(bot: BotConnection, typed: Typed): Promise<void> {
  const { workspace } = bot;
  const [command = "", ...rest] = typed.text.trim().split(/\s/);
  if (!workspace.commands.has(command)) {
    tellAlone(workspace, typed, `${command} is not a valid command.`);
  } else if (typed.thread) {
    post(workspace, {
      channel: typed.channel,
      author: { kind: "slack" },
      text: `${command} is not supported in threads. Sorry!`,
      threadTs: typed.thread,
      visibleTo: typed.user,
    });
  } else {
    const text = composeText(workspace, rest.join(" ").trim(), true);
    await bot.command({ channel: typed.channel, user: typed.user, command, text });
  }
}
