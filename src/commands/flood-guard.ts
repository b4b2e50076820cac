/** How much one person may ask: enough for anybody who reads the answers. */
import type { PersonRef } from "../message.ts";

/** `tell`: too much, and not told so yet. `drop`: too much still. */
export type Pace = "answer" | "tell" | "drop";

export interface FloodGuard {
  pace(person: PersonRef, now: Temporal.Instant): Pace;
}

/** So many questions at once, and one more each `EARN_MS` after that. */
const MOST_AT_ONCE = 20;
const EARN_MS = 3_000;
const MOST_PEOPLE = 10_000;

interface Purse {
  left: number;
  at: number;
  told: boolean;
}

export function floodGuard(): FloodGuard {
  const purses = new Map<string, Purse>();
  return {
    pace: ({ platform, user }, now) => {
      const key = `${platform}:${user}`;
      const at = now.epochMilliseconds;
      const purse = purses.get(key) ?? { left: MOST_AT_ONCE, at, told: false };
      // A clock that is set back earns nothing and costs nothing.
      const left = Math.min(MOST_AT_ONCE, purse.left + Math.max(0, at - purse.at) / EARN_MS);
      const pays = left >= 1;
      // Set anew at the end: the first is whoever asked longest ago, and has the least to be forgiven.
      purses.delete(key);
      const [oldest] = purses.size >= MOST_PEOPLE ? purses.keys() : [];
      if (oldest !== undefined) purses.delete(oldest);
      purses.set(key, { left: pays ? left - 1 : left, at, told: !pays });
      if (pays) return "answer";
      return purse.told ? "drop" : "tell";
    },
  };
}
