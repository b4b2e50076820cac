import type { Message } from "./message.ts";

/** All messages of the workspace, a channel's in the order of their ts. */
export class MessageStore {
  readonly #byChannel = new Map<string, Message[]>();

  add(message: Message): void {
    const list = this.#byChannel.get(message.channel);
    if (list) list.push(message);
    else this.#byChannel.set(message.channel, [message]);
  }

  replace(message: Message): void {
    const list = this.#byChannel.get(message.channel) ?? [];
    const index = list.findIndex((other) => other.ts === message.ts);
    if (index < 0) throw new Error(`no message ${message.ts} in ${message.channel}`);
    list[index] = message;
  }

  remove(message: Message): void {
    const list = this.#byChannel.get(message.channel) ?? [];
    const index = list.findIndex((other) => other.ts === message.ts);
    if (index >= 0) list.splice(index, 1);
  }

  /** Ephemeral ones included, as only what shows them to people wants. */
  all(channel: string): readonly Message[] {
    return this.#byChannel.get(channel) ?? [];
  }

  find(channel: string, ts: string): Message | undefined {
    return this.all(channel).find((message) => message.ts === ts);
  }

  /** What everybody in the channel sees, without replies that were not sent to the channel too. */
  history(channel: string): Message[] {
    return this.all(channel).filter(
      (message) => !message.visibleTo && (!message.threadTs || message.broadcast),
    );
  }

  replies(channel: string, threadTs: string): Message[] {
    return this.all(channel).filter(
      (message) => !message.visibleTo && message.threadTs === threadTs,
    );
  }
}
