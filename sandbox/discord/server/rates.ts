import { keepNewest } from "../../keep-newest.ts";

/** So many calls in so long a time. */
export interface Rate {
  calls: number;
  ms: number;
}

export interface Taken {
  limit: number;
  remaining: number;
  /** Until the window ends and all calls are there again. */
  resetMs: number;
  /** The call came when none was left. */
  isOver: boolean;
}

interface Window {
  left: number;
  endsAt: number;
}

const MOST_BUCKETS = 10_000;

/** How many calls are left of each kind. Clients wait in real time, so the machine's clock counts. */
export class Rates {
  readonly #rates: Readonly<Record<"route" | "global", Rate>>;
  readonly #buckets = new Map<string, Window>();

  constructor(rates: Readonly<Record<"route" | "global", Rate>>) {
    this.#rates = rates;
  }

  /** One call of a route, by its operation and the channel, server or token that it is about. */
  takeRoute(bucket: string): Taken {
    return this.#take(`route ${bucket}`, this.#rates.route);
  }

  /** One call of any route that needs the bot's token. */
  takeGlobal(): Taken {
    return this.#take("global", this.#rates.global);
  }

  #take(bucket: string, { calls, ms }: Rate): Taken {
    const now = performance.now();
    const before = this.#buckets.get(bucket);
    const window = before && before.endsAt > now ? before : { left: calls, endsAt: now + ms };
    this.#buckets.delete(bucket);
    this.#buckets.set(bucket, window);
    keepNewest(this.#buckets, MOST_BUCKETS);
    const isOver = window.left === 0;
    window.left = Math.max(window.left - 1, 0);
    return { limit: calls, remaining: window.left, resetMs: window.endsAt - now, isOver };
  }
}
