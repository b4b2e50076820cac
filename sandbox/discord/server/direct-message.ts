import type { Channel, Server } from "./server.ts";

/** The conversation between the bot and a person, made when it is first wanted. */
export function openDirectMessage(server: Server, recipient: string): Channel {
  const known = [...server.channels.values()].find((channel) => channel.recipient === recipient);
  if (known) return known;
  const opened: Channel = {
    id: server.nextId(),
    name: server.users.get(recipient)?.name ?? recipient,
    parent: null,
    recipient,
    topic: "",
    archived: false,
    locked: false,
    archiveAfterMinutes: 0,
    activeAt: server.now(),
    denied: [],
  };
  server.channels.set(opened.id, opened);
  server.feed.tell({ kind: "noted" });
  return opened;
}

/** Whether Discord delivers there: to who shares a server with the bot and has not closed it. */
export function takesMessages(server: Server, { recipient }: Channel): boolean {
  if (recipient === null) return true;
  const person = server.users.get(recipient);
  return person?.member !== false && person?.isClosed !== true;
}
