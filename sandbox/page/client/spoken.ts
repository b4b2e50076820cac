/** A message as a screen reader says it when it comes. */
export interface Said {
  id: string;
  words: string;
}

const MOST_LETTERS = 300;

/** Tells what is new in a place of its own, so that nothing that is only drawn anew is told again. */
export class Spoken {
  readonly #place: HTMLElement;
  #key = "";
  #known = new Set<string>();

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  /** `key` names what is listed: of another list nothing is new. */
  tell(list: readonly Said[], key: string): void {
    const news = list.filter(({ id }) => !this.#known.has(id));
    const isOther = key !== this.#key;
    this.#key = key;
    this.#known = new Set(list.map(({ id }) => id));
    if (isOther || news.length === 0) return;
    this.#place.textContent = news
      .map(({ words }) =>
        words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS)} …` : words,
      )
      .join("\n");
  }
}
