import type { Channel, Workspace } from "./workspace.ts";

/** The conversation between the bot and a person, made when it is first wanted. */
export function openDirectMessage(workspace: Workspace, user: string): Channel {
  const id = `D0${user.slice(1)}`;
  const known = workspace.channels.get(id);
  if (known) return known;
  const opened: Channel = {
    id,
    name: workspace.users.get(user)?.name ?? user,
    kind: "im",
    members: new Set([user]),
    botIsMember: true,
    archived: false,
    external: false,
    pendingExternal: false,
    leadership: false,
    purpose: "",
    createdAt: workspace.now(),
  };
  workspace.channels.set(id, opened);
  workspace.feed.tell({ kind: "noted" });
  return opened;
}
