/** How much may be asked: by one person, and by all of a platform together. */
import { type PersonRef, personName } from "../message.ts";

/**
 * `too_fast`: this person asks too much. `too_busy`: all together do. Either is said once; `drop`: too
 * much still, and told before.
 */
export type Pace = "answer" | "too_fast" | "too_busy" | "drop";

export interface FloodGuard {
  pace(person: PersonRef, now: Temporal.Instant): Pace;
}

/** So many questions at once, and one more each `earnMs` after that. */
interface Allowance {
  mostAtOnce: number;
  earnMs: number;
}

/** Enough for anybody who reads the answers. */
const forOne: Allowance = { mostAtOnce: 20, earnMs: 3_000 };

/** A little more than the fifty a second that must not disturb anybody (FAULTS.md 42). */
const forAll: Allowance = { mostAtOnce: 600, earnMs: 1_000 / 60 };

const MOST_PEOPLE = 10_000;

interface Purse {
  left: number;
  at: number;
}

/** Whoever is turned away because all together ask too much loses nothing of their own. */
export function floodGuard(): FloodGuard {
  const people = new Map<string, Purse & { isTold: boolean }>();
  const platforms = new Map<string, Purse>();
  return {
    pace: (person, now) => {
      const at = now.epochMilliseconds;
      const { platform } = person;
      const key = personName(person);
      const before = people.get(key);
      const own = { ...earned(before, forOne, at), isTold: before?.isTold ?? false };
      const common = earned(platforms.get(platform), forAll, at);
      platforms.set(platform, common);
      remember(people, key, own);
      const isOverdrawn = own.left < 1;
      if (!isOverdrawn && common.left >= 1) {
        own.left -= 1;
        common.left -= 1;
        own.isTold = false;
        return "answer";
      }
      if (own.isTold) return "drop";
      own.isTold = true;
      return isOverdrawn ? "too_fast" : "too_busy";
    },
  };
}

/** A clock that is set back earns nothing and costs nothing. */
function earned(before: Purse | undefined, { mostAtOnce, earnMs }: Allowance, at: number): Purse {
  if (before === undefined) return { left: mostAtOnce, at };
  const more = Math.max(0, at - before.at) / earnMs;
  return { left: Math.min(mostAtOnce, before.left + more), at };
}

/** Set anew at the end: the first is whoever asked longest ago, and has the least to be forgiven. */
function remember<One>(people: Map<string, One>, key: string, one: One): void {
  people.delete(key);
  const [oldest] = people.size >= MOST_PEOPLE ? people.keys() : [];
  if (oldest !== undefined) people.delete(oldest);
  people.set(key, one);
}
