/** Keeps the end of a list in sight for who is there, also when a picture arrives and makes it longer. */
export class EndInSight {
  readonly #place: HTMLElement;
  #isWanted = true;

  constructor(place: HTMLElement) {
    this.#place = place;
    place.addEventListener("load", () => this.keep(), { capture: true });
    new ResizeObserver(() => this.keep()).observe(place);
    place.addEventListener("scroll", () => {
      this.#isWanted = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
    });
  }

  /** As if one had gone there. */
  want(): void {
    this.#isWanted = true;
  }

  /** To be called when the list has changed. */
  keep(): void {
    if (this.#isWanted) this.#place.scrollTop = this.#place.scrollHeight;
  }
}
