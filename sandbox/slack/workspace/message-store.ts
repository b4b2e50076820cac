import { keepNewest } from "../../keep-newest.ts";
import type { Message } from "./message.ts";

/** So many messages of a channel are kept: older ones are gone, as after years of use. */
const MOST_IN_CHANNEL = 5_000;

/** The messages of a channel by ts, in the order of their ts, and the replies of its threads. */
interface Kept {
  all: Map<string, Message>;
  replies: Map<string, Map<string, Message>>;
}

/** All messages of the workspace. */
export class MessageStore {
  readonly #channels = new Map<string, Kept>();

  add(message: Message): void {
    const kept = this.#keptIn(message.channel);
    kept.all.set(message.ts, message);
    this.#file(kept, message);
    for (const old of keepNewest(kept.all, MOST_IN_CHANNEL)) this.#unfile(kept, old);
  }

  replace(message: Message): void {
    const kept = this.#keptIn(message.channel);
    if (!kept.all.has(message.ts))
      throw new Error(`no message ${message.ts} in ${message.channel}`);
    kept.all.set(message.ts, message);
    this.#file(kept, message);
  }

  remove(message: Message): void {
    const kept = this.#keptIn(message.channel);
    kept.all.delete(message.ts);
    this.#unfile(kept, message);
  }

  /** Ephemeral ones included, as only what shows them to people wants. */
  all(channel: string): readonly Message[] {
    return [...this.#keptIn(channel).all.values()];
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#keptIn(channel).all.get(ts);
  }

  /** What everybody in the channel sees, without replies that were not sent to the channel too. */
  history(channel: string): Message[] {
    return this.all(channel).filter(
      (message) => !message.visibleTo && (!message.threadTs || message.broadcast),
    );
  }

  /** What everybody sees of a thread, without its head. */
  replies(channel: string, threadTs: string): Message[] {
    return [...(this.#keptIn(channel).replies.get(threadTs)?.values() ?? [])];
  }

  #keptIn(channel: string): Kept {
    const kept = this.#channels.get(channel) ?? { all: new Map(), replies: new Map() };
    this.#channels.set(channel, kept);
    return kept;
  }

  #file({ replies }: Kept, message: Message): void {
    if (message.threadTs === null || message.visibleTo !== null) return;
    const thread = replies.get(message.threadTs) ?? new Map<string, Message>();
    thread.set(message.ts, message);
    replies.set(message.threadTs, thread);
  }

  #unfile({ replies }: Kept, message: Message): void {
    const thread = replies.get(message.threadTs ?? "");
    thread?.delete(message.ts);
    if (thread?.size === 0) replies.delete(message.threadTs ?? "");
  }
}
