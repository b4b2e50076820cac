/** What happens in a sandbox, for those who tell it on: to the bot, to pages, to waiting tests. */
export class Feed<Happening> {
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
