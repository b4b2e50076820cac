/** A map of the newest 10,000: it outlasts an outage of days without filling the memory. */
export class NewestOf<Value> {
  readonly #known = new Map<string, Value>();

  has(key: string): boolean {
    return this.#known.has(key);
  }

  get(key: string): Value | undefined {
    return this.#known.get(key);
  }

  set(key: string, value: Value): void {
    this.#known.set(key, value);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }

  delete(key: string): void {
    this.#known.delete(key);
  }

  values(): Value[] {
    return [...this.#known.values()];
  }
}

const MOST_REMEMBERED = 10_000;
