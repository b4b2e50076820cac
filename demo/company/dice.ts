/** Mixes numbers into one 32-bit seed (the finaliser of MurmurHash3, after each part). */
function mix(parts: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h;
}

/** What a series of throws is for, so that one table's throws never move another's. */
const purposes = {
  climate: 1,
  signUps: 2,
  life: 3,
  activity: 4,
  usage: 5,
  telemetry: 6,
  revenue: 7,
  leads: 8,
  support: 9,
  surveys: 10,
  success: 11,
  objects: 12,
  journeys: 13,
  platform: 14,
  marketing: 15,
  milestones: 16,
} as const;

type Purpose = keyof typeof purposes;

/**
 * Seeded random numbers: mulberry32 (Tommy Ettinger, public domain), 32 bits of state.
 * Its period of 2^32 is ample because every account, week and purpose has dice of its own,
 * which also lets a table be streamed without what came before it.
 */
export class Dice {
  #state: number;

  constructor(seed: number, purpose: Purpose, ...path: number[]) {
    this.#state = mix([seed, purposes[purpose], ...path]);
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number in [low, high], both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Mean 0, standard deviation 1, never beyond 3: the sum of three uniforms. */
  noise(): number {
    return (this.next() + this.next() + this.next() - 1.5) * 2;
  }

  /** Around `median`, multiplied or divided by up to exp(3 spread). */
  around(median: number, spread: number): number {
    return median * Math.exp(spread * this.noise());
  }

  /** A count of independent events of this mean: Poisson by Knuth's product, rounded noise above 30. */
  count(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.noise()));
    const floor = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > floor; product *= this.next()) count += 1;
    return count;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.next() * from.length)] ?? from[0];
  }

  /** One of the values, each as likely as its share; shares add up to 1. */
  weighted<T>(from: readonly [Share<T>, ...Share<T>[]]): T {
    let left = this.next();
    for (const [value, share] of from) {
      left -= share;
      if (left < 0) return value;
    }
    return from[0][0];
  }
}

export type Share<T> = readonly [value: T, share: number];
