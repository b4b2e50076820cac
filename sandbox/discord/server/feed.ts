import type { JsonObject } from "../json.ts";

/** What happens, for those who tell it on: to the gateway, to waiting tests. */
export type Happening =
  | { kind: "dispatch"; event: string; data: JsonObject }
  /** Something that only whoever waits may be waiting for. */
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
