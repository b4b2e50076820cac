/** Keeps the end of a text that never ends. */
export class LogRing {
  #text = "";
  readonly #limit: number;

  constructor(limitCharacters: number) {
    this.#limit = limitCharacters;
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-this.#limit);
  }

  tail(): string {
    return this.#text;
  }
}
