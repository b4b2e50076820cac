import { keepNewest } from "../../keep-newest.ts";
import type { Attachment, Message } from "./message.ts";

/** So many messages of a channel are kept: older ones are gone, as after years of use. */
const MOST_IN_CHANNEL = 5_000;

/** All messages of the server, a channel's in the order of posting. */
export class MessageStore {
  readonly #byChannel = new Map<string, Map<string, Message>>();
  readonly #channelOf = new Map<string, string>();

  /** A new message, or another state of one. */
  set(message: Message): void {
    const there = this.#byChannel.get(message.channel) ?? new Map<string, Message>();
    this.#byChannel.set(message.channel, there);
    there.set(message.id, message);
    this.#channelOf.set(message.id, message.channel);
    for (const { id } of keepNewest(there, MOST_IN_CHANNEL)) this.#channelOf.delete(id);
  }

  find(id: string): Message | undefined {
    return this.#byChannel.get(this.#channelOf.get(id) ?? "")?.get(id);
  }

  remove({ channel, id }: Message): void {
    this.#byChannel.get(channel)?.delete(id);
    this.#channelOf.delete(id);
  }

  in(channel: string): Message[] {
    return [...(this.#byChannel.get(channel)?.values() ?? [])];
  }

  attachment(id: string): Attachment | undefined {
    for (const there of this.#byChannel.values()) {
      for (const { attachments } of there.values()) {
        const found = attachments.find((one) => one.id === id);
        if (found) return found;
      }
    }
    return undefined;
  }

  count(channel: string): number {
    return this.#byChannel.get(channel)?.size ?? 0;
  }
}
