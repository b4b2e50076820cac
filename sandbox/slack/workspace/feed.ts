import type { Message } from "./message.ts";

/** What happens in the workspace, for those who tell it on: to the bot, to pages, to waiting tests. */
export type Happening =
  | { kind: "posted"; message: Message }
  | { kind: "changed"; message: Message; before: Message }
  | { kind: "deleted"; message: Message }
  /** Something else that whoever waits may be waiting for: a file, a view, an acknowledgement. */
  | { kind: "noted" };

export class Feed {
  readonly #listeners = new Set<(happening: Happening) => void>();

  tell(happening: Happening): void {
    for (const listener of [...this.#listeners]) listener(happening);
  }

  /** Returns what ends the listening. */
  listen(listener: (happening: Happening) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
